"""The state services as administrators look after them: by act, with the editions and versions that run and what runs on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from app.actions.models import catalogue, services
from app.actions.models.editions import EditionInUse, list_editions
from app.actions.models.models import models_of
from app.actions.models.naming import title_of
from app.actions.models.services import FOLDER
from app.actions.terms.calendars import DEFAULT
from app.conformity import wording
from app.conformity.folder import load_act
from app.domain.acts.clauses_of_acts import clauses
from app.domain.acts.regulation import Procedure
from app.domain.acts.regulation import Service as Regulated
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.errors import NotFound
from app.store.tables import Definition

MOST = 500
"""Processes that are listed."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act with its services. described: as `services` describes the act of the first of them; listed: each with the
    newest versions of its process, one an organisation."""

    described: Mapping[str, Any]
    listed: Sequence[tuple[Mapping[str, Any], Sequence[catalogue.Listed]]]


@dataclass(frozen=True, slots=True)
class Demand:
    """A procedure of the act. elements: of the model that is shown which name its clause."""

    procedure: Procedure
    limit: Text | None
    elements: Sequence[str]


@dataclass(frozen=True, slots=True)
class ServicePage:
    """described: None where no act knows the process. editions: of each organisation in turn; former: the version before
    each, by id; proved: of each organisation the version that handles what is received now, else the newest."""

    key: str
    title: Text
    described: Mapping[str, Any] | None
    demands: Sequence[Demand]
    editions: Sequence[EditionInUse]
    former: Mapping[str, str]
    proved: Sequence[Definition]
    organisations: Mapping[str, Text]
    today: date

    def state(self, one: EditionInUse) -> str:
        """holds, comes or past."""
        if one.holds:
            return "holds"
        return "comes" if one.edition.begins is not None and one.edition.begins > self.today else "past"


def acts(session: Session, actor: Actor) -> tuple[list[Act], list[catalogue.Listed]]:
    """The acts in their order, and the processes that no act knows. Raises Forbidden."""
    require_administrator(actor)
    newest: dict[str, list[catalogue.Listed]] = {}
    for one in catalogue.listed(session, actor, "", 0, MOST):
        newest.setdefault(one.definition.key, []).append(one)
    by_act: dict[str, list[tuple[Mapping[str, Any], Sequence[catalogue.Listed]]]] = {}
    for service in services.all_described():
        by_act.setdefault(service["act"]["id"], []).append((service, newest.pop(service["key"], [])))
    others = [one for listed in newest.values() for one in listed]
    return [Act(listed[0][0]["act"], listed) for listed in by_act.values()], others


def service_page(session: Session, actor: Actor, key: str, now: datetime) -> ServicePage:
    """One service, or another process, by its key. Raises Forbidden, NotFound for what neither an act nor a model knows."""
    require_administrator(actor)
    described = services.described(key)
    try:
        editions = [] if "\0" in key else list_editions(session, actor, key, now)
    except NotFound:
        editions = []
    if described is None and not editions:
        raise NotFound(f"there is no service '{key}'")
    proved = _proved(editions)
    return ServicePage(
        key=key,
        title=Text(**described["titles"]) if described else title_of(proved[0]),
        described=described,
        demands=_demands(session, key, proved),
        editions=editions,
        former=_former(editions),
        proved=proved,
        organisations=catalogue.organisations(session, actor),
        today=now.astimezone(DEFAULT.tz).date(),
    )


def _proved(editions: Sequence[EditionInUse]) -> list[Definition]:
    found: dict[str | None, Definition] = {}
    for one in editions:
        newest = one.versions[0].definition
        known = found.get(one.tenant)
        if one.holds or known is None:
            found[one.tenant] = newest
    return list(found.values())


def _former(editions: Sequence[EditionInUse]) -> dict[str, str]:
    of_tenant: dict[str | None, list[Definition]] = {}
    for one in editions:
        of_tenant.setdefault(one.tenant, []).extend(version.definition for version in one.versions)
    found: dict[str, str] = {}
    for versions in of_tenant.values():
        ordered = sorted(versions, key=lambda version: version.version)
        found |= {later.id: earlier.id for earlier, later in zip(ordered, ordered[1:], strict=False)}
    return found


def _demands(session: Session, key: str, proved: Sequence[Definition]) -> list[Demand]:
    """By the first of the versions that are shown; a step in a process that it calls is not among its elements."""
    regulated = _regulated().get(key)
    if regulated is None:
        return []
    elements: dict[str, list[str]] = {}
    for model in models_of(session, {one.id for one in proved[:1]}).values():
        for node in model.process.nodes.values():
            for clause in clauses(node.properties.get("law.clause") or ""):
                elements.setdefault(clause, []).append(node.id)
    return [
        Demand(
            one,
            None if one.limit is None else wording.limit(one.limit),
            list(dict.fromkeys(element for clause in clauses(one.clause) for element in elements.get(clause, ()))),
        )
        for one in regulated.procedures
    ]


@cache
def _regulated() -> Mapping[str, Regulated]:
    """The services of the acts by key, read once: they change with the program only."""
    folders = (path.parent for path in sorted(FOLDER.glob("*/act.yaml")))
    return {service.key: service for folder in folders for service in load_act(folder).services}
