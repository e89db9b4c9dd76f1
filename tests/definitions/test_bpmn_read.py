"""What a file says, as plain values."""

import re
from dataclasses import replace

import pytest

from app.definitions import read
from app.domain.models.model import CallActivity, Event, EventKind, Flow, Handover, Kind, Loop, Node, Process, TimerKind
from app.domain.models.work import UserTask
from tests.definitions.bpmn_models import HEAD, around, codes, file, findings, flow, node, only_process, process

RICH = (
    HEAD.format(attributes=' modeler:executionPlatform="Camunda Platform" modeler:executionPlatformVersion="7.24.0"')
    + """
  <collaboration id="c"><participant id="pool" processRef="reference"/></collaboration>
  <process id="reference" name="Анықтама беру" isExecutable="true" camunda:versionTag="2"
      camunda:historyTimeToLive="P5Y" camunda:isStartableInTasklist="false" camunda:candidateStarterGroups="clerk">
    <documentation> Бес жұмыс күні. </documentation>
    <extensionElements>
      <camunda:properties><camunda:property name="law.act" value="V1400009556"/></camunda:properties>
    </extensionElements>
    <laneSet id="ls"><lane id="l1" name="Кеңсе"><flowNodeRef>start</flowNodeRef>
      <flowNodeRef>register</flowNodeRef></lane></laneSet>
    <startEvent id="start" camunda:formRef="application" camunda:formRefBinding="deployment">
      <outgoing>nonsense</outgoing></startEvent>
    <userTask id="register" name="Тіркеу" camunda:assignee="${clerk}" camunda:candidateGroups="clerk"
        camunda:candidateUsers="aigul" camunda:dueDate="${workingDays(1)}" camunda:followUpDate="${hours(2)}"
        camunda:priority="50" camunda:formRef="application" camunda:formRefBinding="version" camunda:formRefVersion="3">
      <documentation>Өтінішті тіркейді.</documentation>
      <extensionElements>
        <camunda:properties><camunda:property name="law.clause" value="5.1"/></camunda:properties>
        <camunda:inputOutput>
          <camunda:inputParameter name="limit">${amount * 2}</camunda:inputParameter>
          <camunda:inputParameter name="empty"/>
          <camunda:outputParameter name="number">7</camunda:outputParameter>
        </camunda:inputOutput>
      </extensionElements>
    </userTask>
    <boundaryEvent id="late" attachedToRef="register" cancelActivity="false">
      <timerEventDefinition id="t1"><timeCycle xsi:type="tFormalExpression">R3/PT10M</timeCycle></timerEventDefinition>
    </boundaryEvent>
    <endEvent id="told"/>
    <exclusiveGateway id="check" default="f4"/>
    <subProcess id="review">
      <multiInstanceLoopCharacteristics isSequential="true" camunda:collection="members"
          camunda:elementVariable="member">
        <completionCondition>${refused}</completionCondition>
      </multiInstanceLoopCharacteristics>
      <startEvent id="rs"/><sequenceFlow id="rf" sourceRef="rs" targetRef="re"/><endEvent id="re"/>
    </subProcess>
    <callActivity id="pay" calledElement="payment" camunda:calledElementBinding="version"
        camunda:calledElementVersion="4">
      <extensionElements>
        <camunda:in businessKey="#{execution.processBusinessKey}"/>
        <camunda:in source="amount" target="sum" local="true"/>
        <camunda:in sourceExpression="${a + b}" target="total"/>
        <camunda:out variables="all"/>
      </extensionElements>
    </callActivity>
    <boundaryEvent id="unpaid" attachedToRef="pay">
      <errorEventDefinition errorRef="er" camunda:errorCodeVariable="code" camunda:errorMessageVariable="text"/>
    </boundaryEvent>
    <endEvent id="failed"><errorEventDefinition errorRef="er"/></endEvent>
    <endEvent id="stopped"><terminateEventDefinition/></endEvent>
    <sequenceFlow id="f1" sourceRef="start" targetRef="register"/>
    <sequenceFlow id="f2" sourceRef="late" targetRef="told"/>
    <sequenceFlow sourceRef="register" targetRef="check"/>
    <sequenceFlow id="f3" name="иә" sourceRef="check" targetRef="review">
      <conditionExpression xsi:type="tFormalExpression">
        ${approved}
      </conditionExpression></sequenceFlow>
    <sequenceFlow id="f4" sourceRef="check" targetRef="pay"/>
    <sequenceFlow id="f5" sourceRef="review" targetRef="stopped"/>
    <sequenceFlow id="f6" sourceRef="pay" targetRef="stopped"/>
    <sequenceFlow id="f7" sourceRef="unpaid" targetRef="failed"/>
  </process>
  <error id="er" name="Төленбеді" errorCode="unpaid" camunda:errorMessage="${reason}"/>
</definitions>"""
).encode()

UNPAID = Event(EventKind.ERROR, code="unpaid", text="${reason}")

RICH_NODES = [
    Node("start", Kind.START_EVENT, line=11, lane="Кеңсе", outgoing=("f1",)),
    Node(
        "register",
        Kind.USER_TASK,
        "Тіркеу",
        line=13,
        lane="Кеңсе",
        incoming=("f1",),
        outgoing=("sequenceFlow_4",),
        user_task=UserTask(
            "${clerk}", "clerk", "aigul", "${workingDays(1)}", "${hours(2)}", "50", None, "application", "version", "3"
        ),
        inputs=(Handover("limit", "${amount * 2}"), Handover("empty", None)),
        outputs=(Handover("number", "7"),),
        documentation="Өтінішті тіркейді.",
        properties={"law.clause": "5.1"},
    ),
    Node(
        "late",
        Kind.BOUNDARY_EVENT,
        line=26,
        outgoing=("f2",),
        event=Event(EventKind.TIMER, timer_kind=TimerKind.CYCLE, timer="R3/PT10M"),
        attached_to="register",
        interrupting=False,
    ),
    Node("told", Kind.END_EVENT, line=29, incoming=("f2",)),
    Node(
        "check",
        Kind.EXCLUSIVE_GATEWAY,
        line=30,
        incoming=("sequenceFlow_4",),
        outgoing=("f3", "f4"),
        default_flow="f4",
    ),
    Node(
        "review",
        Kind.SUB_PROCESS,
        line=31,
        incoming=("f3",),
        outgoing=("f5",),
        loop=Loop(True, None, "members", "member", "${refused}"),
    ),
    Node("rs", Kind.START_EVENT, line=36, parent="review", outgoing=("rf",)),
    Node("re", Kind.END_EVENT, line=36, parent="review", incoming=("rf",)),
    Node(
        "pay",
        Kind.CALL_ACTIVITY,
        line=38,
        incoming=("f4",),
        outgoing=("f6",),
        call=CallActivity(
            "payment",
            "version",
            "4",
            "#{execution.processBusinessKey}",
            (Handover("sum", "${amount}", local=True, by_name="amount"), Handover("total", "${a + b}")),
            (Handover(None, None, all_variables=True),),
        ),
    ),
    Node(
        "unpaid",
        Kind.BOUNDARY_EVENT,
        line=47,
        outgoing=("f7",),
        event=replace(UNPAID, code_variable="code", text_variable="text"),
        attached_to="pay",
    ),
    Node("failed", Kind.END_EVENT, line=50, incoming=("f7",), event=UNPAID),
    Node("stopped", Kind.END_EVENT, line=51, incoming=("f5", "f6"), event=Event(EventKind.TERMINATE)),
]

RICH_FLOWS = [
    Flow("rf", "rs", "re"),
    Flow("f1", "start", "register"),
    Flow("f2", "late", "told"),
    Flow("sequenceFlow_4", "register", "check"),
    Flow("f3", "check", "review", "иә", "${approved}"),
    Flow("f4", "check", "pay"),
    Flow("f5", "review", "stopped"),
    Flow("f6", "pay", "stopped"),
    Flow("f7", "unpaid", "failed"),
]


def test_a_rich_model_is_read_whole() -> None:
    model = read("reference.bpmn", RICH)
    assert model.findings == ()
    assert model.resource == "reference.bpmn"
    (found,) = model.processes
    assert list(found.nodes.values()) == RICH_NODES
    assert list(found.flows.values()) == RICH_FLOWS
    assert found == Process(
        "reference",
        "Анықтама беру",
        {one.id: one for one in RICH_NODES},
        {one.id: one for one in RICH_FLOWS},
        "2",
        "P5Y",
        "application",
        startable_in_tasklist=False,
        candidate_starter_groups="clerk",
        documentation="Бес жұмыс күні.",
        properties={"law.act": "V1400009556"},
        form_ref_binding="deployment",
    )


def test_a_rich_model_has_nothing_to_mend() -> None:
    assert codes(RICH) == []


@pytest.mark.parametrize("attribute", range(1, len(re.findall(r' [\w:]+="', RICH.decode())) + 1))
def test_a_model_that_lacks_any_attribute_is_read_all_the_same(attribute: int) -> None:
    parts = re.split(r'( [\w:]+="[^"]*")', RICH.decode())
    del parts[2 * attribute - 1]
    found = findings("".join(parts).encode())
    assert all(set(one.message) == {"kk", "ru", "en"} for one in found)


def test_reading_twice_gives_the_same_values() -> None:
    assert read("reference.bpmn", RICH) == read("reference.bpmn", RICH)


def test_a_generated_flow_id_gives_way_to_an_id_of_the_model() -> None:
    source = process(
        '<startEvent id="sequenceFlow_1"/><endEvent id="e"/><sequenceFlow sourceRef="sequenceFlow_1" targetRef="e"/>'
    )
    assert list(only_process(source).flows) == ["sequenceFlow_1_"]


def test_a_delegate_is_kept_by_its_name() -> None:
    found = node(around('<serviceTask id="x" camunda:delegateExpression="${ registerApplication }"/>'))
    assert (found.delegate, found.expression) == ("registerApplication", None)


def test_a_service_expression_and_its_result_are_kept() -> None:
    found = node(around('<serviceTask id="x" camunda:expression="${a + 1}" camunda:resultVariable="b"/>'))
    assert (found.delegate, found.expression, found.result_variable) == (None, "${a + 1}", "b")


def test_a_script_is_kept_as_an_expression() -> None:
    source = around(
        '<scriptTask id="x" scriptFormat="juel" camunda:resultVariable="b">'
        "<script><![CDATA[${a < 1}]]></script></scriptTask>"
    )
    assert (node(source).expression, node(source).result_variable) == ("${a < 1}", "b")
    assert codes(source) == []


def test_a_receive_task_waits_for_its_message() -> None:
    source = around('<receiveTask id="x" messageRef="m"/>', outside='<message id="m" name="paid-${id}"/>')
    assert node(source).event == Event(EventKind.MESSAGE, name="paid-${id}")
    assert codes(source) == []


def test_a_reference_may_have_a_prefix() -> None:
    source = around('<receiveTask id="x" messageRef="tns:m"/>', outside='<message id="m" name="paid"/>')
    assert node(source).event.name == "paid"


def test_a_multi_instance_may_follow_the_standard_instead_of_camunda() -> None:
    source = around(
        '<userTask id="x" camunda:assignee="${m}"><multiInstanceLoopCharacteristics>'
        "<loopDataInputRef>members</loopDataInputRef><inputDataItem name='m'/>"
        "</multiInstanceLoopCharacteristics></userTask>"
    )
    assert node(source).loop == Loop(False, None, "members", "m")
    assert codes(source) == []


def test_the_inner_lane_names_the_node() -> None:
    lanes = (
        '<laneSet><lane name="outer"><flowNodeRef>x</flowNodeRef><childLaneSet><lane name="inner">'
        "<flowNodeRef>x</flowNodeRef></lane></childLaneSet></lane></laneSet>"
    )
    assert node(around('<task id="x"/>', lanes)).lane == "inner"


def test_two_executable_processes_are_both_read() -> None:
    one = '<startEvent id="{0}s"/><endEvent id="{0}e"/><sequenceFlow id="{0}f" sourceRef="{0}s" targetRef="{0}e"/>'
    source = file(
        f'<process id="a" isExecutable="true">{one.format("a")}</process>'
        f'<process id="b" isExecutable="true">{one.format("b")}</process>'
    )
    assert [found.id for found in read("two.bpmn", source).processes] == ["a", "b"]
    assert codes(source) == []


def test_loops_of_flows_drawings_and_foreign_extensions_are_no_reason_for_findings() -> None:
    source = process(
        '<startEvent id="s"/><exclusiveGateway id="g" default="g_e"/><task id="t" xmlns:o="urn:other" o:class="x">'
        '<extensionElements><o:thing/></extensionElements><dataInputAssociation id="d"><sourceRef>o</sourceRef>'
        "</dataInputAssociation></task>"
        '<endEvent id="e"/><dataObjectReference id="o"/><textAnnotation id="n"><text>!!</text></textAnnotation>'
        + flow("s", "t")
        + flow("t", "g")
        + flow("g", "t", "${again}")
        + flow("g", "e")
    )
    assert codes(source) == []
