"""Small models with one mistake each."""

from collections.abc import Sequence

from tests.definitions.bpmn_models import around, flow, process

MESSAGE = '<message id="m" name="paid"/>'
ERROR = '<error id="er" errorCode="unpaid"/>'
SIGNAL = '<signal id="si" name="closed"/>'
CAUGHT = '<startEvent id="hs"><errorEventDefinition/></startEvent>'
USER = '<userTask id="x" camunda:candidateGroups="clerk"{0}>{1}</userTask>'
DELEGATE = 'camunda:delegateExpression="${registerApplication}"'
SERVICE = f'<serviceTask id="x" {DELEGATE}/>'
DATE = "<timeDate>2026-03-20T16:50:00</timeDate>"
MANY = "<multiInstanceLoopCharacteristics{0}>{1}</multiInstanceLoopCharacteristics>"
EXTENSION_ERROR = '<extensionElements><camunda:errorEventDefinition id="e" errorRef="er"/></extensionElements>'
IO = "<extensionElements><camunda:inputOutput>{0}</camunda:inputOutput></extensionElements>"


def user(attributes: str = "", inner: str = "") -> bytes:
    return around(USER.format(" " + attributes, inner))


def many(attributes: str = "", inner: str = "") -> bytes:
    return user(inner=MANY.format(" " + attributes, inner))


def extended(inner: str) -> bytes:
    return user(inner=f"<extensionElements>{inner}</extensionElements>")


def service(attributes: str, inner: str = "") -> bytes:
    return around(f'<serviceTask id="x" {attributes}>{inner}</serviceTask>')


def script(attributes: str, body: str = "${a}") -> bytes:
    return around(f'<scriptTask id="x" {attributes}><script>{body}</script></scriptTask>')


def call(attributes: str = 'calledElement="payment"', inner: str = "") -> bytes:
    return around(f'<callActivity id="x" {attributes}><extensionElements>{inner}</extensionElements></callActivity>')


def catch(definition: str, outside: str = "") -> bytes:
    return around(f'<intermediateCatchEvent id="x">{definition}</intermediateCatchEvent>', outside=outside)


def timer(kind: str, value: str) -> str:
    return f"<timerEventDefinition><{kind}>{value}</{kind}></timerEventDefinition>"


def boundary(definition: str, attributes: str = "", host: str = USER.format("", ""), outside: str = ERROR) -> bytes:
    event = f'<boundaryEvent id="b" attachedToRef="x" {attributes}>{definition}</boundaryEvent>'
    return around(host, event + '<endEvent id="be"/>' + flow("b", "be"), outside)


def throw(definition: str, outside: str = "") -> bytes:
    return around(f'<intermediateThrowEvent id="x">{definition}</intermediateThrowEvent>', outside=outside)


def handled(inner: str, more: str = "") -> bytes:
    """A process with an event subprocess."""
    handler = f'<subProcess id="h" triggeredByEvent="true">{inner}<endEvent id="he"/>{flow("hs", "he")}</subProcess>'
    return around('<task id="x"/>', handler + more)


def ad_hoc(inner: str) -> bytes:
    return around(f'<adHocSubProcess id="x">{inner}</adHocSubProcess>')


def joined(kind: str, inner: str = "") -> bytes:
    """A join of two branches."""
    content = (
        f'<startEvent id="s"/><parallelGateway id="f"/><task id="a"/><task id="b"/><{kind} id="j">{inner}</{kind}>'
    )
    flows = (("s", "f"), ("f", "a"), ("f", "b"), ("a", "j"), ("b", "j"), ("j", "e"))
    return process(content + '<endEvent id="e"/>' + "".join(flow(*ends) for ends in flows))


def waiting(condition: str, more: str, attributes: str = "") -> bytes:
    """Two timers behind an event-based gateway."""
    events = "".join(
        f'<intermediateCatchEvent id="{name}">{timer("timeDuration", "P1D")}</intermediateCatchEvent>{flow(name, "e")}'
        for name in ("c1", "c2")
    )
    gateway = f'<startEvent id="s"/><eventBasedGateway id="g" {attributes}/>{flow("s", "g")}'
    return process(gateway + events + f'<endEvent id="e"/>{flow("g", "c1", condition)}{flow("g", "c2")}' + more)


def called(kind: str, attributes: str, inner: str = "") -> bytes:
    """A call of a global task."""
    outside = f'<{kind} id="global" {attributes}>{inner}</{kind}>'
    return around('<callActivity id="x" calledElement="global"/>', outside=outside)


def gateway(kind: str, first: str | None, second: str | None, attributes: str = "") -> bytes:
    content = f'<startEvent id="s"/><{kind} id="g" {attributes}/><endEvent id="a"/><endEvent id="b"/>'
    return process(content + flow("s", "g") + flow("g", "a", first) + flow("g", "b", second))


def pools(source: str, target: str, inside: str = '<task id="x"/>', outside: str = "") -> bytes:
    """The process is one pool, beside it stands an empty one; a message flow between the two ends."""
    drawn = f'<messageFlow id="mf" sourceRef="{source}" targetRef="{target}"/>'
    both = '<participant id="own" processRef="p"/><participant id="other"/>'
    return around(inside, outside=f'{outside}<collaboration id="c">{both}{drawn}</collaboration>')


Case = tuple[bytes, Sequence[tuple[str, str | None]]]

SUBPROCESS = '<subProcess id="x"><startEvent id="is"/><endEvent id="ie"/>{0}</subProcess>'
