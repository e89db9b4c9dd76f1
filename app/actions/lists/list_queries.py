"""What can be asked of the task list: a view of it, filters, words and an order, as a page gives them and a person keeps them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.actions.models.naming import services
from app.domain.folding import folded
from app.domain.people.access import Actor
from app.domain.terms.calendar import ONE_DAY
from app.domain.word_forms import stem
from app.store.listing import MILLISECOND
from app.store.task_filters import OVERDUE_AT, WORKER
from app.store.task_lists import APPLICANT, Order, Query

MINE, GROUPS, ALL = VIEWS = ("mine", "groups", "all")
OVERDUE, TODAY, WEEK = TERMS = ("overdue", "today", "week")
UNASSIGNED, HELD = STATES = ("unassigned", "held")
ORDERS = {
    "deadline": Order("dueDate", False),
    "waiting": Order("created", False),
    "newest": Order("created", True),
    "applicant": Order(APPLICANT, False),
}
WORDS_LIMIT, LONGEST = 8, 200
"""How many words are looked for, and how long each thing asked may be."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """view, sort, due, state: of VIEWS, ORDERS, TERMS, STATES. service: key; step: id of an element; role: group;
    organisation: tenant.

    What is not asked is empty.
    """

    view: str = MINE
    q: str = ""
    service: str = ""
    step: str = ""
    role: str = ""
    organisation: str = ""
    due: str = ""
    state: str = ""
    sort: str = "deadline"

    @staticmethod
    def of(given: Mapping[str, Any]) -> "Wanted":
        """What is not known is not asked."""
        read = {one.name: str(given.get(one.name) or "").replace("\0", "").strip()[:LONGEST] for one in fields(Wanted)}
        for name, known in (
            ("view", VIEWS),
            ("sort", tuple(ORDERS)),
            ("due", ("", *TERMS)),
            ("state", ("", *STATES)),
        ):
            if read[name] not in known:
                read[name] = known[0]
        if not read["service"]:
            read["step"] = ""
        return Wanted(**read)

    def to_dict(self) -> dict[str, str]:
        """What differs from the usual, by name."""
        usual = asdict(Wanted())
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    @property
    def filters(self) -> dict[str, str]:
        """Those of its parts that leave tasks out, but for the view."""
        return {name: value for name, value in self.to_dict().items() if name not in ("view", "sort")}

    @property
    def unassigned(self) -> "Wanted":
        """The same among what nobody has taken; what somebody has as his own leads to what his groups have."""
        return replace(self, view=GROUPS if self.view == MINE else self.view, state=UNASSIGNED)


def lasting(wanted: Wanted) -> dict[str, Any]:
    """What is wanted whoever asks and whenever, as filters of the REST dialect."""
    values: dict[str, Any] = {}
    if wanted.role:
        values["candidateGroup"] = wanted.role
        if wanted.view != GROUPS:
            values["includeAssignedTasks"] = True
    if wanted.service:
        values["serviceIn"] = [wanted.service]
    if wanted.step:
        values["taskDefinitionKey"] = wanted.step
    if wanted.organisation:
        values["tenantIdIn"] = [wanted.organisation]
    if wanted.state == UNASSIGNED:
        values["unassigned"] = True
    return values


def query_of(wanted: Wanted, actor: Actor, now: datetime, zone: ZoneInfo) -> Query:
    """The tasks that are wanted. now: aware; zone: in which its day and week are meant."""
    views: dict[str, dict[str, Any]] = {
        MINE: {WORKER: actor.user_id},
        GROUPS: {"candidateUser": actor.user_id},
        ALL: {},
    }
    values = views[wanted.view] | lasting(wanted)
    if wanted.state == HELD:
        values["followUpAfter"] = now
    plain, named = _words(wanted.q)
    if plain:
        values["search"] = " ".join(plain)
    return Query(values | _term(wanted.due, now, zone), named)


def _words(text: str) -> tuple[list[str], tuple[Mapping[str, Any], ...]]:
    """The words that tasks are to hold in any form, and those that may also be of the title of their service, in any
    language."""
    plain, named = [], []
    for word in map(stem, folded(text).split()[:WORDS_LIMIT]):
        titled = [key for key, title in services().items() if word in folded(f"{title.kk} {title.ru} {title.en}")]
        if titled:
            named.append({"search": word, "serviceIn": titled})
        else:
            plain.append(word)
    return plain, tuple(named)


def _term(due: str, now: datetime, zone: ZoneInfo) -> dict[str, datetime]:
    """Overdue by now; else due today or until Sunday, what is over of it included."""
    if due == OVERDUE:
        return {OVERDUE_AT: now}
    if not due:
        return {}
    today = now.astimezone(zone).date()
    last = today if due == TODAY else today + ONE_DAY * (6 - today.weekday())
    begin, end = (datetime.combine(day, time(), zone) for day in (today, last + timedelta(days=1)))
    return {"dueAfter": begin - MILLISECOND, "dueBefore": end}
