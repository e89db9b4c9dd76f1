"""A process model as plain values: what a BPMN file says, after it is read and before anything runs it.

`app.definitions` makes these values out of XML, `app.engine` compiles them, `app.actions` reads the properties.
Expressions are kept as their source text: JUEL (`${...}`), and FEEL where `language` says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.models.work import DecisionCall, ExternalTask, UserTask

FOLLOWS = "term.follows"
"""The extension property of a step or a timer of which the moment follows `variables`."""

LONGEST_NAME = 255
"""Characters of what is found by its name: messages, signals, topics, people, roles, business keys."""


class Language(StrEnum):
    """Of a script or a condition."""

    JUEL = "juel"
    FEEL = "feel"


class Kind(StrEnum):
    """The BPMN element names that can stand as a node of a flow."""

    START_EVENT = "startEvent"
    END_EVENT = "endEvent"
    INTERMEDIATE_CATCH_EVENT = "intermediateCatchEvent"
    INTERMEDIATE_THROW_EVENT = "intermediateThrowEvent"
    BOUNDARY_EVENT = "boundaryEvent"
    TASK = "task"
    MANUAL_TASK = "manualTask"
    USER_TASK = "userTask"
    SERVICE_TASK = "serviceTask"
    SEND_TASK = "sendTask"
    RECEIVE_TASK = "receiveTask"
    SCRIPT_TASK = "scriptTask"
    BUSINESS_RULE_TASK = "businessRuleTask"
    CALL_ACTIVITY = "callActivity"
    SUB_PROCESS = "subProcess"
    TRANSACTION = "transaction"
    AD_HOC_SUB_PROCESS = "adHocSubProcess"
    EXCLUSIVE_GATEWAY = "exclusiveGateway"
    PARALLEL_GATEWAY = "parallelGateway"
    INCLUSIVE_GATEWAY = "inclusiveGateway"
    COMPLEX_GATEWAY = "complexGateway"
    EVENT_BASED_GATEWAY = "eventBasedGateway"


class EventKind(StrEnum):
    NONE = "none"
    TIMER = "timer"
    MESSAGE = "message"
    SIGNAL = "signal"
    CONDITIONAL = "conditional"
    ERROR = "error"
    ESCALATION = "escalation"
    COMPENSATION = "compensation"
    CANCEL = "cancel"
    LINK = "link"
    TERMINATE = "terminate"


class TimerKind(StrEnum):
    DATE = "timeDate"
    DURATION = "timeDuration"
    CYCLE = "timeCycle"


@dataclass(frozen=True, slots=True)
class Handover:
    """One variable handed over. `source` is an expression or literal; `all_variables` hands over everything.

    by_name: the variable that is handed over as it is, null where there is none; `source` is then `${by_name}`.
    """

    target: str | None
    source: str | None
    local: bool = False
    all_variables: bool = False
    by_name: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What an event waits for or does.

    timer: `timer_kind` and `timer` (ISO 8601 text or an expression); message, signal: `name` (may hold expressions), and
    the variables and the business key that go with it when thrown; conditional: `condition` in `language`; error,
    escalation: `code` (None catches all), and the variables that receive code and message when caught; compensation:
    `activity`, the id of the one that is compensated for (None: all of the scope), or, caught at the border of an
    activity, of the handler; link: `name`.
    """

    kind: EventKind = EventKind.NONE
    timer_kind: TimerKind | None = None
    timer: str | None = None
    name: str | None = None
    payload: tuple[Handover, ...] = ()
    business_key: str | None = None
    condition: str | None = None
    language: Language = Language.JUEL
    code: str | None = None
    text: str | None = None
    code_variable: str | None = None
    text_variable: str | None = None
    activity: str | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """Multi-instance: either `cardinality` or `collection` is given; all three are expressions."""

    sequential: bool
    cardinality: str | None = None
    collection: str | None = None
    element_variable: str | None = None
    completion_condition: str | None = None


@dataclass(frozen=True, slots=True)
class StandardLoop:
    """Again for as long as `condition` is true, `maximum` times at most (None: without end); tested before each round or
    after it. Both are expressions."""

    condition: str | None = None
    language: Language = Language.JUEL
    test_before: bool = False
    maximum: str | None = None


@dataclass(frozen=True, slots=True)
class AdHoc:
    """How the activities of an ad-hoc subprocess are done: one after the other or all at once, until `completion` is
    true after one of them (None: until all are done); what still runs then is waited for or withdrawn."""

    sequential: bool = False
    completion: str | None = None
    language: Language = Language.JUEL
    cancel_remaining: bool = True


@dataclass(frozen=True, slots=True)
class CallActivity:
    """binding: latest | deployment | version | versionTag; `version` is the number or the tag."""

    called_element: str
    binding: str = "latest"
    version: str | None = None
    business_key: str | None = None
    inputs: tuple[Handover, ...] = ()
    outputs: tuple[Handover, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow."""

    id: str
    source: str
    target: str
    name: str | None = None
    condition: str | None = None
    language: Language = Language.JUEL


@dataclass(frozen=True, slots=True)
class Node:
    """One flow node.

    incoming, outgoing: ids of sequence flows in document order; parent: the id of the subprocess around it, None at
    process level; also: further events that it may wait for or throws, all of which must happen if `all_of`; attached_to: of a
    boundary event; interrupting: of one, and of the start event of an event subprocess; instantiates: whether it begins
    the process as a start event does; event_triggered: whether it is an event subprocess; for_compensation: whether it is
    a handler outside the flow; activation: the condition of a complex gateway; start_quantity, completion_quantity: how
    many tokens it takes and makes; expression, language: of a script or service task; result_variable: of those and of a
    business rule task.
    """

    id: str
    kind: Kind
    name: str | None = None
    line: int = 0
    parent: str | None = None
    lane: str | None = None
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    default_flow: str | None = None
    event: Event = Event()
    also: tuple[Event, ...] = ()
    all_of: bool = False
    attached_to: str | None = None
    interrupting: bool = True
    instantiates: bool = False
    event_triggered: bool = False
    for_compensation: bool = False
    activation: str | None = None
    start_quantity: int = 1
    completion_quantity: int = 1
    loop: Loop | None = None
    standard_loop: StandardLoop | None = None
    ad_hoc: AdHoc | None = None
    user_task: UserTask | None = None
    call: CallActivity | None = None
    external: ExternalTask | None = None
    delegate: str | None = None
    expression: str | None = None
    language: Language = Language.JUEL
    decision: DecisionCall | None = None
    result_variable: str | None = None
    inputs: tuple[Handover, ...] = ()
    outputs: tuple[Handover, ...] = ()
    async_before: bool = False
    async_after: bool = False
    job_priority: str | None = None
    retries: str | None = None
    documentation: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def follows_variables(self) -> bool:
        """Whether its timer or due date is counted anew when variables change."""
        return self.properties.get(FOLLOWS) == "variables"

    def events(self) -> list[tuple[str, Event]]:
        """What it waits for or throws, by keys: the id of the node, with `:1`, `:2` for further events."""
        return [(self.id, self.event), *((f"{self.id}:{number}", one) for number, one in enumerate(self.also, start=1))]


def node_of(key: str) -> str:
    """The id of the node that has an event, or that goes on in a job, by the key of it."""
    return key.partition(":")[0].partition("#")[0]


@dataclass(frozen=True, slots=True)
class Process:
    """An executable process. `form_ref` is the form of its start event; properties hold `law.act`, `law.service`.

    initiator: the variable that gets the id of the user who starts an instance.
    """

    id: str
    name: str | None
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    version_tag: str | None = None
    history_time_to_live: str | None = None
    form_ref: str | None = None
    form_key: str | None = None
    startable_in_tasklist: bool = True
    candidate_starter_groups: str | None = None
    documentation: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    form_ref_binding: str | None = None
    form_ref_version: str | None = None
    initiator: str | None = None

    def children(self, parent: str | None) -> list[Node]:
        """The nodes directly inside the subprocess `parent` (None: the process), in document order."""
        return [node for node in self.nodes.values() if node.parent == parent]

    @property
    def plain_start(self) -> Node | None:
        """The start event at which it begins when somebody begins it."""
        starts = (node for node in self.children(None) if node.kind is Kind.START_EVENT)
        return next((node for node in starts if node.event.kind is EventKind.NONE), None)

    def beginnings(self) -> list[tuple[str, Event]]:
        """The events that begin it by themselves, by their keys: those of start events and of receive tasks that
        instantiate, and those behind event-based gateways that do (BPMN 2.0.2, 10.5.2, 10.3.3 and 10.6.6)."""
        found: list[tuple[str, Event]] = []
        for node in self.children(None):
            if node.kind is Kind.START_EVENT or (node.kind is Kind.RECEIVE_TASK and node.instantiates):
                found += node.events()
            elif node.instantiates:
                behind = (self.nodes[self.flows[flow].target] for flow in node.outgoing)
                found += [pair for target in behind for pair in target.events()]
        return [(key, event) for key, event in found if event.kind is not EventKind.NONE]
