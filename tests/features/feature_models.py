"""Small BPMN files from a terse description."""

import re
from collections.abc import Mapping

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">'
)
PLAIN = {
    "name", "default", "attachedToRef", "cancelActivity", "calledElement", "messageRef", "scriptFormat", "isSequential",
    "isInterrupting", "triggeredByEvent", "isForCompensation", "parallelMultiple", "ordering", "cancelRemainingInstances",
    "startQuantity", "completionQuantity", "instantiate", "eventGatewayType",
}  # fmt: skip
"""BPMN's own attributes; the others are Camunda's."""


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def node(tag: str, node_id: str, *content: str, **attributes: str) -> str:
    given = "".join(
        f' {name if name in PLAIN else f"camunda:{name}"}="{escape(value)}"' for name, value in attributes.items()
    )
    return f'<{tag} id="{node_id}"{given}>{"".join(content)}</{tag}>'


def start(node_id: str = "start") -> str:
    return node("startEvent", node_id)


def end(node_id: str = "end", definition: str = "") -> str:
    return node("endEvent", node_id, definition)


def user(node_id: str, *content: str, **attributes: str) -> str:
    return node("userTask", node_id, *content, **({"candidateGroups": "clerk"} | attributes))


def script(node_id: str, expression: str, result: str, *content: str, language: str = "juel") -> str:
    body = f"<script>{escape(expression)}</script>"
    return node("scriptTask", node_id, *content, body, scriptFormat=language, resultVariable=result)


def service(node_id: str, *content: str, **attributes: str) -> str:
    return node("serviceTask", node_id, *content, **attributes)


def xor(node_id: str, **attributes: str) -> str:
    return node("exclusiveGateway", node_id, **attributes)


def both(node_id: str) -> str:
    return node("parallelGateway", node_id)


def some(node_id: str, **attributes: str) -> str:
    return node("inclusiveGateway", node_id, **attributes)


def sub(node_id: str, *content: str) -> str:
    return node("subProcess", node_id, *content)


def call(node_id: str, called: str, *mappings: str, **attributes: str) -> str:
    inner = f"<extensionElements>{''.join(mappings)}</extensionElements>" if mappings else ""
    return node("callActivity", node_id, inner, calledElement=called, **attributes)


def parameters(inputs: Mapping[str, str] | None = None, outputs: Mapping[str, str] | None = None) -> str:
    """Camunda's input and output parameters."""
    parts = [
        f'<camunda:inputParameter name="{name}">{escape(v)}</camunda:inputParameter>'
        for name, v in (inputs or {}).items()
    ]
    parts += [
        f'<camunda:outputParameter name="{name}">{escape(v)}</camunda:outputParameter>'
        for name, v in (outputs or {}).items()
    ]
    return f"<extensionElements><camunda:inputOutput>{''.join(parts)}</camunda:inputOutput></extensionElements>"


def multi(*, count: str = "", over: str = "", item: str = "", until: str = "", sequential: bool = False) -> str:
    """Multi-instance by cardinality or over a collection."""
    attributes = f' camunda:collection="{escape(over)}"' if over else ""
    attributes += f' camunda:elementVariable="{item}"' if item else ""
    inner = f"<loopCardinality>{escape(count)}</loopCardinality>" if count else ""
    inner += f"<completionCondition>{escape(until)}</completionCondition>" if until else ""
    flag = "true" if sequential else "false"
    return f'<multiInstanceLoopCharacteristics isSequential="{flag}"{attributes}>{inner}</multiInstanceLoopCharacteristics>'


def timer(kind: str, time: str) -> str:
    """kind: Date, Duration or Cycle."""
    return f"<timerEventDefinition><time{kind}>{escape(time)}</time{kind}></timerEventDefinition>"


def message(key: str) -> str:
    return f'<messageEventDefinition messageRef="message-{key}"/>'


def signal(key: str, *payload: str) -> str:
    inner = f"<extensionElements>{''.join(payload)}</extensionElements>" if payload else ""
    return f'<signalEventDefinition signalRef="signal-{key}">{inner}</signalEventDefinition>'


def escalation(code: str | None, **variables: str) -> str:
    reference = f' escalationRef="escalation-{code}"' if code else ""
    given = "".join(f' camunda:{name}="{value}"' for name, value in variables.items())
    return f"<escalationEventDefinition{reference}{given}/>"


def conditional(condition: str, language: str = "") -> str:
    given = f' language="{language}"' if language else ""
    return f"<conditionalEventDefinition><condition{given}>{escape(condition)}</condition></conditionalEventDefinition>"


def compensation(activity: str | None = None) -> str:
    reference = f' activityRef="{activity}"' if activity else ""
    return f"<compensateEventDefinition{reference}/>"


def link(name: str) -> str:
    return f'<linkEventDefinition name="{name}"/>'


def error(code: str | None, **variables: str) -> str:
    reference = f' errorRef="error-{code}"' if code else ""
    given = "".join(f' camunda:{name}="{value}"' for name, value in variables.items())
    return f"<errorEventDefinition{reference}{given}/>"


TERMINATE = "<terminateEventDefinition/>"
CANCEL = "<cancelEventDefinition/>"


def boundary(node_id: str, host: str, definition: str, *, interrupting: bool = True) -> str:
    return node(
        "boundaryEvent", node_id, definition, attachedToRef=host, cancelActivity="true" if interrupting else "false"
    )


def catch(node_id: str, definition: str) -> str:
    return node("intermediateCatchEvent", node_id, definition)


def throw(node_id: str, definition: str = "") -> str:
    return node("intermediateThrowEvent", node_id, definition)


def first_of(node_id: str, **attributes: str) -> str:
    """An event-based gateway."""
    return node("eventBasedGateway", node_id, **attributes)


def begun_by(node_id: str, definition: str, *, interrupting: bool = True) -> str:
    """The start event of an event subprocess."""
    return node("startEvent", node_id, definition, isInterrupting="true" if interrupting else "false")


def handler(node_id: str, *content: str) -> str:
    """An event subprocess."""
    return node("subProcess", node_id, *content, triggeredByEvent="true")


def transaction(node_id: str, *content: str) -> str:
    return node("transaction", node_id, *content)


def association(source: str, target: str) -> str:
    return f'<association id="{source}-{target}" sourceRef="{source}" targetRef="{target}"/>'


def path(*nodes: str) -> str:
    """Sequence flows from each node to the next."""
    return "".join(flow(source, target) for source, target in zip(nodes, nodes[1:], strict=False))


def flow(source: str, target: str, condition: str | None = None, *, language: str = "") -> str:
    """A sequence flow with the id `source_target`."""
    given = f' language="{language}"' if language else ""
    inner = f"<conditionExpression{given}>{escape(condition)}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def file(*content: str, names: Mapping[str, str] | None = None) -> bytes:
    """One process. A message is named by its key unless `names` says otherwise; an error has its key as code."""
    body = "".join(content)
    outside = "".join(
        f'<message id="message-{key}" name="{escape((names or {}).get(key, key))}"/>'
        for key in sorted(set(re.findall(r'messageRef="message-([\w-]+)"', body)))
    )
    outside += "".join(
        f'<signal id="signal-{key}" name="{escape((names or {}).get(key, key))}"/>'
        for key in sorted(set(re.findall(r'signalRef="signal-([\w-]+)"', body)))
    )
    outside += "".join(
        f'<escalation id="escalation-{key}" escalationCode="{key}"/>'
        for key in sorted(set(re.findall(r'escalationRef="escalation-([\w-]+)"', body)))
    )
    outside += "".join(
        f'<error id="error-{key}" errorCode="{key}"/>'
        for key in sorted(set(re.findall(r'errorRef="error-([\w-]+)"', body)))
    )
    return f'{HEAD}{outside}<process id="p" isExecutable="true">{body}</process></definitions>'.encode()


def line(*nodes: str) -> bytes:
    """start, the nodes one after the other, end."""
    ids = [re.findall(r'id="([^"]+)"', given)[0] for given in nodes]
    return file(start(), *nodes, end(), path("start", *ids, "end"))
