"""What needs an administrator today: numbers, each of which leads to its list."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, current_app, redirect, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.system.today import SEARCHES, Today, today
from app.config import Settings
from app.domain.people.administrators import require_administrator
from app.http.transaction import unit
from app.store.instance_search_lists import COUNTED
from app.web.admin import frame
from app.web.admin.figures_of_systems import span
from app.web.pages import page, say

blueprint = Blueprint("overview", __name__, url_prefix="/admin")
CASES: Mapping[str, str] = {
    "incident": "incident=1",
    "stuck": "state=stuck",
    "overdue": "overdue=1",
    "suspended": "state=suspended",
}
"""SEARCHES as the list of instances is asked for them."""


@dataclass(frozen=True, slots=True)
class Number:
    """key: of the words; bad: whether more than none of it needs somebody."""

    key: str
    shown: str
    address: str
    bad: bool = False


@blueprint.get("")
def shown() -> Answer:
    """Of all organisations; who is no administrator is led to the first section that he may see."""
    u = unit()
    if not u.actor.administrator:
        seen = frame.sections()
        if not seen:
            require_administrator(u.actor)
        return redirect(url_for(seen[0].endpoint))
    settings: Settings = current_app.extensions["settings"]
    found = today(u.session, u.actor, settings.lost_worker, u.now)
    return page("admin/overview.html", groups={"cases": _cases(found), "work": _work(found), "state": _state(found)})


def _cases(found: Today) -> list[Number]:
    return [
        Number(
            f"overview-{name}",
            str(number) if number <= COUNTED else f"{COUNTED}+",
            f"{url_for('web.instances.listed')}?{CASES[name]}",
            bad=number > 0 and name != "suspended",
        )
        for name, number in ((name, found.cases[name]) for name in SEARCHES)
    ]


def _work(found: Today) -> list[Number]:
    batches = url_for("web.batches.listed")
    return [
        Number("overview-batches", str(found.batches), batches),
        Number("overview-refused", str(found.refused), batches, bad=found.refused > 0),
        Number("overview-letters", str(found.letters), _system("letters"), bad=found.letters > 0),
        Number("overview-messages", str(found.messages), _system("messages"), bad=found.messages > 0),
    ]


def _state(found: Today) -> list[Number]:
    return [
        Number("overview-due", str(found.due), _system("queue")),
        Number("overview-lag", span(found.lag), _system("queue"), bad=found.lag.total_seconds() > 60),
        Number("overview-failed", str(found.failed), _system("failed"), bad=found.failed > 0),
        Number(
            "overview-workers", say("overview-yes" if found.workers else "overview-no"), _system("workers"),
            bad=not found.workers,
        ),
    ]  # fmt: skip


def _system(anchor: str) -> str:
    return url_for("web.system.shown", _anchor=anchor)
