"""The expressions of due dates, as models write them, in Kazakh, Russian and English."""

import re
from datetime import time

from app.domain.in_words.days_in_words import until_in_words
from app.domain.in_words.wording import amount_in_words
from app.domain.terms.calendar import Text

SUBMITTED = "submittedAt"
"""The variable that holds the moment of the application."""
_CALL = re.compile(
    r"\s*(?P<rule>\w+)\(\s*(?P<amount>[0-9]+(?:\.[0-9]+)?|(['\"])[0-9:]+\3)\s*(?:,\s*(?P<base>.+))?\)\s*"
)
_COUNTED = frozenset({"minutes", "elapsedMinutes", "hours", "workingDays", "calendarDays", "calendarDaysBefore"})
_DAY = Text("{hour} дейін", "до {hour}", "by {hour}")
_FROM = Text("{term} ({base} бастап)", "{term} (от {base})", "{term} (from {base})")
_FROM_APPLICATION = Text(
    "{term}, өтініш берілген сәттен бастап", "{term} с момента подачи заявления", "{term} from the application"
)
_AFTER = Text("{base}, содан кейін {term}", "{base}, затем {term}", "{base}, then {term}")


def term_in_words(expression: str, lang: str) -> str | None:
    """`${workingDays(3, submittedAt)}` as "3 working days from the application"; None of what is no term by one of our rules."""
    source = expression.strip()
    inner = source[2:-1] if source.startswith("${") and source.endswith("}") else source
    found = _CALL.fullmatch(inner)
    if found is None:
        return None
    rule, amount, base = found["rule"], found["amount"].strip("'\""), found["base"]
    if rule in _COUNTED and ":" not in amount:
        term = amount_in_words(rule, float(amount) if "." in amount else int(amount), lang)
    elif rule == "endOfDay":
        try:
            term = _DAY.get(lang).format(hour=until_in_words(time.fromisoformat(amount), lang))
        except ValueError:
            return None
    else:
        return None
    if base is None:
        return term
    if base.strip() == SUBMITTED:
        return _FROM_APPLICATION.get(lang).format(term=term)
    before = term_in_words(base, lang)
    return (_FROM if before is None else _AFTER).get(lang).format(term=term, base=before or base.strip())
