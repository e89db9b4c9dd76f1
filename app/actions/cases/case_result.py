"""What a case has come to, as its page shows it: the document of the result, and its lines in the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.actions.cases.case_search import RESULT, named_result, result_of
from app.actions.cases.entries import SYSTEM, Entry
from app.actions.cases.finding import RESULT_NUMBER
from app.domain.models import values
from app.domain.terms.calendar import LANGUAGES, Text, WorkCalendar
from app.store.tables import Instance

SIGNED = "Sign"
TO_THE_MILLISECOND = timedelta(milliseconds=1)
"""By so much, at most, the date of a document, which is a variable, stands before the moment at which it was signed."""
ISSUED = Text(
    "нәтижені тіркеді: {kind}, № {number}",
    "зарегистрировала результат: {kind}, № {number}",
    "registered the result: {kind}, no. {number}",
)
ENDED = Text("істі аяқтады", "закрыла дело", "closed the case")
ENDED_BY = Text("істі аяқтады: {kind}", "закрыла дело: {kind}", "closed the case: {kind}")


@dataclass(frozen=True, slots=True)
class ResultDocument:
    """kind: as the act calls it; signer: by name, with for whom he signed. Moments are of the provider's zone."""

    kind: Text | None
    number: str
    date: datetime | None
    valid_until: datetime | None
    signer: Text | None
    instead_of: str | None


def result_document(root: Instance, told: Sequence[Entry], calendar: WorkCalendar) -> ResultDocument | None:
    """The document that a case has come to; None until it has a number. told: the history of the case."""
    known = values.plain(root.variables, root.types)
    if not known.get(RESULT_NUMBER):
        return None
    date, until = (_moment(known.get(name), calendar) for name in ("documentDate", "validUntil"))
    signed = [one for one in told if one.kind == SIGNED and (date is None or one.at < date + TO_THE_MILLISECOND)]
    return ResultDocument(
        kind=named_result(root, known.get(RESULT)),
        number=str(known[RESULT_NUMBER]),
        date=date,
        valid_until=until,
        signer=signed[-1].who if signed else None,
        instead_of=signed[-1].instead_of if signed else None,
    )


def with_result(told: Sequence[Entry], root: Instance, document: ResultDocument | None) -> list[Entry]:
    """The history of a case with the lines that nobody has a hand in: the result is registered, the case ends."""
    lines: list[Entry] = []
    if document is not None and document.date is not None:
        kind = document.kind or Text("құжат", "документ", "document")
        lines.append(_line(document.date + TO_THE_MILLISECOND, _filled(ISSUED, kind, document.number), "Issue"))
    if root.ended_at is not None and root.end_state == "COMPLETED":
        result = result_of(root)
        at = max([root.ended_at, *(one.at for one in lines)])
        lines.append(_line(at, ENDED if result is None else _filled(ENDED_BY, result), "End"))
    return sorted([*told, *lines], key=lambda one: one.at)


def _line(at: datetime, sentence: Text, kind: str) -> Entry:
    return Entry(at, SYSTEM, None, sentence, None, kind, None)


def _filled(sentence: Text, kind: Text, number: str = "") -> Text:
    return Text(*(sentence.get(lang).format(kind=kind.get(lang), number=number) for lang in LANGUAGES))


def _moment(given: Any, calendar: WorkCalendar) -> datetime | None:
    return given.astimezone(calendar.tz) if isinstance(given, datetime) else None
