"""What the engine may ask of a simulated world: the same expressions and functions, with nothing kept of what they do."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.models.decisions import evaluate_feel, results
from app.actions.running import delegates
from app.actions.running.evaluation import Evaluation
from app.actions.trial.library import Library, Played
from app.definitions import decisions
from app.domain.models.decision import DecisionModel
from app.domain.models.work import DecisionCall
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.case_clock import Clock, Extension
from app.domain.terms.term_properties import EXTEND_TERM, allowance
from app.store.tables import Instance

STARTER = "applicant"


@dataclass
class World:
    """What surrounds a simulated case. clock: what was done to its terms; numbers: those that were given, by kind."""

    library: Library
    calendar: WorkCalendar
    tenant: str | None = None
    clock: Clock = Clock()
    numbers: Counter[str] = field(default_factory=Counter)
    tables: dict[str, DecisionModel] = field(default_factory=dict)

    def table(self, name: str, source: bytes) -> DecisionModel:
        if name not in self.tables:
            self.tables[name] = decisions.read(name, source).model
        return self.tables[name]


@dataclass(frozen=True, slots=True)
class Case(delegates.Case):
    """What a delegate knows of a simulated case."""

    numbers: Counter[str] = field(default_factory=Counter)

    def next_number(self, name: str, prefix: str) -> str:
        self.numbers[name] += 1
        return f"{prefix}-{self.now.astimezone(self.calendar.tz).year}-{self.numbers[name]:06d}"


@dataclass
class TrialHost(Evaluation):
    """The engine's Host of one simulated process at one moment. Its session is connected to no database."""

    world: World
    played: Played

    @cached_property
    def calendar(self) -> WorkCalendar:
        return self.world.calendar

    @property
    def starter(self) -> str | None:
        return STARTER

    def holders(self, role: str) -> list[str]:
        return list(self.world.library.holders(role))

    def feel(self, expression: str, variables: Mapping[str, Any]) -> tuple[Any, Sequence[str]]:
        return evaluate_feel(expression, variables, self.now.astimezone(self.zone))

    def decide(self, asked: DecisionCall, variables: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        found = self.world.library.table(asked, self.played)
        if found is None:
            raise ValueError(f"there is no decision '{asked.decision}'")
        return results(self.world.table(*found), asked.decision, variables, self.now.astimezone(self.zone))

    def is_outside(self, delegate: str) -> bool:
        """What others than the service itself do is done by who simulates."""
        return delegate not in delegates.DELEGATES

    def call(self, delegate: str, step: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        if delegate == "findCase":
            return _found(variables)
        if delegate == EXTEND_TERM:
            return self._extend(step, variables)
        numbers = self.world.numbers
        case = Case(self.session, self.instance, step, None, self.now, self.calendar, variables, numbers)
        return delegates.DELEGATES[delegate](case)

    def _extend(self, step: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        process = self.played.process
        found = next(filter(None, map(allowance, (process.nodes[step].properties, process.properties))), None)
        days = variables.get("extensionDays")
        if found is None or not isinstance(days, int) or not 0 < days <= found.amount:
            most = 0 if found is None else found.amount
            raise ValueError(f"extensionDays is {days!r}, and from 1 to {most} may be added")
        at = self.now.replace(microsecond=0)
        made = Extension(at, found.rule, days, str(variables.get("extensionReason") or "–"), found.clause, None)
        clock = self.world.clock
        self.world.clock = Clock(clock.pauses, (*clock.extensions, made), clock.version)
        return {"extendedAt": at}


def _found(variables: Mapping[str, Any]) -> Mapping[str, Any]:
    """Any case whose number is given is found."""
    number = str(variables.get("complaintCaseNumber") or "").strip()
    title = number or None
    return {"caseFound": bool(number), "complainedCaseId": title, "complainedCaseTitle": title}


def host_of(world: World, played: Played, number: int, key: str | None, now: datetime) -> TrialHost:
    """number: of the process in its case."""
    definition = played.definition
    instance = Instance(
        id=UUID(int=number),
        tenant_id=world.tenant,
        definition_id=played.process.id if definition is None else definition.id,
        business_key=key,
    )
    return TrialHost(Session(), instance, now, world, played)
