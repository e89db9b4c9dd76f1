"""The variables of a net: who writes and who reads them, which of them matter, and until when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app import expressions
from app.conformity.decisions import Answers, of_call
from app.conformity.domains import Domains
from app.conformity.forms import FormFields
from app.conformity.net import Net, Step, shares_all
from app.domain.models.model import Kind

REGISTERING = "registerApplication"
ISSUING = "issueDocument"
EXTENDING = "extendTerm"
EXTENDED = "termExtended"
"""The message that a case gets when somebody has extended its term."""
DELEGATES = {
    REGISTERING: ("applicationNumber", "applicationDate", "submittedAt", "receivedAt"),
    ISSUING: ("documentNumber", "documentDate", "validUntil"),
    "findCase": ("caseFound", "complainedCaseId", "complainedCaseTitle"),
    EXTENDING: ("extendedAt",),
}
"""What the delegates write. Any other writes one does not know what."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A variable gets the value of an expression. target: with its frame; frame: that of the expression."""

    target: str
    source: str
    frame: str


@dataclass(frozen=True, slots=True)
class Writes:
    """What a step writes when it begins (into itself or what it calls), does its work, and ends.

    form: full names that people, or a decision table, may write; forms_unknown: they may write whatever nothing else writes.
    """

    begin: tuple[Assignment, ...] = ()
    work: tuple[Assignment, ...] = ()
    delegate: str | None = None
    form: tuple[str, ...] = ()
    forms_unknown: bool = False
    end: tuple[Assignment, ...] = ()
    inside: tuple[str, ...] = ()
    """The variables of a called process, which do not exist before the call."""


@dataclass(frozen=True, slots=True)
class Variables:
    """relevant: those on which a way or a deadline depends; live: by step, those still read at it or behind it;
    always: those that matter to the end.

    orphans: read, but written by nothing that is known; written: by something that is; inside: of called processes.
    """

    writes: Mapping[str, Writes]
    relevant: frozenset[str]
    live: Mapping[str, frozenset[str]]
    always: frozenset[str]
    orphans: frozenset[str]
    written: frozenset[str]
    inside: frozenset[str]
    domains: Mapping[str, tuple[object, ...]]


def names(source: str | None, frame: str) -> frozenset[str]:
    """The variables that an expression reads, with their frame; none if it is not an expression."""
    if source is None or not expressions.is_expression(source):
        return frozenset()
    try:
        return frozenset(frame + name for name in expressions.compile(source).names if name != "execution")
    except expressions.ExpressionError:
        return frozenset()


def survey(
    net: Net, forms: Mapping[str, FormFields], answers: Mapping[str, Answers], always: Iterable[str | None] = ()
) -> Variables:
    """forms, answers of decisions: by id; always: expressions of the process itself, whose variables matter to the end."""
    everywhere = frozenset().union(*(names(source, "") for source in always))
    writes = {step.id: _writes(net, step, forms) for step in net.steps.values()}
    relevant = _relevant(net, writes, everywhere)
    reads = {step.id: _reads(step, writes[step.id], relevant) for step in net.steps.values()}
    read = everywhere.union(*reads.values())
    written = frozenset(target for one in writes.values() for target in _targets(one))
    inside = frozenset(name for one in writes.values() for name in one.inside)
    domains = _domains(net, writes, forms, always)
    for step in net.steps.values():
        if step.node.decision is not None and step.node.result_variable is not None:
            domains.form(step.frame, step.node.result_variable, of_call(step.node.decision, answers))
    return Variables(
        writes=writes,
        relevant=relevant,
        live=_live(net, reads),
        always=everywhere,
        orphans=read - written,
        inside=inside,
        written=written,
        domains={name: domains.values(name) for name in sorted(relevant)},
    )


def _writes(net: Net, step: Step, forms: Mapping[str, FormFields]) -> Writes:
    node, frame = step.node, step.frame
    work = []
    if node.result_variable is not None and node.expression is not None:
        work.append(Assignment(frame + node.result_variable, node.expression, frame))
    begin = [Assignment(frame + one.target, one.source or "", frame) for one in node.inputs if one.target]
    end = [Assignment(frame + one.target, one.source or "", frame) for one in node.outputs if one.target]
    inside: tuple[str, ...] = ()
    if node.call is not None and step.called is not None and not shares_all(node):
        inner = step.inner_frame
        inside = tuple(sorted(_inner_names(net, inner)))
        if any(one.all_variables for one in node.call.inputs):
            begin += [Assignment(name, f"${{{name.removeprefix(inner)}}}", frame) for name in inside]
        begin += [Assignment(inner + one.target, one.source or "", frame) for one in node.call.inputs if one.target]
        end = [Assignment(frame + one.target, one.source or "", inner) for one in node.call.outputs if one.target] + end
    form, unknown = _form(net, step, forms)
    given = [frame + name for name in form.choices] if form else []
    if node.result_variable is not None and node.expression is None:
        given.append(frame + node.result_variable)
    known = node.delegate in DELEGATES
    return Writes(
        begin=tuple(begin),
        work=tuple(work),
        delegate=node.delegate if known else None,
        form=tuple(given),
        forms_unknown=unknown or (node.delegate is not None and not known),
        end=tuple(end),
        inside=inside,
    )


def _form(net: Net, step: Step, forms: Mapping[str, FormFields]) -> tuple[FormFields | None, bool]:
    """The form of a person's step or of the start, and whether there is one that is not known."""
    if step.id == net.first:
        reference = net.process.form_ref
    elif step.node.user_task is not None:
        reference = step.node.user_task.form_ref
    else:
        waits = step.kind in (Kind.RECEIVE_TASK, Kind.INTERMEDIATE_CATCH_EVENT) or bool(
            step.node.call and not step.called
        )
        return None, waits
    found = forms.get(reference or "")
    return found, found is None


def _inner_names(net: Net, frame: str) -> frozenset[str]:
    found: set[str] = set()
    for step in net.steps.values():
        if step.frame == frame:
            found.update(*(names(source, frame) for source in sources(step)))
    return frozenset(found)


def sources(step: Step) -> Iterator[str | None]:
    """The expressions on which a way or a deadline can depend."""
    node = step.node
    yield from (edge.condition for edge in step.outgoing)
    yield node.expression
    yield from (node.user_task.due_date, node.user_task.candidate_groups) if node.user_task else ()
    yield node.loop.cardinality if node.loop else None
    yield from (one.source for one in (*node.inputs, *node.outputs))


def read_at(step: Step) -> Iterator[tuple[str, str]]:
    """The expressions of a step, what it hands over to a call and back too, each with its frame."""
    call = step.node.call
    mapped = [(one.source, step.frame) for one in call.inputs] if call else []
    mapped += [(one.source, step.inner_frame) for one in call.outputs] if call else []
    for source, frame in (*((source, step.frame) for source in sources(step)), *mapped):
        if source is not None:
            yield source, frame


def never_given(net: Net, writes: Mapping[str, Writes]) -> Iterator[tuple[str, str]]:
    """The calls that take a variable back which nothing inside them writes and nobody hands in, each with its name."""
    for step in net.steps.values():
        call, inner = step.node.call, step.inner_frame
        if call is None or step.called is None or inner == step.frame:
            continue
        inside = [writes[one.id] for one in net.steps.values() if one.frame == inner]
        given = {inner + one.target for one in call.inputs if one.target}
        given |= {target for one in inside for target in _targets(one)}
        if any(one.all_variables for one in call.inputs):
            others = (writes[one.id] for one in net.steps.values() if one.id != step.id)
            bare = (target.removeprefix(step.frame) for one in others for target in _targets(one))
            given |= {inner + name for name in bare if "/" not in name}
        read = {name for one in call.outputs for name in names(one.source, inner)}
        if not any(one.forms_unknown for one in inside):
            yield from ((step.id, name.removeprefix(inner)) for name in sorted(read - given))


def _targets(writes: Writes) -> Iterator[str]:
    yield from (one.target for one in (*writes.begin, *writes.work, *writes.end))
    yield from DELEGATES.get(writes.delegate or "", ())
    yield from writes.form


def _relevant(net: Net, writes: Mapping[str, Writes], everywhere: frozenset[str]) -> frozenset[str]:
    found = set(everywhere)
    for step in net.steps.values():
        found |= _deciding(step)
    assignments = [one for step in writes.values() for one in (*step.begin, *step.work, *step.end)]
    size = -1
    while size != len(found):
        size = len(found)
        for one in assignments:
            if one.target in found:
                found |= names(one.source, one.frame)
    return frozenset(found)


def _deciding(step: Step) -> frozenset[str]:
    node = step.node
    sources = [edge.condition for edge in step.outgoing]
    sources += [node.user_task.due_date, node.user_task.candidate_groups] if node.user_task else []
    sources.append(node.loop.cardinality if node.loop else None)
    return frozenset().union(*(names(source, step.frame) for source in sources))


def _reads(step: Step, writes: Writes, relevant: frozenset[str]) -> frozenset[str]:
    assignments = (*writes.begin, *writes.work, *writes.end)
    used = (names(one.source, one.frame) for one in assignments if one.target in relevant)
    return _deciding(step).union(*used)


def _live(net: Net, reads: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    whole = dict(reads)
    for step in net.steps.values():
        around = step.scope
        while around is not None:
            whole[around] = whole[around] | reads[step.id]
            around = net.steps[around].scope
    return {step: whole[step].union(*(whole[later] for later in net.following[step])) for step in net.steps}


def _domains(
    net: Net, writes: Mapping[str, Writes], forms: Mapping[str, FormFields], always: Iterable[str | None]
) -> Domains:
    domains = Domains()
    for source in always:
        domains.read(source, "")
    for step in net.steps.values():
        for source in sources(step):
            domains.read(source, step.frame)
        for one in (*writes[step.id].begin, *writes[step.id].end):
            domains.read(one.source, one.frame)
            read = names(one.source, one.frame)
            if len(read) == 1:
                domains.link(one.target, next(iter(read)))
        form, _ = _form(net, step, forms)
        for name in form.choices if form else ():
            domains.form(step.frame, name, form.values(name) if form else None)
    return domains
