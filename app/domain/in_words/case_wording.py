"""What moved a deadline, in words: Kazakh, Russian, English."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.domain.acts.clauses import clause_in_words
from app.domain.in_words.days_in_words import moment_in_words
from app.domain.in_words.wording import amount_in_words, due_in_words
from app.domain.terms.calendar import LANGUAGES, Text
from app.domain.terms.case_clock import Change, Extension, Pause

if TYPE_CHECKING:
    from app.domain.terms.reckoning import Reckoned

_PAUSED = Text(
    "мерзімнің өтуі тоқтатылды: {start} – {end} ({reason}){clause}, есептелмейді: {amount}",
    "течение срока приостанавливалось: {start} – {end} ({reason}){clause}, не считается: {amount}",
    "the clock stood still: {start} – {end} ({reason}){clause}, not counted: {amount}",
)
_EXTENDED = Text(
    "мерзім ұзартылды, {at}: {amount} ({reason}){clause}",
    "срок продлён, {at}: {amount} ({reason}){clause}",
    "the term was extended, {at}: {amount} ({reason}){clause}",
)
_STANDS = Text(
    "қазір мерзімнің өтуі тоқтатылған, басталған сәті: {start} ({reason}){clause}",
    "сейчас течение срока приостановлено, начало: {start} ({reason}){clause}",
    "the clock stands still now, since {start} ({reason}){clause}",
)
_NO_TERM = Text(
    "акт жалпы мерзім бермейді",
    "акт не даёт срока для дела в целом",
    "the act gives no term for the whole",
)
_NOT_YET = Text(
    "жалпы мерзім өтініш тіркелгеннен кейін есептеледі",
    "общий срок считается после регистрации заявления",
    "the term of the whole is counted once the application is registered",
)


def parts(reckoned: "Reckoned", lang: str) -> list[str]:
    """A part for each pause and extension, the deadline that came of them, and whether the clock stands still now.

    ValueError for a language other than kk, ru, en.
    """
    said = [_change(reckoned, change, lang) for change in reckoned.changes]
    if said:
        said.append(due_in_words(reckoned.result.astimezone(reckoned.why.result.tzinfo), lang))
    if reckoned.standing is not None:
        start = _moment(reckoned, reckoned.standing.start, lang)
        said.append(_STANDS.get(lang).format(start=start, **_ground(reckoned.standing, lang)))
    return said


def lines(reckoned: "Reckoned", lang: str) -> list[str]:
    """The same as sentences of their own."""
    return [part[0].upper() + part[1:] for part in parts(reckoned, lang)]


def without_term(named: bool) -> dict[str, str]:
    """Why a case has no term of the whole, by language. named: the act gives one, and it cannot be counted yet."""
    return {lang: (_NOT_YET if named else _NO_TERM).get(lang) for lang in LANGUAGES}


def _change(reckoned: "Reckoned", change: Change, lang: str) -> str:
    cause, stopped = change.cause, change.stopped
    if isinstance(cause, Extension):
        amount = amount_in_words(cause.rule, cause.amount, lang)
        at = _moment(reckoned, cause.at, lang)
        return _EXTENDED.get(lang).format(at=at, amount=amount, **_ground(cause, lang))
    assert cause.end is not None
    if isinstance(stopped, timedelta):
        amount = amount_in_words(change.unit, round(stopped / timedelta(minutes=1), 2), lang)
    else:
        amount = amount_in_words(change.unit, stopped or 0, lang)
    start, end = _moment(reckoned, cause.start, lang), _moment(reckoned, cause.end, lang)
    return _PAUSED.get(lang).format(start=start, end=end, amount=amount, **_ground(cause, lang))


def _ground(cause: Pause | Extension, lang: str) -> dict[str, str]:
    return {"reason": cause.reason, "clause": clause_in_words(cause.clause, lang)}


def _moment(reckoned: "Reckoned", moment: datetime, lang: str) -> str:
    return moment_in_words(moment.astimezone(reckoned.why.result.tzinfo), lang)
