"""A desk with one task: a short process of two steps, with the forms of the real ones, for the executors of an office."""

import urllib.request
from uuid import uuid4

from playwright.sync_api import Page

from tests.e2e.office import Office

TENANT = "aktobe-gask"
EXECUTOR, SECOND = f"executor.{TENANT}", f"executor-2.{TENANT}"
SECOND_NAME = "Гүлнар Сейітқалиева"
APPLICANT = "«Қазақстан Республикасының құрылыс саласындағы жобалау-іздестіру жұмыстарын үйлестіру орталығы» ЖШС"
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="{key}" isExecutable="true">
<startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="draft"/>
<userTask id="draft" name="Нәтиженің жобасын дайындау" camunda:candidateGroups="executor"
  camunda:formRef="{form}" camunda:dueDate="${{workingDays(2)}}"><extensionElements><camunda:properties>
<camunda:property name="name.ru" value="Подготовка проекта результата"/>
<camunda:property name="name.en" value="Draft of the result"/><camunda:property name="law.clause" value="5/7-рәсім"/>
<camunda:property name="law.extend" value="workingDays:10"/><camunda:property name="law.extendClause" value="16"/>
</camunda:properties></extensionElements></userTask>
<sequenceFlow id="f2" sourceRef="draft" targetRef="sign"/>
<userTask id="sign" name="Қол қою" camunda:candidateGroups="executor" camunda:formRef="signature">
<extensionElements><camunda:properties><camunda:property name="name.en" value="Signing"/>
</camunda:properties></extensionElements></userTask>
<sequenceFlow id="f3" sourceRef="sign" targetRef="end"/><endEvent id="end"/></process></definitions>"""


def deploy(office: Office, key: str = "decisions", form: str = "result-draft", tenant: str = TENANT) -> None:
    """The process of the desk. form: of its first step."""
    boundary = uuid4().hex
    parts = (
        ("deployment-name", "", key),
        ("tenant-id", "", tenant),
        ("data", f'; filename="{key}.bpmn"', MODEL.format(key=key, form=form)),
    )
    body = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{content}\r\n'
        for name, more, content in parts
    )
    request = urllib.request.Request(
        f"{office.address}/engine-rest/deployment/create",
        f"{body}--{boundary}--\r\n".encode(),
        {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Authorization": f"Bearer {office.cookie('admin')}",
        },
    )
    urllib.request.urlopen(request).close()


def begin(office: Office, key: str = "decisions", tenant: str = TENANT, *, claimed: bool = True) -> str:
    """The id of a new task, to prepare a result or to refuse, which an executor has claimed."""
    case, executor = f"D-{uuid4().hex[:8]}", f"executor.{tenant}"
    path = f"/engine-rest/process-definition/key/{key}/tenant-id/{tenant}/start"
    office("admin", "POST", path, {"businessKey": case, "variables": {"applicantName": {"value": APPLICANT}}})
    [task] = office.tasks(case)
    if claimed:
        office(executor, "POST", f"/engine-rest/task/{task['id']}/claim", {"userId": executor})
    return str(task["id"])


def refuse(page: Page, task: str) -> None:
    """Fill in a refusal, in English."""
    page.goto(f"/tasks/{task}")
    page.get_by_role("radio", name="Reasoned refusal").check()
    page.get_by_label("Text of the reasoned refusal").fill("The plan of the plot is missing.")
