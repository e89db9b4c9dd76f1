"""All acts deployed for people of every role, and cases of their services walked through the API."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import definitions
from app.actions.models.acts import ANY_PROVIDER, deploy_acts
from app.actions.models.seed import seed
from app.domain.models.model import Process
from app.domain.people.access import Actor
from app.store.tables import Group, Membership, Organisation, User
from tests.api.walk import PASSWORD, Place, Walk, Walker
from tests.api.walk_answers import Choices

ROOT = Path(__file__).parents[2]
OPERATOR = Actor("operator", administrator=True, memberships=frozenset())
MODELS = {path.stem: path for path in sorted((ROOT / "bpmn").glob("*/*.bpmn"))}
SERVICES: dict[str, dict[str, Any]] = {
    service["key"]: service
    for act in sorted((ROOT / "bpmn").glob("*/act.yaml"))
    for service in yaml.safe_load(act.read_text())["services"]
}
COMPLAINED_OF = "design-licence"
"""The service whose provider and cases complaints are about."""
AT_NOON = datetime.fromisoformat("2026-03-19T12:00:00+05:00")
SECONDS = {"commission-2": "commission", "applicant-2": "applicant"}


@cache
def process_of(key: str) -> Process:
    (process,) = definitions.read(MODELS[key].name, MODELS[key].read_bytes()).processes
    return process


@dataclass(slots=True)
class Regulations:
    """All acts, deployed; what was walked of a service is walked once."""

    place: Place
    known: dict[str, list[Walk]] = field(default_factory=dict)

    def walker(self, service: str) -> Walker:
        provider = SERVICES[service]["provider"]["key"]
        known = {"commissionMembers": [f"{name}.{provider}" for name in ("commission", "commission-2")]}
        if provider == ANY_PROVIDER:
            provider = SERVICES[COMPLAINED_OF]["provider"]["key"]
            number = next(walk.variables["applicationNumber"] for walk in self.walks(COMPLAINED_OF))
            known = {"complaintCaseNumber": [number]}
        return Walker(self.place, service, provider, "applicant", known)

    def walks(self, service: str) -> list[Walk]:
        if service not in self.known:
            self.known[service] = self.walker(service).explore(AT_NOON)
        return self.known[service]

    def first(self, service: str, moment: datetime) -> Walk:
        """The walk that takes the first option everywhere, all at the same moment but for what a timer waits for."""
        walker = self.walker(service)
        walker.work = timedelta(0)
        return walker.walk(Choices.first(), moment)


def deployed(app: Flask) -> Regulations:
    """All acts, deployed into the database of an application."""
    now = datetime.now(UTC)
    with Session(app.extensions["database"]) as session, session.begin():
        seed(session, ROOT / "bpmn", now, demo=False)
        _add_people(session)
        deploy_acts(session, OPERATOR, ROOT / "bpmn", now)
    return Regulations(Place(app))


def _add_people(session: Session) -> None:
    """Who holds a role in an organisation, a second member of each commission and a second applicant."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    known = set(session.scalars(select(User.id)))
    for tenant in session.scalars(select(Organisation.id)).all():
        roles = {role: role for role in session.scalars(select(Group.id))} | SECONDS
        people = {f"{name}.{tenant}": role for name, role in roles.items() if f"{name}.{tenant}" not in known}
        session.add_all(User(id=person, password_hash=cheap, administrator=False) for person in people)
        session.flush()
        session.add_all(Membership(user_id=one, tenant_id=tenant, group_id=role) for one, role in people.items())
