"""From a BPMN 2.0 file of the Camunda 7 flavour to processes as plain values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.definitions import activities, events
from app.definitions.events import Definitions
from app.definitions.findings import Finding, Place, finding
from app.definitions.flows import flows_of
from app.definitions.message_flows import check_message_flows
from app.definitions.supported import EVENTS, GATEWAYS, GLOBAL_TASKS, SCOPES, SERVICES
from app.definitions.survey import Reading, survey
from app.definitions.xml import (
    BPMN,
    CAMUNDA,
    MODELER,
    Element,
    attribute,
    camunda,
    child,
    children,
    extensions,
    flag,
    local,
    namespace,
    parse,
    text,
)
from app.domain.models.model import EventKind, Kind, Node, Process

MAX_FLOW_ELEMENTS = 5_000
MAX_ID = 255

_NCNAME = re.compile(r"[^\W\d][\w.·-]*")
_KINDS = {kind.value for kind in Kind}
_PLATFORM = f"{{{MODELER}}}executionPlatform"


@dataclass(frozen=True, slots=True)
class Model:
    """One file. processes: the executable ones, complete only if no finding is an error.

    places: where the elements begin, by id (a flow without id under its generated id); refused: ids of nodes that the
    engine does not run, kept among the nodes as plain tasks.
    """

    resource: str
    processes: tuple[Process, ...] = ()
    findings: tuple[Finding, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()


def read(resource_name: str, source: bytes) -> Model:
    """Read a file. Never raises for bad content: what is wrong comes as findings, in document order."""
    document = parse(source)
    if isinstance(document, Finding):
        return Model(resource_name, findings=(document,))
    root, reading = document.root, Reading(document)
    platform = root.get(_PLATFORM)
    if (namespace(root), local(root)) != (BPMN, "definitions"):
        return Model(resource_name, findings=(finding("not-bpmn", document.place(root)),))
    if platform not in (None, "Camunda Platform"):
        reading.report("other-platform", root, platform=platform or "")
    executable = []
    for element in children(root, "process"):
        if flag(element, "isExecutable", default=False):
            executable.append(element)
        else:
            reading.report("process-not-executable", element)
    if not executable:
        reading.report("no-executable-process", root)
    if sum(_is_flow_element(inner) for element in executable for inner in element.iter()) > MAX_FLOW_ELEMENTS:
        reading.report("model-too-large", root, limit=MAX_FLOW_ELEMENTS)
        return Model(resource_name, findings=tuple(reading.findings))
    _ids(root, reading)
    for element in children(root, "choreography"):
        reading.report_refused(element)
    check_message_flows(root, reading)
    known = events.definitions(root)
    processes = tuple(_process(element, known, reading) for element in executable)
    findings = sorted(reading.findings, key=lambda found: (found.line, found.column))
    return Model(resource_name, processes, tuple(findings), reading.places, frozenset(reading.refused))


def _is_flow_element(element: Element) -> bool:
    return namespace(element) == BPMN and (local(element) in _KINDS or local(element) == "sequenceFlow")


def _ids(root: Element, reading: Reading) -> None:
    """Ids are unique in the whole file and are NCNames (XML Schema, ID)."""
    for element in root.iter(f"{{{BPMN}}}*"):
        element_id = attribute(element, "id")
        if element_id is None:
            if local(element) in _KINDS or local(element) == "process":
                reading.report("id-missing", element)
            continue
        if element_id in reading.places:
            code = "process-duplicate" if local(element) == "process" else "id-duplicate"
            reading.report(code, element, id=element_id)
        if len(element_id) > MAX_ID:
            reading.report("id-too-long", element, limit=MAX_ID)
        elif not _NCNAME.fullmatch(element_id):
            reading.report("id-invalid", element, id=element_id)
        reading.places.setdefault(element_id, reading.document.place(element))


def _process(element: Element, known: Definitions, reading: Reading) -> Process:
    survey(element, reading)
    lanes = dict(_lanes(element))
    nodes = {node.id: node for node in _nodes(element, None, lanes, known, reading)}
    flows = {flow.id: flow for flow in flows_of(element, nodes, reading)}
    outgoing: dict[str, list[str]] = {node: [] for node in nodes}
    incoming: dict[str, list[str]] = {node: [] for node in nodes}
    for flow in flows.values():
        outgoing[flow.source].append(flow.id)
        incoming[flow.target].append(flow.id)
    starts = [start for start in children(element, Kind.START_EVENT) if attribute(start, "id") not in reading.refused]
    without_event = {node.id for node in nodes.values() if node.event.kind is EventKind.NONE}
    start = next((one for one in starts if attribute(one, "id") in without_event), next(iter(starts), element))
    return Process(
        id=attribute(element, "id") or "",
        name=attribute(element, "name"),
        nodes={
            node.id: replace(node, incoming=tuple(incoming[node.id]), outgoing=tuple(outgoing[node.id]))
            for node in nodes.values()
        },
        flows=flows,
        version_tag=camunda(element, "versionTag"),
        history_time_to_live=camunda(element, "historyTimeToLive"),
        form_ref=camunda(start, "formRef"),
        form_key=camunda(start, "formKey"),
        startable_in_tasklist=camunda(element, "isStartableInTasklist") != "false",
        candidate_starter_groups=camunda(element, "candidateStarterGroups"),
        documentation=text(child(element, "documentation")),
        properties=properties(element),
        form_ref_binding=camunda(start, "formRefBinding"),
        form_ref_version=activities.form_version(start),
        initiator=camunda(start, "initiator"),
    )


def _lanes(element: Element) -> Iterator[tuple[str, str]]:
    """Node id and the name of its lane; an inner lane comes after the one around it."""
    for lane in element.iter(f"{{{BPMN}}}lane"):
        name = attribute(lane, "name") or attribute(lane, "id")
        for reference in children(lane, "flowNodeRef"):
            if name and (node := text(reference)):
                yield node, name


def _nodes(
    scope: Element, parent: str | None, lanes: Mapping[str, str], known: Definitions, reading: Reading
) -> Iterator[Node]:
    """The nodes of a process or subprocess and of all subprocesses in it, in document order."""
    for element in scope:
        element_id = attribute(element, "id")
        if namespace(element) != BPMN or element_id is None:
            continue
        common = Node(
            id=element_id,
            kind=Kind.TASK,
            name=attribute(element, "name"),
            line=reading.document.place(element).line,
            parent=parent,
            lane=lanes.get(element_id),
            documentation=text(child(element, "documentation")),
            properties=properties(element),
        )
        if element_id in reading.refused:
            yield common
        elif local(element) in _KINDS:
            yield _node(element, replace(common, kind=Kind(local(element))), known, reading)
            if local(element) in SCOPES:
                yield from _nodes(element, element_id, lanes, known, reading)


def _node(element: Element, node: Node, known: Definitions, reading: Reading) -> Node:
    """`node` with all that its kind adds."""
    if node.kind in EVENTS:
        first, *also = events.events(element, node.kind, known, reading)
        border = node.kind == Kind.BOUNDARY_EVENT
        return replace(
            node,
            event=first,
            also=tuple(also),
            all_of=flag(element, "parallelMultiple", default=False),
            attached_to=attribute(element, "attachedToRef"),
            interrupting=flag(element, "cancelActivity" if border else "isInterrupting", default=True),
            **_asynchronous(element),
        )
    node = replace(node, default_flow=attribute(element, "default"), **_asynchronous(element))
    if node.kind in GATEWAYS:
        activation, _ = activities.condition_of(element, "activationCondition", element, reading)
        return replace(node, activation=activation, instantiates=_instantiates(element, node.kind))
    node = replace(
        node,
        event_triggered=flag(element, "triggeredByEvent", default=False),
        for_compensation=flag(element, "isForCompensation", default=False),
        start_quantity=activities.quantity(element, "startQuantity", reading),
        completion_quantity=activities.quantity(element, "completionQuantity", reading),
        loop=activities.loop(element),
        standard_loop=activities.standard_loop(element, reading),
        inputs=activities.parameters(element, "inputParameter", reading),
        outputs=activities.parameters(element, "outputParameter", reading),
        result_variable=camunda(element, "resultVariable"),
    )
    called = known.global_tasks.get(attribute(element, "calledElement") or "")
    if node.kind == Kind.CALL_ACTIVITY and called is not None:
        survey(called, reading)
        kind, result = GLOBAL_TASKS[local(called)], camunda(called, "resultVariable")
        return _activity(called, replace(node, kind=kind, result_variable=result), known, reading)
    return _activity(element, node, known, reading)


def _instantiates(element: Element, kind: Kind) -> bool:
    able = kind in (Kind.RECEIVE_TASK, Kind.EVENT_BASED_GATEWAY)
    return able and flag(element, "instantiate", default=False)


def _asynchronous(element: Element) -> dict[str, Any]:
    """Where a job goes on with the element, and how (Camunda's asynchronous continuations)."""
    return {
        "async_before": "true" in (camunda(element, "asyncBefore"), camunda(element, "async")),
        "async_after": camunda(element, "asyncAfter") == "true",
        "job_priority": camunda(element, "jobPriority"),
        "retries": text(next(iter(extensions(element, "failedJobRetryTimeCycle")), None)),
    }


def _activity(element: Element, node: Node, known: Definitions, reading: Reading) -> Node:
    """An activity with what it does."""
    if node.kind == Kind.USER_TASK:
        return replace(node, user_task=activities.user_task(element))
    if node.kind == Kind.CALL_ACTIVITY:
        return replace(node, call=activities.call_activity(element, reading))
    if node.kind in SERVICES and (external := activities.external(element, reading)) is not None:
        return replace(node, external=external)
    if node.kind == Kind.BUSINESS_RULE_TASK and (decision := activities.decision(element, reading)) is not None:
        return replace(node, decision=decision)
    if node.kind == Kind.AD_HOC_SUB_PROCESS:
        return replace(node, ad_hoc=activities.ad_hoc(element, reading))
    if node.kind == Kind.SEND_TASK and activities.is_sent(element):
        return replace(node, event=events.message(element, element, known, reading))
    if node.kind in SERVICES:
        delegate, expression = activities.service(element, reading)
        return replace(node, delegate=delegate, expression=expression)
    if node.kind == Kind.SCRIPT_TASK:
        expression, written_in = activities.script(element, reading)
        return replace(node, expression=expression, language=written_in)
    if node.kind == Kind.RECEIVE_TASK:
        instantiates = _instantiates(element, node.kind)
        return replace(node, event=events.message(element, element, known, reading), instantiates=instantiates)
    return node


def properties(element: Element) -> dict[str, str]:
    """Camunda's generic extension properties."""
    found = {}
    for group in extensions(element, "properties"):
        for entry in group.findall(f"{{{CAMUNDA}}}property"):
            if name := attribute(entry, "name"):
                found[name] = (entry.get("value") or "").strip()
    return found
