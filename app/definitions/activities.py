"""Reading what an activity does: its user task, call, service, script, multi-instance and parameters."""

import re

from app.definitions.supported import advice, language
from app.definitions.survey import Reading
from app.definitions.xml import (
    BPMN,
    CAMUNDA,
    Element,
    attribute,
    camunda,
    child,
    children,
    extensions,
    flag,
    local,
    text,
)
from app.domain.models.model import AdHoc, CallActivity, Handover, Kind, Language, Loop, StandardLoop
from app.domain.models.work import DecisionCall, DecisionMapping, ExternalTask, UserTask

_DELEGATE = re.compile(r"[$#]\{\s*([^\W\d]\w*)\s*\}")
_NAME = re.compile(r"[^\W\d]\w*")


MAX_QUANTITY = 1_000


def user_task(element: Element) -> UserTask:
    return UserTask(
        assignee=camunda(element, "assignee"),
        candidate_groups=camunda(element, "candidateGroups"),
        candidate_users=camunda(element, "candidateUsers"),
        due_date=camunda(element, "dueDate"),
        follow_up_date=camunda(element, "followUpDate"),
        priority=camunda(element, "priority"),
        form_key=camunda(element, "formKey"),
        form_ref=camunda(element, "formRef"),
        form_ref_binding=camunda(element, "formRefBinding"),
        form_ref_version=form_version(element),
    )


def call_activity(element: Element, reading: Reading) -> CallActivity:
    """A call without a called element has the text "" there, and is reported."""
    called = attribute(element, "calledElement")
    if called is None:
        reading.report("call-without-process", element)
    binding = camunda(element, "calledElementBinding") or "latest"
    return CallActivity(
        called_element=called or "",
        binding=binding,
        version=camunda(element, "calledElementVersionTag" if binding == "versionTag" else "calledElementVersion"),
        business_key=business_key(element),
        inputs=variables(element, "in", reading),
        outputs=variables(element, "out", reading),
    )


def form_version(element: Element) -> str | None:
    """The number or the tag of the version to which the form of a user task or a start event is bound."""
    tagged = camunda(element, "formRefBinding") == "versionTag"
    return camunda(element, "formRefVersionTag" if tagged else "formRefVersion")


def business_key(element: Element) -> str | None:
    """The business key that goes with a call, a message or a signal."""
    keys = (attribute(entry, "businessKey") for entry in extensions(element, "in"))
    return next((key for key in keys if key), None)


def variables(element: Element, direction: str, reading: Reading) -> tuple[Handover, ...]:
    """Camunda's in and out mappings."""
    handovers = []
    for entry in extensions(element, direction):
        is_local = attribute(entry, "local") == "true"
        name, expression = attribute(entry, "source"), attribute(entry, "sourceExpression")
        target = attribute(entry, "target")
        if attribute(entry, "variables") == "all":
            handovers.append(Handover(None, None, is_local, all_variables=True))
        elif target and expression and not name:
            handovers.append(Handover(target, expression, is_local))
        elif target and name and not expression and _NAME.fullmatch(name):
            handovers.append(Handover(target, f"${{{name}}}", is_local, by_name=name))
        elif direction == "out" or attribute(entry, "businessKey") is None:
            reading.report("handover-incomplete", element, text=name or expression or target or "")
    return tuple(handovers)


def parameters(element: Element, name: str, reading: Reading) -> tuple[Handover, ...]:
    """The input or output parameters (`name`: inputParameter, outputParameter) of Camunda's inputOutput."""
    handovers = []
    for mapping in extensions(element, "inputOutput"):
        for parameter in mapping.findall(f"{{{CAMUNDA}}}{name}"):
            target = attribute(parameter, "name")
            if target is None:
                reading.report("handover-incomplete", element, text=text(parameter) or "")
            elif len(parameter):
                reading.report("parameter-not-plain", element, parameter=target)
            else:
                handovers.append(Handover(target, text(parameter)))
    return tuple(handovers)


def service(element: Element, reading: Reading) -> tuple[str | None, str | None]:
    """The name of the delegate and the expression of a service task: one of them, if nothing is reported."""
    expression, delegate = camunda(element, "expression"), camunda(element, "delegateExpression")
    foreign = any(camunda(element, name) for name in ("class", "type")) or bool(extensions(element, "connector"))
    if expression and delegate:
        reading.report("service-task-several", element)
    elif not expression and not delegate and not foreign and local(element) != Kind.BUSINESS_RULE_TASK:
        reading.report("service-task-empty", element)
    if delegate is None:
        return None, expression
    if camunda(element, "resultVariable"):
        reading.report("result-variable-unused", element)
    named = _DELEGATE.fullmatch(delegate)
    if named is None:
        reading.report("delegate-invalid", element, text=delegate)
        return None, expression
    return named[1], expression


def decision(element: Element, reading: Reading) -> DecisionCall | None:
    """What a business rule task decides; None if it names no decision, which is then a service task's."""
    name = camunda(element, "decisionRef")
    others = [camunda(element, other) for other in ("expression", "delegateExpression", "type")]
    if name is None:
        if not any(others):
            reading.report("decision-missing", element)
        return None
    if any(others):
        reading.report("service-task-several", element)
    if camunda(element, "resultVariable") is None and not extensions(element, "inputOutput"):
        reading.report("decision-without-result", element)
    binding = camunda(element, "decisionRefBinding") or "latest"
    return DecisionCall(
        decision=name,
        binding=binding,
        version=camunda(element, "decisionRefVersionTag" if binding == "versionTag" else "decisionRefVersion"),
        mapping=camunda(element, "mapDecisionResult") or DecisionMapping.RESULT_LIST.value,
    )


def script(element: Element, reading: Reading) -> tuple[str | None, Language]:
    """The expression of a script task, and its language."""
    given = attribute(element, "scriptFormat") or attribute(element, "scriptLanguage")
    body = text(child(element, "script"))
    found = language(given)
    if found is None:
        reading.report("script-language", element, language=given or "")
    elif body is None:
        reading.report("script-empty", element)
    if camunda(element, "resultVariable") is None:
        reading.report("script-without-result", element)
    return body, found or Language.JUEL


def standard_loop(element: Element, reading: Reading) -> StandardLoop | None:
    """A step that is done again and again (BPMN 2.0.2, 10.3.8)."""
    found = child(element, "standardLoopCharacteristics")
    if found is None:
        return None
    condition, written_in = condition_of(found, "loopCondition", element, reading)
    return StandardLoop(
        condition, written_in, flag(found, "testBefore", default=False), attribute(found, "loopMaximum")
    )


def loop(element: Element) -> Loop | None:
    """Multi-instance (BPMN 2.0.2, 10.3.8), with the collection in Camunda's way or in BPMN's."""
    found = children(element, "multiInstanceLoopCharacteristics")
    if not found:
        return None
    item = child(found[0], "inputDataItem")
    return Loop(
        sequential=flag(found[0], "isSequential", default=False),
        cardinality=text(child(found[0], "loopCardinality")),
        collection=camunda(found[0], "collection") or text(child(found[0], "loopDataInputRef")),
        element_variable=camunda(found[0], "elementVariable") or (None if item is None else attribute(item, "name")),
        completion_condition=text(child(found[0], "completionCondition")),
    )


def ad_hoc(element: Element, reading: Reading) -> AdHoc:
    """How the activities of an ad-hoc subprocess are done (BPMN 2.0.2, 10.3.5)."""
    completion, written_in = condition_of(element, "completionCondition", element, reading)
    return AdHoc(
        sequential=attribute(element, "ordering") == "Sequential",
        completion=completion,
        language=written_in,
        cancel_remaining=flag(element, "cancelRemainingInstances", default=True),
    )


def condition_of(holder: Element, name: str, element: Element, reading: Reading) -> tuple[str | None, Language]:
    """The expression in a child of `holder`, and its language; `element` is whose it is."""
    found = child(holder, name)
    given = None if found is None else attribute(found, "language")
    written_in = language(given) if given else Language.JUEL
    if written_in is None:
        reading.report("condition-script", element, language=given or "")
        return None, Language.JUEL
    return text(found), written_in


def external(element: Element, reading: Reading) -> ExternalTask | None:
    """The topic of a task that a worker outside does, and its priority, by default that of its process."""
    kind = camunda(element, "type")
    if kind != "external":
        if kind is not None:
            reading.report(
                "attribute-not-supported", element, attribute=f'camunda:type="{kind}"', advice=advice("class")
            )
        return None
    topic = camunda(element, "topic")
    if topic is None:
        reading.report("topic-missing", element)
    if camunda(element, "resultVariable"):
        reading.report("result-variable-unused", element)
    process = next(element.iterancestors(f"{{{BPMN}}}process"))
    return ExternalTask(topic or "", camunda(element, "taskPriority") or camunda(process, "taskPriority"))


def is_sent(element: Element) -> bool:
    """Whether a send task throws its message itself; where it says how the message is sent, that is done instead."""
    how = any(camunda(element, name) for name in ("expression", "delegateExpression", "class", "type"))
    return attribute(element, "messageRef") is not None and not how and not extensions(element, "connector")


def quantity(element: Element, name: str, reading: Reading) -> int:
    """startQuantity or completionQuantity: how many tokens (BPMN 2.0.2, 10.3)."""
    given = attribute(element, name)
    if given is None:
        return 1
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= MAX_QUANTITY):
        reading.report("quantity-invalid", element, attribute=name, text=given, limit=MAX_QUANTITY)
        return 1
    return int(given)
