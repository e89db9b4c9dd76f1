"""Each mistake in a step gives its finding, and nothing beside it."""

from collections.abc import Sequence

import pytest

from tests.definitions.bpmn_models import around, codes
from tests.definitions.mistakes import (
    DELEGATE,
    EXTENSION_ERROR,
    IO,
    MANY,
    MESSAGE,
    Case,
    call,
    called,
    extended,
    many,
    script,
    service,
    user,
)

REFUSES = {
    "Multi-instance that throws events as its instances complete (`behavior` other than All)": "10.3.8",
    "Assignments and transformations in data associations": "10.4",
    "Resource roles (`potentialOwner`, `performer`): Camunda's candidate groups instead": "10.3.1",
    "Scripts and conditions in general languages": "10.3.3",
    "Java classes, listeners, connectors, field injection (Camunda)": "–",
}

STEPS: list[Case] = [
    (user(f'camunda:assignee="{"a" * 256}"'), [("name-too-long", "x")]),
    (user(f'camunda:candidateUsers="a, {"b" * 256}"'), [("name-too-long", "x")]),
    (user(f'camunda:assignee="${{{"a" * 256}}}"'), []),
    (service(f'camunda:type="external" camunda:topic="{"a" * 256}"'), [("name-too-long", "x")]),
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


@pytest.mark.parametrize(("source", "expected"), STEPS)
def test_a_mistake_gives_its_finding_alone(source: bytes, expected: Sequence[tuple[str, str | None]]) -> None:
    assert codes(source) == expected
