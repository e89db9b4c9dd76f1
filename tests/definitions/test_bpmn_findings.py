"""Each mistake in a model gives its finding, and nothing beside it."""

from collections.abc import Sequence
from string import Formatter

import pytest

from app.definitions import check, read, validate
from app.definitions.texts import TEXTS
from tests.definitions.bpmn_models import SURROUNDINGS, around, codes, file, findings, flow, process

REFUSES = {
    "Choreographies, conversations": "11, 9",
    "Event-based gateway that begins a process with all of its events (`eventGatewayType`)": "10.6.6",
    "Multi-instance that throws events as its instances complete (`behavior` other than All)": "10.3.8",
    "Assignments and transformations in data associations": "10.4",
    "Resource roles (`potentialOwner`, `performer`): Camunda's candidate groups instead": "10.3.1",
    "Scripts and conditions in general languages": "10.3.3",
    "Error, escalation, compensation or cancel at the start of a process": "10.5.2",
    "Event subprocess that an error begins without interrupting": "10.5.6",
    "Compensation that is not waited for (`waitForCompletion`)": "10.5.5",
    "Flow that is not immediate (`isImmediate`)": "8.4.13",
    "Flow across the border of a subprocess": "10.3.5",
    "Java classes, listeners, connectors, field injection (Camunda)": "–",
}

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


Case = tuple[bytes, Sequence[tuple[str, str | None]]]

SUBPROCESS = '<subProcess id="x"><startEvent id="is"/><endEvent id="ie"/>{0}</subProcess>'
REFUSED = ["callChoreography", "choreographyTask", "subChoreography", "implicitThrowEvent", "event"]


@pytest.mark.parametrize("element", REFUSED)
def test_an_element_that_the_engine_does_not_run_is_the_only_finding(element: str) -> None:
    inner = '<startEvent id="is"><signalEventDefinition/></startEvent>'
    assert codes(around(f'<{element} id="x">{inner}</{element}>')) == [("element-not-supported", "x")]


FILES: list[Case] = [
    (file(""), [("no-executable-process", None)]),
    (file('<process id="p"/>'), [("no-executable-process", None), ("process-not-executable", "p")]),
    (
        around('<task id="x"/>').replace(b"<process", b'<process id="q" isExecutable="false"/><process'),
        [("process-not-executable", "q")],
    ),
    (around('<task id="x"/>').replace(b'process id="p"', b"process"), [("id-missing", None)]),
    (around('<task id="x"/>', "<task/>"), [("id-missing", None)]),
    (around('<task id="x"/>', '<dataObject id="x"/>'), [("id-duplicate", "x")]),
    (
        around('<task id="x"/>').replace(b"<process", b'<process id="p" isExecutable="false"/><process'),
        [("process-not-executable", "p"), ("process-duplicate", "p")],
    ),
    (around('<task id="x"/>', '<dataObject id="1 a"/>'), [("id-invalid", "1 a")]),
    (around('<task id="x"/>', '<dataObject id="өтініш-1.a"/>'), []),
    (around('<task id="x"/>', f'<dataObject id="{"d" * 256}"/>'), [("id-too-long", "d" * 256)]),
    (
        around('<task id="x"/>').replace(b' targetNamespace="t"', b' modeler:executionPlatform="Camunda Cloud"'),
        [("other-platform", None)],
    ),
]

FLOWS: list[Case] = [
    (process('<endEvent id="e"/>'), [("start-event-missing", "p")]),
    (
        process(f'<startEvent id="s"/><startEvent id="s2"/><endEvent id="e"/>{flow("s", "e")}{flow("s2", "e")}'),
        [("several-start-events", "s2")],
    ),
    (
        process(
            '<startEvent id="s"/><startEvent id="s2"><messageEventDefinition messageRef="m"/></startEvent>'
            f'<endEvent id="e"/>{flow("s", "e")}{flow("s2", "e")}',
            MESSAGE,
        ),
        [],
    ),
    (handled('<startEvent id="hs"/>'), [("event-definition-missing", "hs")]),
    (handled(CAUGHT, flow("x", "h")), [("handler-in-flow", "h")]),
    (
        handled(CAUGHT + '<startEvent id="hs2"><errorEventDefinition/></startEvent>' + flow("hs2", "he")),
        [("several-start-events", "hs2")],
    ),
    (handled(CAUGHT), []),
    (gateway("complexGateway", "${a}", "${b}", 'default="g_b"'), [("default-flow-condition", "g_b")]),
    (gateway("complexGateway", "${a}", None, 'default="g_b"'), []),
    (joined("complexGateway"), [("activation-condition-missing", "j")]),
    (
        joined("complexGateway", "<activationCondition>two</activationCondition>"),
        [("activation-condition-missing", "j")],
    ),
    (joined("complexGateway", "<activationCondition>${activationCount > 1}</activationCondition>"), []),
    (
        gateway("eventBasedGateway", None, None),
        [("event-gateway-target", "a"), ("event-gateway-target", "b")],
    ),
    (waiting("", ""), []),
    (waiting("", flow("s", "c2")), [("event-gateway-target", "c2")]),
    (waiting("${a}", ""), [("condition-at-event-gateway", "g_c1")]),
    (ad_hoc(""), [("ad-hoc-empty", "x")]),
    (ad_hoc('<task id="a"/>'), []),
    (ad_hoc('<task id="a"/><endEvent id="ae"/>' + flow("a", "ae")), [("ad-hoc-event", "ae")]),
    (
        ad_hoc('<startEvent id="as"/><task id="a"/><task id="b"/>' + flow("as", "a")),
        [("ad-hoc-event", "as"), ("unreachable", "b")],
    ),
    (ad_hoc('<task id="a"/><completionCondition>enough</completionCondition>'), [("condition-not-expression", "x")]),
    (
        handled('<startEvent id="hs" isInterrupting="false"><compensateEventDefinition/></startEvent>'),
        [("compensation-not-interrupting", "hs")],
    ),
    (
        around('<task id="x"/>').replace(b'id="x_e"', b'id="x_e" isImmediate="false"'),
        [("attribute-not-supported", "x_e")],
    ),
    (
        around('<task id="x"/>', f'<task id="y"/>{flow("y", "s")}'),
        [("start-event-incoming", "s"), ("unreachable", "y")],
    ),
    (
        around('<task id="x"/>', f'<task id="y"/>{flow("e", "y")}'),
        [("end-event-outgoing", "e"), ("end-not-reachable", "y")],
    ),
    (process(f'<startEvent id="s"/><task id="x"/>{flow("s", "x")}'), [("end-event-missing", "p")]),
    (around('<task id="x"/>', '<task id="y"/>'), [("unreachable", "y")]),
    (around(SUBPROCESS.format("")), [("end-not-reachable", "is"), ("unreachable", "ie")]),
    (around('<subProcess id="x"/>'), [("start-event-missing", "x"), ("end-event-missing", "x")]),
    (around('<task id="x"/>', '<sequenceFlow id="f" sourceRef="x"/>'), [("flow-end-missing", "f")]),
    (around('<task id="x"/>', flow("nowhere", "e")), [("flow-end-missing", "nowhere_e")]),
    (gateway("exclusiveGateway", "${a}", "${b}", 'default="no"'), [("default-flow-unknown", "g")]),
    (gateway("exclusiveGateway", "${a}", None), [("flow-without-condition", "g_b")]),
    (gateway("inclusiveGateway", None, None), [("flow-without-condition", "g_a"), ("flow-without-condition", "g_b")]),
    (gateway("exclusiveGateway", "${a}", None, 'default="g_b"'), []),
    (gateway("inclusiveGateway", "${a}", "${b}"), [("gateway-without-default", "g")]),
    (gateway("exclusiveGateway", "${a}", "${b}", 'default="g_b"'), [("default-flow-condition", "g_b")]),
    (gateway("parallelGateway", "${a}", None), [("condition-at-parallel-gateway", "g_a")]),
    (gateway("parallelGateway", None, None), []),
    (gateway("exclusiveGateway", "a", None, 'default="g_b"'), [("condition-not-expression", "g_a")]),
    (gateway("exclusiveGateway", "${a} and ${b}", None, 'default="g_b"'), [("condition-not-expression", "g_a")]),
    (gateway("exclusiveGateway", "${!!a}", None, 'default="g_b"'), [("expression-invalid", "g_a")]),
    (
        process(
            '<startEvent id="s"/><exclusiveGateway id="g"/><endEvent id="e"/>' + flow("s", "g") + flow("g", "e", "${a}")
        ),
        [("condition-on-single-flow", "g_e")],
    ),
    (
        process('<startEvent id="s"/><parallelGateway id="g"/>' + flow("s", "g")),
        [("end-event-missing", "p"), ("gateway-without-outgoing", "g")],
    ),
    (
        process(f'<startEvent id="s"/><task id="x"/><endEvent id="e"/>{flow("s", "x")}{flow("x", "e", "${a}")}'),
        [],
    ),
    (process(f'<startEvent id="s"/><endEvent id="e"/>{flow("s", "e", "${a}")}'), [("condition-not-at-gateway", "s_e")]),
    (around('<task id="x"/>', f'<endEvent id="f"/>{flow("x", "f")}'), []),
    (
        gateway("exclusiveGateway", "${a}", None, 'default="g_b"').replace(
            b"<conditionExpression", b'<conditionExpression language="groovy"'
        ),
        [("condition-script", "g_a"), ("flow-without-condition", "g_a")],
    ),
    (
        gateway("exclusiveGateway", "a = 1", None, 'default="g_b"').replace(
            b"<conditionExpression", b'<conditionExpression language="feel"'
        ),
        [],
    ),
    (
        gateway("exclusiveGateway", "a !! 1", None, 'default="g_b"').replace(
            b"<conditionExpression", b'<conditionExpression language="feel"'
        ),
        [("expression-invalid", "g_a")],
    ),
]

EVENTS: list[Case] = [
    (catch(""), [("event-definition-missing", "x")]),
    (catch(timer("timeDuration", "PT1H") + "<errorEventDefinition/>"), [("event-several-definitions", "x")]),
    (throw("<messageEventDefinition/><compensateEventDefinition/>"), [("event-several-definitions", "x")]),
    (catch(timer("timeDuration", "PT1H") + '<messageEventDefinition messageRef="m"/>', MESSAGE), []),
    *[
        (catch(f"<{kind}EventDefinition id='d'/>"), [("event-not-supported", "x")])
        for kind in ("escalation", "compensate", "error", "terminate", "cancel")
    ],
    *[
        (throw(f"<{kind}EventDefinition id='d'/>"), [("event-not-supported", "x")])
        for kind in ("timer", "conditional", "error", "terminate", "cancel")
    ],
    (catch("<signalEventDefinition/>"), [("signal-missing", "x")]),
    (catch('<signalEventDefinition signalRef="no"/>'), [("reference-unknown", "x")]),
    (catch('<signalEventDefinition signalRef="si"/>', '<signal id="si"/>'), [("signal-name-missing", "x")]),
    (catch('<signalEventDefinition signalRef="si"/>', SIGNAL), []),
    (catch("<conditionalEventDefinition/>"), [("condition-missing", "x")]),
    (
        catch("<conditionalEventDefinition><condition>a</condition></conditionalEventDefinition>"),
        [("condition-not-expression", "x")],
    ),
    (catch("<conditionalEventDefinition><condition>${a}</condition></conditionalEventDefinition>"), []),
    (catch('<linkEventDefinition name="l"/>'), [("link-unpaired", "x"), ("link-in-flow", "x")]),
    (throw("<linkEventDefinition/>"), [("link-name-missing", "x"), ("link-unpaired", "x"), ("link-in-flow", "x")]),
    (throw('<compensateEventDefinition activityRef="no"/>'), [("reference-unknown", "x")]),
    (throw('<compensateEventDefinition waitForCompletion="false"/>'), [("attribute-not-supported", "x")]),
    (throw("<escalationEventDefinition/>"), []),
    (boundary("<escalationEventDefinition/>"), [("escalation-never-thrown", "b")]),
    (boundary("<cancelEventDefinition/>"), [("cancel-outside-transaction", "b")]),
    (boundary("<compensateEventDefinition/>"), [("compensation-without-handler", "b")]),
    (
        around(
            '<transaction id="x"><startEvent id="is"/><endEvent id="ie"><cancelEventDefinition/></endEvent>'
            + flow("is", "ie")
            + "</transaction>"
        ),
        [("cancel-not-caught", "ie")],
    ),
    (
        catch("<eventDefinitionRef>d</eventDefinitionRef>"),
        [("reference-unknown", "x"), ("event-definition-missing", "x")],
    ),
    (
        catch("<eventDefinitionRef>d</eventDefinitionRef>", SIGNAL + '<signalEventDefinition id="d" signalRef="si"/>'),
        [],
    ),
    (throw("<messageEventDefinition/>"), [("message-missing", "x")]),
    (throw('<messageEventDefinition messageRef="m"/>', MESSAGE), []),
    (throw(""), []),
    (
        process(f'<startEvent id="s">{timer("timeCycle", "R/P1D")}</startEvent><endEvent id="e"/>{flow("s", "e")}'),
        [],
    ),
    (
        process(f'<startEvent id="s"/><endEvent id="e"><messageEventDefinition/></endEvent>{flow("s", "e")}'),
        [("message-missing", "e")],
    ),
    (
        process(f'<startEvent id="s"/><endEvent id="e"><errorEventDefinition/></endEvent>{flow("s", "e")}'),
        [("error-code-missing", "e")],
    ),
    (boundary('<errorEventDefinition errorRef="er"/>', outside='<error id="er"/>'), [("error-code-missing", "b")]),
    (
        boundary('<errorEventDefinition errorRef="er"/>', outside='<error id="er" errorCode="${code}"/>'),
        [("boundary-error-computed", "b")],
    ),
    (boundary('<errorEventDefinition errorRef="no"/>'), [("reference-unknown", "b")]),
    (boundary("<errorEventDefinition/>"), []),
    (boundary("<errorEventDefinition/>", 'cancelActivity="false"'), [("boundary-error-not-interrupting", "b")]),
    (
        boundary("<errorEventDefinition/>").replace(
            b'<endEvent id="be"/>',
            b'<endEvent id="be"/><boundaryEvent id="c" attachedToRef="x"><errorEventDefinition/></boundaryEvent>'
            + flow("c", "be").encode(),
        ),
        [("boundary-error-duplicate", "c")],
    ),
    (boundary(timer("timeDuration", "P1D"), host='<manualTask id="x"/>'), [("boundary-host-not-supported", "b")]),
    *[
        (boundary(definition, host=SERVICE, outside=MESSAGE + ERROR), [("boundary-never-fires", "b")])
        for definition in (timer("timeDuration", "P1D"), '<messageEventDefinition messageRef="m"/>')
    ],
    (boundary('<errorEventDefinition errorRef="er"/>', host=SERVICE), []),
    (boundary(timer("timeDuration", "P1D"), host='<callChoreography id="x"/>'), [("element-not-supported", "x")]),
    (boundary(timer("timeDuration", "P1D"), host='<parallelGateway id="x"/>'), [("boundary-host-not-supported", "b")]),
    (
        boundary(timer("timeDuration", "P1D"), host='<sendTask id="x" messageRef="m"/>', outside=MESSAGE),
        [("boundary-never-fires", "b")],
    ),
    (
        boundary(timer("timeDuration", "P1D")).replace(b'attachedToRef="x"', b'attachedToRef="no"'),
        [("boundary-attached-unknown", "b"), ("unreachable", "be")],
    ),
    (
        boundary(timer("timeDuration", "P1D")).replace(b'attachedToRef="x"', b""),
        [("boundary-attached-unknown", "b"), ("unreachable", "be")],
    ),
    (
        boundary(timer("timeDuration", "P1D")).replace(b"</process>", flow("be", "b").encode() + b"</process>"),
        [("boundary-incoming", "b"), ("end-event-outgoing", "be")],
    ),
    (boundary("<messageEventDefinition/>"), [("message-missing", "b")]),
    (catch('<messageEventDefinition messageRef="m"/>'), [("reference-unknown", "x")]),
    (catch('<messageEventDefinition messageRef="m"/>', '<message id="m"/>'), [("message-name-missing", "x")]),
    (catch('<messageEventDefinition messageRef="m"/>', MESSAGE), []),
    (around('<receiveTask id="x"/>'), [("message-missing", "x")]),
    (
        around('<receiveTask id="x" instantiate="true" messageRef="m"/>', outside=MESSAGE),
        [("instantiates-in-flow", "x")],
    ),
    (catch("<timerEventDefinition/>"), [("timer-missing", "x")]),
    (
        catch(f"<timerEventDefinition>{DATE}<timeDuration>P1D</timeDuration></timerEventDefinition>"),
        [("timer-missing", "x")],
    ),
    (catch(timer("timeCycle", "R2/P1D")), []),
    (catch(timer("timeCycle", "R/P1D")), [("timer-cycle-once", "x")]),
    (boundary(timer("timeCycle", "R2/P1D")), [("timer-cycle-once", "b")]),
    (boundary(timer("timeCycle", "R2/P1D"), 'cancelActivity="false"'), []),
    (boundary(timer("timeCycle", "R/PT0S"), 'cancelActivity="false"'), [("timer-invalid", "b")]),
    (boundary(timer("timeCycle", "0 0 9 * * ?"), 'cancelActivity="false"'), [("timer-invalid", "b")]),
    (boundary(timer("timeCycle", "R0/P1D"), 'cancelActivity="false"'), [("timer-invalid", "b")]),
    (
        boundary(timer("timeCycle", "R2/2026-01-01T09:00/P1D/2027-01-01T09:00"), 'cancelActivity="false"'),
        [("timer-invalid", "b")],
    ),
    *[(catch(timer("timeDuration", text)), [("timer-invalid", "x")]) for text in ("P", "PT", "1D", "P1H", "tomorrow")],
    *[(catch(timer("timeDuration", text)), []) for text in ("PT15M", "P4D", "P1Y2M", "${workingDays(1)}")],
    *[(catch(timer("timeDate", text)), [("timer-invalid", "x")]) for text in ("2026-02-30T10:00:00", "P1D")],
    (catch(timer("timeDate", "2026-03-20T16:50:00+05:00")), []),
    (catch(timer("timeDate", "${!!}")), [("expression-invalid", "x")]),
]

STEPS: list[Case] = [
    (around('<userTask id="x"/>'), [("user-task-unassigned", "x")]),
    (around('<userTask id="x" camunda:assignee="${a}"/>'), []),
    (around('<userTask id="x" camunda:candidateGroups="clerk, ${a ? b : c}, headd"/>'), [("role-unknown", "x")]),
    (around('<task id="x"/>', attributes=' camunda:candidateStarterGroups="nobody"'), [("role-unknown", "p")]),
    (user('camunda:formRef="no"'), [("form-unknown", "x")]),
    (around('<task id="x"/>').replace(b'"s"/>', b'"s" camunda:formRef="no"/>', 1), [("form-unknown", "p")]),
    (user('camunda:formRef="${form}"'), []),
    (user('camunda:formRef="application" camunda:formRefBinding="version"'), [("binding-invalid", "x")]),
    (user('camunda:formRef="application" camunda:formRefBinding="newest"'), [("binding-invalid", "x")]),
    (user('camunda:priority="high"'), [("priority-invalid", "x")]),
    (user('camunda:dueDate="soon"'), [("date-invalid", "x")]),
    (user('camunda:followUpDate="2026-13-01"'), [("date-invalid", "x")]),
    (user('camunda:dueDate="2026-03-20T10:00:00" camunda:priority="50"'), []),
    (user('camunda:asyncBefore="true" camunda:asyncAfter="true" camunda:exclusive="false"'), []),
    (user('camunda:candidateGroup="clerk"'), [("attribute-ignored", "x")]),
    (user('isForCompensation="true"'),
     [("end-not-reachable", "s"), ("handler-in-flow", "x"), ("unreachable", "e")]),
    (user('startQuantity="0"'), [("quantity-invalid", "x")]),
    (user('completionQuantity="two"'), [("quantity-invalid", "x")]),
    (user(inner="<standardLoopCharacteristics/>"), [("loop-endless", "x")]),
    (user(inner='<standardLoopCharacteristics loopMaximum="-1"/>'), [("loop-maximum-invalid", "x")]),
    (user(inner="<standardLoopCharacteristics><loopCondition>a</loopCondition></standardLoopCharacteristics>"),
     [("condition-not-expression", "x")]),
    (user(inner="<potentialOwner/>"), [("element-not-supported", "x")]),
    (user(inner="<dataInputAssociation><assignment/></dataInputAssociation>"), [("element-not-supported", "x")]),
    *[
        (extended(f"<camunda:{name}/>"), [("extension-not-supported", "x")])
        for name in (
            "executionListener", "taskListener", "connector", "field", "formData", "errorEventDefinition", "in", "whatever",
        )
    ],
    (user(inner=IO.format('<camunda:inputParameter name="a"><camunda:list/></camunda:inputParameter>')),
     [("parameter-not-plain", "x")]),
    (user(inner=IO.format("<camunda:inputParameter>1</camunda:inputParameter>")), [("handover-incomplete", "x")]),
    (
        user(inner=IO.format('<camunda:inputParameter name="a">${!!}</camunda:inputParameter>')),
        [("expression-invalid", "x")],
    ),
    (service(""), [("service-task-empty", "x")]),
    (service('camunda:expression="${a}"'), []),
    (service(f'camunda:expression="${{a}}" {DELEGATE}'), [("service-task-several", "x")]),
    (service('camunda:delegateExpression="registerApplication"'), [("delegate-invalid", "x")]),
    (service('camunda:delegateExpression="${a.b}"'), [("delegate-invalid", "x")]),
    (service('camunda:delegateExpression="${os}"'), [("delegate-unknown", "x")]),
    (service(DELEGATE), []),
    (service(f'{DELEGATE} camunda:resultVariable="a"'), [("result-variable-unused", "x")]),
    (service('camunda:class="org.example.Register"'), [("attribute-not-supported", "x")]),
    (service('camunda:type="external" camunda:topic="t"'), []),
    (service('camunda:type="external" camunda:topic="t" camunda:taskPriority="${a}"'), []),
    (service('camunda:type="external" camunda:topic="t" camunda:taskPriority="high"'), [("priority-invalid", "x")]),
    (service('camunda:type="external" camunda:topic="t" camunda:resultVariable="a"'), [("result-variable-unused", "x")]),
    (service('camunda:type="external" camunda:topic="${!!}"'), [("expression-invalid", "x")]),
    (service('camunda:type="external"'), [("topic-missing", "x")]),
    (service('camunda:type="mail"'), [("attribute-not-supported", "x")]),
    (service('camunda:topic="t"'), [("service-task-empty", "x")]),
    (service('camunda:type="external" camunda:topic="t"', EXTENSION_ERROR), [("extension-not-supported", "x")]),
    (around('<businessRuleTask id="x" camunda:type="external" camunda:topic="t"/>'), []),
    (around('<sendTask id="x"/>'), [("service-task-empty", "x")]),
    (around('<sendTask id="x" messageRef="m"/>', outside=MESSAGE), []),
    (around('<sendTask id="x" messageRef="m"/>'), [("reference-unknown", "x")]),
    (called("globalScriptTask", 'scriptLanguage="juel" camunda:resultVariable="a"', "<script>${1}</script>"), []),
    (called("globalScriptTask", 'scriptLanguage="groovy" camunda:resultVariable="a"', "<script>${1}</script>"),
     [("script-language", "global")]),
    (called("globalUserTask", 'camunda:candidateGroups="nobody"'), [("role-unknown", "x")]),
    (called("globalConversation", ""), [("process-unknown", "x")]),
    (script('scriptFormat="juel" camunda:resultVariable="b"'), []),
    (script('scriptFormat="groovy" camunda:resultVariable="b"'), [("script-language", "x")]),
    (script('scriptFormat="feel" camunda:resultVariable="b"', "a + 1"), []),
    (script('scriptFormat="feel" camunda:resultVariable="b"', "a !! 1"), [("expression-invalid", "x")]),
    (script('scriptFormat="feel" camunda:resultVariable="b"', ""), [("script-empty", "x")]),
    (around('<task id="x"/>').replace(b'"s"/>', b'"s" camunda:initiator="starter"/>', 1), []),
    (around('<userTask id="x" camunda:assignee="${a}" camunda:initiator="b"/>'), [("attribute-not-supported", "x")]),
    (script('camunda:resultVariable="b"'), [("script-language", "x")]),
    (script('scriptFormat="juel"'), [("script-without-result", "x")]),
    (script('scriptFormat="juel" camunda:resultVariable="b"', ""), [("script-empty", "x")]),
    (script('scriptFormat="juel" camunda:resultVariable="b"', "a + 1"), [("script-not-expression", "x")]),
    (script('scriptFormat="juel" camunda:resultVariable="b"', "${!!}"), [("expression-invalid", "x")]),
    (call(""), [("call-without-process", "x")]),
    (call('calledElement="refund"'), [("process-unknown", "x")]),
    (call('calledElement="${key}"'), []),
    (call('calledElement="payment" camunda:calledElementBinding="version"'), [("binding-invalid", "x")]),
    (call('calledElement="payment" camunda:calledElementBinding="versionTag"'), [("binding-invalid", "x")]),
    (call('camunda:caseRef="c" calledElement="payment"'), [("attribute-not-supported", "x")]),
    (call('camunda:variableMappingClass="c" calledElement="payment"'), [("attribute-not-supported", "x")]),
    (call(inner='<camunda:in source="a"/>'), [("handover-incomplete", "x")]),
    (call(inner='<camunda:out source="a-b" target="c"/>'), [("handover-incomplete", "x")]),
    (call(inner='<camunda:in businessKey="${!!}"/>'), [("expression-invalid", "x")]),
    (call(inner='<camunda:out businessKey="${a}"/>'), [("handover-incomplete", "x")]),
    (
        call('calledElement="payment" camunda:calledElementBinding="versionTag" camunda:calledElementVersion="3"'),
        [("binding-invalid", "x")],
    ),
    (many(), [("multi-instance-empty", "x")]),
    (many('camunda:collection="a"', "<loopCardinality>2</loopCardinality>"), [("multi-instance-both", "x")]),
    (many('camunda:collection="a b"'), [("collection-invalid", "x")]),
    (many(inner="<loopCardinality>-1</loopCardinality>"), [("cardinality-invalid", "x")]),
    (many(inner="<loopCardinality>10001</loopCardinality>"), [("cardinality-invalid", "x")]),
    (many(inner="<loopCardinality>${n}</loopCardinality>"), []),
    *[
        (many('camunda:collection="a"', f"<completionCondition>{text}</completionCondition>"), expected)
        for text, expected in (
            ("true", [("condition-not-expression", "x")]),
            ("${a} or ${b}", [("condition-not-expression", "x")]),
            ("${a}", []),
        )
    ],
    (many('camunda:collection="a" behavior="None"'), [("attribute-not-supported", "x")]),
    (
        user(inner=MANY.format(' camunda:collection="a"', "")
             + IO.format('<camunda:outputParameter name="a">1</camunda:outputParameter>')),
        [],
    ),
    (
        around('<manualTask id="x">' + MANY.format(' camunda:collection="a"', "") + "</manualTask>"),
        [("multi-instance-not-supported", "x")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), FILES + FLOWS + EVENTS + STEPS)
def test_a_mistake_gives_its_finding_alone(source: bytes, expected: Sequence[tuple[str, str | None]]) -> None:
    assert codes(source) == expected


def test_a_flow_across_the_border_of_a_subprocess_is_found_in_both_directions() -> None:
    inside = '<subProcess id="x"><startEvent id="is"/><task id="it"/><endEvent id="ie"/>{0}</subProcess>'
    source = around(inside.format(flow("is", "it") + flow("it", "ie") + flow("ie", "e")), flow("s", "it"))
    assert [place for code, place in codes(source) if code == "flow-crosses-border"] == ["ie_e", "s_it"]


def test_a_flow_is_written_where_its_ends_are() -> None:
    inner = '<startEvent id="is"/><endEvent id="ie"/>' + flow("is", "ie") + flow("s", "box")
    source = process(
        f'<startEvent id="s"/><subProcess id="box">{inner}</subProcess><endEvent id="e"/>' + flow("box", "e")
    )
    assert [place for code, place in codes(source) if code == "flow-crosses-border"] == ["s_box"]


def test_a_boundary_event_cannot_stand_on_a_step_of_another_level() -> None:
    nodes = '<startEvent id="is"/><userTask id="it" camunda:assignee="a"/><endEvent id="ie"/>'
    inner = nodes + flow("is", "it") + flow("it", "ie")
    event = f'<boundaryEvent id="b" attachedToRef="it">{timer("timeDuration", "P1D")}</boundaryEvent>'
    source = around(f'<subProcess id="x">{inner}</subProcess>', event + flow("b", "e"))
    assert codes(source) == [("boundary-attached-unknown", "b")]


def test_subprocesses_are_read_to_the_twentieth_level_and_no_further() -> None:
    def nested(levels: int) -> str:
        name = f"n{levels}" if levels < 20 else "x"
        inner = nested(levels - 1) if levels > 1 else f'<task id="{name}i"/>'
        first = f"n{levels - 1}" if levels > 1 else f"{name}i"
        ends = f'<startEvent id="{name}s"/><endEvent id="{name}e"/>{flow(name + "s", first)}{flow(first, name + "e")}'
        return f'<subProcess id="{name}">{ends}{inner}</subProcess>'

    assert codes(around(nested(20))) == []
    assert codes(around(nested(20).replace("<task", "<subProcess"))) == [("subprocess-too-deep", "n1i")]


def test_all_mistakes_are_found_in_one_go_and_in_document_order() -> None:
    source = process(
        '\n<startEvent id="s"/>\n<userTask id="a" camunda:candidateGroups="boss" camunda:formRef="no"/>'
        '\n<callChoreography id="c"/>\n<serviceTask id="d" camunda:delegateExpression="${no}"/>\n<endEvent id="e"/>'
        + flow("s", "a")
        + flow("a", "c")
        + flow("c", "d")
        + flow("d", "e", "${!!}")
    )
    found = findings(source)
    assert [(one.line, one.code) for one in found] == [
        (3, "role-unknown"),
        (3, "form-unknown"),
        (4, "element-not-supported"),
        (5, "delegate-unknown"),
        (6, "expression-invalid"),
    ]


def test_what_reading_found_is_not_repeated_by_validating() -> None:
    model = read("model.bpmn", around('<callChoreography id="x"/>', '<task id="y"/>'))
    (found,) = model.processes
    assert [one.code for one in model.findings] == ["element-not-supported"]
    assert [one.code for one in validate(found, model, SURROUNDINGS)] == ["unreachable"]


def test_a_finding_says_where_and_what_in_three_languages() -> None:
    (found,) = findings(around('\n  <userTask id="x" name="Тіркеу" camunda:candidateGroups="boss"/>'))
    assert found.is_error
    assert found.to_dict() == {
        "severity": "error",
        "code": "role-unknown",
        "elementId": "x",
        "elementName": "Тіркеу",
        "elementType": "userTask",
        "line": 2,
        "column": 3,
        "message": {
            "kk": "«boss» рөлі белгісіз.",
            "ru": "Роль «boss» неизвестна.",
            "en": 'The role "boss" is not known.',
        },
        "hint": {"kk": "Рөлдің кілтін тексеріңіз.", "ru": "Проверьте ключ роли.", "en": "Check the key of the role."},
    }


def test_an_expression_fault_tells_the_place_in_the_expression() -> None:
    (found,) = findings(user('camunda:dueDate="${a + !!}"'))
    assert found.message["en"] == 'The expression is not valid: "${a + !!}", character 7: mistake'
    assert found.message["kk"].endswith("7-таңба: қате")


def test_texts_of_the_model_are_not_taken_for_gaps() -> None:
    (found,) = findings(user('camunda:dueDate="{code} {0.__class__}"'))
    assert '"{code} {0.__class__}"' in found.message["en"]


def test_long_texts_of_the_model_are_cut_short() -> None:
    (found,) = findings(user(f'camunda:dueDate="{"d" * 5_000}"'))
    assert len(found.message["kk"]) < 300


def test_an_error_is_not_lost_among_endless_warnings() -> None:
    warnings = "".join(f'<task id="t{n}" camunda:a="b"/>{flow("x", f"t{n}")}' for n in range(1_200))
    found = findings(around('<task id="x"/>', warnings + '<serviceTask id="y"/>' + flow("x", "y")))
    assert len(found) == 1_000
    assert [one.code for one in found if one.is_error] == ["service-task-empty"]


def test_warnings_do_not_stop_a_deployment() -> None:
    (found,) = findings(gateway("exclusiveGateway", "${a}", "${b}"))
    assert not found.is_error


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_has_the_same_gaps_in_every_language(code: str) -> None:
    for texts in (TEXTS[code].message, TEXTS[code].hint):
        assert set(texts) == {"kk", "ru", "en"}
        gaps = {tuple(sorted(name for _, name, _, _ in Formatter().parse(text) if name)) for text in texts.values()}
        assert len(gaps) == 1


def test_five_thousand_steps_are_checked_in_reasonable_time() -> None:
    chain = "".join(f'<task id="t{n}"/>' + (flow(f"t{n - 1}", f"t{n}") if n else "") for n in range(2_400))
    source = process(f'<startEvent id="s"/><endEvent id="e"/>{chain}{flow("s", "t0")}{flow("t2399", "e")}')
    assert check(read("model.bpmn", source), SURROUNDINGS) == []
