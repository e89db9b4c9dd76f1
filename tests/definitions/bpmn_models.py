"""Small models for the tests: a process around the elements that a test is about."""

from app.definitions import ExpressionFault, Finding, Surroundings, check, read
from app.domain.models.model import Node, Process

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:modeler="http://camunda.org/schema/modeler/1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="t"{attributes}>'
)


def fault(text: str) -> ExpressionFault | None:
    """A stand-in for an expression language in which `!!` is the only mistake."""
    return ExpressionFault({"kk": "қате", "ru": "ошибка", "en": "mistake"}, text.index("!!")) if "!!" in text else None


SURROUNDINGS = Surroundings(
    roles=frozenset({"clerk", "head"}),
    forms=frozenset({"application"}),
    delegates=frozenset({"registerApplication"}),
    processes=frozenset({"payment"}),
    check_expression=fault,
    decisions=frozenset({"fee"}),
    check_feel=fault,
)


def file(content: str, attributes: str = "") -> bytes:
    return (HEAD.format(attributes=attributes) + content + "</definitions>").encode()


def process(content: str, outside: str = "", attributes: str = "") -> bytes:
    return file(f'{outside}<process id="p" isExecutable="true"{attributes}>{content}</process>')


def flow(source: str, target: str, condition: str | None = None) -> str:
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def around(step: str, more: str = "", outside: str = "", attributes: str = "") -> bytes:
    """start -> the step with the id `x` -> end."""
    content = f'<startEvent id="s"/>{step}<endEvent id="e"/>{more}{flow("s", "x")}{flow("x", "e")}'
    return process(content, outside, attributes)


def findings(source: bytes) -> list[Finding]:
    return check(read("model.bpmn", source), SURROUNDINGS)


def codes(source: bytes) -> list[tuple[str, str | None]]:
    """Code and element id of every finding."""
    return [(found.code, found.element_id) for found in findings(source)]


def only_process(source: bytes) -> Process:
    (found,) = read("model.bpmn", source).processes
    return found


def node(source: bytes, node_id: str = "x") -> Node:
    return only_process(source).nodes[node_id]
