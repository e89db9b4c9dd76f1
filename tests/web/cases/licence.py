"""A licence with a step of the applicant, one of the clerk, and a called process in which it is signed; and a permit for which
one applies at the office, too, and which begins with the clerk."""

TENANT, OTHER = "aktobe-gask", "industrial-safety-committee"
CLERK, HEAD, APPLICANT = f"clerk.{TENANT}", f"head.{TENANT}", f"applicant.{TENANT}"
STRANGER, OPERATOR = f"clerk.{OTHER}", f"corporation_operator.{TENANT}"
PATH = f"/start/{TENANT}/grid-connection-permit"
AT_THE_PORTAL = f"/start/{TENANT}/design-licence"
GIVEN = {"applicantName": "«Алма» ЖШС", "applicantIdNumber": "180540012343"}
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="design-licence" name="Лицензия" isExecutable="true" camunda:historyTimeToLive="P1Y">
<startEvent id="start" camunda:formRef="application"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
<userTask id="ask" name="Сұрау" camunda:candidateGroups="applicant"/>
<sequenceFlow id="f2" sourceRef="ask" targetRef="check"/>
<userTask id="check" name="Құжаттарды тексеру" camunda:candidateGroups="clerk"
  camunda:dueDate="${workingDays(1)}"><extensionElements><camunda:properties>
<camunda:property name="name.ru" value="Проверка документов"/><camunda:property name="law.clause" value="5.1"/>
</camunda:properties></extensionElements></userTask>
<sequenceFlow id="f3" sourceRef="check" targetRef="sign"/>
<callActivity id="sign" name="Қол қою" calledElement="signing"><extensionElements>
<camunda:in businessKey="#{execution.processBusinessKey}"/></extensionElements></callActivity>
<sequenceFlow id="f4" sourceRef="sign" targetRef="end"/><endEvent id="end"/></process></definitions>"""
PERMIT = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="grid-connection-permit" isExecutable="true" camunda:historyTimeToLive="P1Y"><extensionElements>
<camunda:properties><camunda:property name="law.totalClause" value="5/1-рәсім – 5/3-рәсім"/><camunda:property
  name="law.total" value="workingDays(12, workingDays(1, minutes(15, submittedAt)))"/></camunda:properties>
</extensionElements>
<startEvent id="start" camunda:formRef="application"/><sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
<userTask id="ask" name="Сұрау" camunda:candidateGroups="clerk"/><sequenceFlow id="f2" sourceRef="ask" targetRef="number"/>
<serviceTask id="number" camunda:delegateExpression="${registerApplication}"/>
<sequenceFlow id="f3" sourceRef="number" targetRef="sign"/>
<userTask id="sign" name="Қол қою" camunda:candidateGroups="head" camunda:formRef="signature"/>
<sequenceFlow id="f4" sourceRef="sign" targetRef="issue"/>
<serviceTask id="issue" camunda:delegateExpression="${issueDocument}"/>
<sequenceFlow id="f5" sourceRef="issue" targetRef="end"/><endEvent id="end"/></process></definitions>"""
SIGNATURE = {
    "type": "default",
    "id": "signature",
    "components": [
        {"type": "checkbox", "key": "headSignature", "id": "F", "label": "Қол қоямын", "validate": {"required": True}},
        {"type": "textfield", "key": "signingNote", "id": "N", "label": "Ескертпе"},
    ],
}
SIGNING = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="signing" isExecutable="true" camunda:isStartableInTasklist="false" camunda:historyTimeToLive="P1Y">
<startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="draft"/>
<userTask id="draft" name="Жоба" camunda:candidateGroups="executor"/>
<sequenceFlow id="f2" sourceRef="draft" targetRef="sign"/>
<userTask id="sign" name="Қол қою" camunda:candidateGroups="head"/>
<sequenceFlow id="f3" sourceRef="sign" targetRef="end"/><endEvent id="end"/></process></definitions>"""
FORM = {
    "type": "default",
    "id": "application",
    "schemaVersion": 19,
    "components": [
        {
            "type": "textfield",
            "key": "applicantName",
            "id": "Field_name",
            "label": "Атауы",
            "validate": {"required": True},
            "properties": {"label.ru": "Наименование", "label.en": "Name"},
        },
        {"type": "textfield", "key": "applicantIdNumber", "id": "Field_bin", "label": "БСН"},
        {"type": "textarea", "key": "attachedDocuments", "id": "Field_documents", "label": "Құжаттар"},
        {
            "type": "radio",
            "key": "channel",
            "id": "Field_channel",
            "label": "Қайда?",
            "values": [{"label": one, "value": one} for one in ("portal", "office", "state_corporation")],
        },
    ],
}
