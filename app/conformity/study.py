"""One model looked through: its net, every state that it can come to, and what its deadlines say there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.conformity.deciding import Deciding
from app.conformity.decisions import Answers
from app.conformity.explore import Space, explore
from app.conformity.forms import FormFields
from app.conformity.moves import Moves, unhurried
from app.conformity.net import Net, Step, build
from app.conformity.pairing import Pairing, pair
from app.conformity.timing import Symbolic
from app.conformity.tokens import State
from app.conformity.unmodelled import unmodelled
from app.conformity.values import START, Term
from app.conformity.variables import REGISTERING, Variables, survey
from app.domain.acts.regulation import Service
from app.domain.models.model import Process
from app.domain.terms.calendar import Text
from app.expressions import is_expression

TOTAL = "law.total"
REQUEST_KIND = "requestKind"
RESULT_KIND = "resultKind"
TERM = "termEndsAt"
"""The variable in which the total term is kept for the applicant."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a model is looked at with. processes, answers (of decisions): those that it may call; roles: the names of each.

    roles: None: not known.
    """

    processes: Mapping[str, Process]
    forms: Mapping[str, FormFields]
    roles: Mapping[str, Text] | None
    answers: Mapping[str, Answers] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """A due date as it was computed once. value: a Term, as a rule; ready: the event at which the task began.

    request_kind: if it was decided by then. role: who is to do the task, None if it cannot be told. shown: of a total,
    what is kept for the applicant.
    """

    value: object
    ready: str
    request_kind: str | None
    role: str | None = None
    shown: object = None


@dataclass(frozen=True)
class Study:
    """dues: by step, each once. totals: what law.total came to at the ends. demands: by step, from its procedure.

    given: what each variable that matters can hold, None: anything.
    """

    net: Net
    variables: Variables
    service: Service | None
    pairing: Pairing | None
    surroundings: Surroundings
    space: Space | None
    dues: Mapping[str, Mapping[Due, State]]
    totals: tuple[Due, ...]
    demands: Mapping[str, str]
    given: Mapping[str, frozenset[object] | None]

    @property
    def total(self) -> str | None:
        return total_of(self.net.process)

    @property
    def registers(self) -> bool:
        """Whether the model has a registration: what ends before it is no case of the service yet."""
        return any(step.node.delegate == REGISTERING for step in self.net.steps.values())


def total_of(process: Process) -> str | None:
    """The expression of the total term; a model may leave out the `${` and `}` around it."""
    given = process.properties.get(TOTAL)
    return given if given is None or is_expression(given) else f"${{{given}}}"


def study(
    process: Process,
    service: Service | None,
    surroundings: Surroundings,
    going: Callable[[], bool] = unhurried,
) -> Study:
    """going: see `Moves`; what is not come to in time is left out."""
    net = build(process, surroundings.processes)
    kept = [name for name in (RESULT_KIND, TERM) if _computes(net, name)]
    always = [total_of(process), *(f"${{{name}}}" for name in kept)]
    if service is not None and any(one.request_kinds is not None for one in service.procedures):
        always.append(f"${{{REQUEST_KIND}}}")
    variables = survey(net, surroundings.forms, surroundings.answers, always)
    pairing = None if service is None else pair(net, service)
    demands = (
        {}
        if pairing is None
        else {step: f"demand:{procedure.number}" for step, procedure in pairing.procedures.items() if procedure.ends}
    )
    dues: dict[str, dict[Due, State]] = {}

    def watch(step: Step, value: object, role: object, state: State) -> None:
        due = Due(value, str(state.now), _request_kind(state), role if isinstance(role, str) else None)
        dues.setdefault(step.id, {}).setdefault(due, state)

    deciding = Deciding(variables, Symbolic())
    moves = Moves(net, deciding, demands, watch, going)
    space = None if net.first is None or any(unmodelled(net)) else explore(moves)
    totals = () if space is None else _totals(process, deciding, space)
    given = {name: deciding.given(name) for name in variables.relevant}
    return Study(net, variables, service, pairing, surroundings, space, dues, totals, demands, given)


def _computes(net: Net, name: str) -> bool:
    return any(step.node.result_variable == name and not step.frame for step in net.steps.values())


def _request_kind(state: State) -> str | None:
    value = dict(state.variables).get(REQUEST_KIND)
    return value if isinstance(value, str) and not value.startswith("\0") else None


def _totals(process: Process, deciding: Deciding, space: Space) -> tuple[Due, ...]:
    source = total_of(process)
    if source is None:
        return ()
    found: dict[Due, None] = {}
    for state in space.finals():
        for known, value in deciding.total(dict(state.variables), source, START, process.id):
            kind = known.get(REQUEST_KIND)
            shown = known.get(TERM)
            term = shown if isinstance(shown, Term) else None
            found[Due(value, START, kind if isinstance(kind, str) else None, shown=term)] = None
    return tuple(found)
