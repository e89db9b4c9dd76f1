"""The flows that the acts share: each process and condition has its element in the called process, and the other way round."""

from collections.abc import Iterator

from app.conformity import wording
from app.conformity.beginnings import agrees
from app.conformity.domains import Domains
from app.conformity.findings import Finding, found
from app.conformity.net import Net, Step
from app.conformity.pairing import CLAUSE
from app.conformity.roles import told
from app.conformity.study import Study
from app.conformity.variables import REGISTERING
from app.domain.acts.clauses_of_acts import clauses
from app.domain.acts.shared_flows import Flow, FlowStep


def flows(study: Study, known: tuple[Flow, ...]) -> Iterator[Finding]:
    """known: the flows of the folder in which the model lies."""
    process = study.net.process
    flow = next((one for one in known if one.key == process.id), None)
    if flow is None:
        yield found("flow-unknown", element=process.id)
        return
    for step in flow.steps:
        if step.elsewhere is None:
            yield from _of_step(study, flow, step)
    yield from _beyond(study.net, flow)


def _of_step(study: Study, flow: Flow, step: FlowStep) -> Iterator[Finding]:
    done_by = _elements(study.net, step.number, step.elements)
    missing = set(step.elements) - {one.id for one in done_by}
    if not done_by or missing:
        place = ", ".join(sorted(missing)) or flow.key
        yield found("flow-uncovered", clause=step.number, element=place, about=step.what)
    if step.registers and done_by and not any(element.node.delegate == REGISTERING for element in done_by):
        yield found("flow-unregistered", clause=step.number, element=flow.key)
    if step.channel is not None and done_by and not _by_channel(study.net, done_by[0], step.channel):
        yield found("flow-channel", clause=step.number, element=done_by[0].id, about=step.channel)
    for element in done_by:
        if element.node.user_task is not None:
            yield from _of_task(study, step, element)
        if step.otherwise is not None and not _fails_to(study.net, element, step.otherwise):
            yield found("flow-otherwise", clause=step.number, element=element.id, about=step.otherwise)
    if step.otherwise is not None and not _elements(study.net, step.otherwise, ()):
        yield found("flow-uncovered", clause=step.otherwise, element=flow.key, about=step.what)


def _elements(net: Net, number: str, named: tuple[str, ...]) -> list[Step]:
    """Those with the number of a step, or with the ids that it names."""
    if named:
        return [net.steps[one] for one in named if one in net.steps]
    own = (step for step in net.steps.values() if net.call_around(step) is None)
    return [step for step in own if number in clauses(step.node.properties.get(CLAUSE, ""))]


def _of_task(study: Study, step: FlowStep, element: Step) -> Iterator[Finding]:
    for role in sorted({one or "–" for one in told(study, element)} - step.roles):
        act = " / ".join(sorted(step.roles))
        yield found("role-other", clause=step.number, element=element.id, act=act, model=role)
    values = [due.value for due in study.dues.get(element.id, ())]
    if step.limit is not None and not (values and all(agrees(value, step.limit) for value in values)):
        act_limit, model = wording.limit(step.limit), wording.term(values[0] if values else None)
        yield found("limit-other", clause=step.number, element=element.id, act=act_limit, model=model)


def _fails_to(net: Net, condition: Step, otherwise: str) -> bool:
    """Whether one way out of the condition is that process, and no application is registered behind it."""
    targets = {edge.target for edge in condition.outgoing}
    refusing = [step for step in _elements(net, otherwise, ()) if step.id in targets]
    behind = {later for step in refusing for later in net.following[step.id]}
    return bool(refusing) and not any(net.steps[one].node.delegate == REGISTERING for one in behind)


def _by_channel(net: Net, element: Step, channel: str) -> bool:
    """Whether a condition that names the channel leads to the element."""
    compared = Domains()
    for step in net.steps.values():
        for edge in step.outgoing:
            if edge.target == element.id:
                compared.read(edge.condition, step.frame)
    return any(channel in literals for literals in compared.literals.values())


def _beyond(net: Net, flow: Flow) -> Iterator[Finding]:
    """What the model does that the flow does not know, or that is done elsewhere."""
    here = [step for step in flow.steps if step.elsewhere is None]
    numbers = {step.number for step in here} | {step.otherwise for step in here}
    named = {element for step in here for element in step.elements}
    for step in net.steps.values():
        cited = clauses(step.node.properties.get(CLAUSE, ""))
        for clause in cited:
            if clause not in numbers:
                yield found("clause-unknown", clause=clause, element=step.id)
        if step.node.user_task is not None and not cited and step.id not in named:
            yield found("task-without-clause", element=step.id)
