"""What goes into a step and what comes out of it: plain values that know nothing of SpiffWorkflow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Protocol
from uuid import UUID

from app.domain.models.model import EventKind
from app.domain.models.work import DecisionCall
from app.errors import Invalid


class Host(Protocol):
    """What the engine asks of the world while it runs.

    now: aware; zone: where times without an offset are meant; starter: the id of the user who started the instance.
    `at` is the same at another moment (aware). `evaluate` computes a JUEL expression (or gives a text without expressions
    back) and may raise ValueError or ArithmeticError; `feel` gives the value of a FEEL expression, with the reasons why
    parts of it are null, and may raise ValueError; `is_outside` tells which delegates a job calls, for which the token
    waits; `call` runs any other one for a step (its id), gives the variables that it sets, and may raise ValueError or
    BpmnError; `decide` gives the results of a decision, each by the names of its outputs, and may raise ValueError. The
    messages of the errors are shown to people.
    """

    @property
    def now(self) -> datetime: ...
    @property
    def zone(self) -> tzinfo: ...
    @property
    def starter(self) -> str | None: ...
    def at(self, moment: datetime) -> "Host": ...
    def evaluate(self, expression: str, variables: Mapping[str, Any]) -> Any: ...
    def feel(self, expression: str, variables: Mapping[str, Any]) -> tuple[Any, Sequence[str]]: ...
    def is_outside(self, delegate: str) -> bool: ...
    def call(self, delegate: str, step: str, variables: Mapping[str, Any]) -> Mapping[str, Any]: ...
    def decide(self, asked: DecisionCall, variables: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]: ...


class BpmnError(Exception):
    """A business error, caught by an error boundary event (BPMN 2.0.2, 10.5.5)."""

    def __init__(self, error_code: str | None, message: str | None = None) -> None:
        super().__init__(message or error_code)
        self.error_code = error_code
        self.message = message


class StepFailed(Invalid):
    """The step cannot be taken, and nothing of it has happened.

    details, where an element is at fault: {"activityId", "activityName", "expression"}, of a decision "decision", of a
    limit that is passed "limit" too. stood: the instance and the token at which it stands because of
    this, and those of the command that began it, as whoever moves instances notes them; job: what was run, if it was one.
    """

    code = "step_failed"
    stood: tuple[tuple[UUID, int], ...] = ()
    job: UUID | None = None


@dataclass(frozen=True, slots=True)
class OpenedTask:
    """A user task that now waits. The texts are evaluated; due and follow-up are aware moments or None.

    parent: the token of the scope around it; local: the variables of the task alone.
    """

    token: int
    parent: int
    node: str
    name: str | None
    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    due: datetime | None
    follow_up: datetime | None
    priority: int
    local: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OpenedTimer:
    """key: of the event that is waited for; due: aware."""

    token: int
    key: str
    due: datetime


@dataclass(frozen=True, slots=True)
class OpenedSubscription:
    """kind: message or signal; key: of the event that is waited for."""

    token: int
    key: str
    kind: EventKind
    name: str


@dataclass(frozen=True, slots=True)
class OpenedJob:
    """Work for a job: the token goes on with `RunJob`; with `Complete` or `Raise` where the job is to call a delegate."""

    token: int
    node: str
    priority: int
    calls: bool = False


@dataclass(frozen=True, slots=True)
class OpenedExternalTask:
    """Work for an external worker, with its texts evaluated; the token goes on with `Complete`."""

    token: int
    node: str
    topic: str
    priority: int


@dataclass(frozen=True, slots=True)
class Thrown:
    """A message, a signal or an escalation that leaves the instance, with its variables. name: of an escalation its code,
    which may be absent; business_key: of those that are meant, where the model says so."""

    kind: EventKind
    name: str | None
    variables: Mapping[str, Any]
    business_key: str | None = None


@dataclass(frozen=True, slots=True)
class OpenedCall:
    """A process to start; `binding` and `version` as in the model, the other texts evaluated."""

    token: int
    node: str
    called_element: str
    binding: str
    version: str | None
    business_key: str | None
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Activity:
    """A node that was left, in the order of leaving. parent: the token of the scope around it (1: the process)."""

    token: int
    node: str
    parent: int
    started: datetime
    ended: datetime
    cancelled: bool


@dataclass(slots=True)
class Outcome:
    """Everything that a step did.

    state: opaque bytes for the next step; variables: those of the process; changed: the names among them that were
    written. thrown: what leaves the instance, in order. disarmed: (token, key) of events that are waited for no longer,
    though the token stays; closed: (token, node) of what waited before the step and no longer does; still_open: the tokens of the
    user tasks that go on waiting; recounted: (token, due date) of those among them of which it follows the variables. ended:
    the instance is over, by `error` if there is one, which came from the node `failed_at` and was not caught.
    """

    state: bytes
    variables: dict[str, Any]
    changed: set[str]
    tasks: list[OpenedTask]
    timers: list[OpenedTimer]
    subscriptions: list[OpenedSubscription]
    jobs: list[OpenedJob]
    external_tasks: list[OpenedExternalTask]
    calls: list[OpenedCall]
    thrown: list[Thrown]
    disarmed: list[tuple[int, str]]
    closed: list[tuple[int, str]]
    still_open: list[int]
    recounted: list[tuple[int, datetime | None]]
    activities: list[Activity]
    ended: bool
    error: BpmnError | None
    failed_at: str | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A place where a waiting instance stands.

    parent: the token of the scope around it (1: the process); started: aware; multi_instance_body: whether it is the
    body around the instances of a multi-instance activity, which have the same node.
    """

    id: int
    node: str
    parent: int
    started: datetime
    multi_instance_body: bool
