"""The pages of models: for designers of the organisation and administrators alone, and the next version for nobody unseen."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.api.models import ONE_TASK, REGISTER_FORM, bpmn, line, user_task

OWN, OTHER = "aktobe-gask", "industrial-safety-committee"
DESIGNER, STRANGER, CLERK = f"designer.{OWN}", f"designer.{OTHER}", f"clerk.{OWN}"
FORM = 'camunda:formRef="register-form" camunda:formRefBinding='
MODEL = bpmn("oneTask", line(user_task("work", "Work", attributes=f'{FORM}"latest"')), name="One task")
Ask = Callable[..., Any]


@pytest.fixture
def ask(app: Flask, as_user: Callable[[str], dict[str, str]]) -> Ask:
    def run(person: str, method: str, path: str, **given: Any) -> Any:
        headers = {**as_user(person), "Accept": "application/json", "Accept-Language": "ru"}
        return app.test_client().open(path, method=method, headers=headers, **given)

    return run


@pytest.fixture
def model(deploy: Any) -> str:
    """The id of the newest version of a process with a form of its deployment."""
    made = deploy({"one.bpmn": MODEL, "register.form": REGISTER_FORM})
    [definition] = made["deployedProcessDefinitions"]
    return str(definition)


def test_only_designers_of_the_organisation_and_administrators_see_and_edit(ask: Ask, model: str) -> None:
    pages = ("", "/diagram", "/xml", "/edit", "/forms/register/edit")
    for person, seen in ((DESIGNER, 200), ("admin", 200), (STRANGER, 404), (CLERK, 403)):
        assert [ask(person, "GET", f"/models/{model}{one}").status_code for one in pages] == [seen] * len(pages)
        listed = ask(person, "GET", "/models")
        assert (listed.status_code, "oneTask" in listed.text) == (403 if person == CLERK else 200, seen == 200)
        sent = {"xml": MODEL.replace("One task", "Another")}
        assert ask(person, "POST", f"/models/{model}/findings", json=sent).status_code == seen
    for person, status in ((STRANGER, 404), (CLERK, 403)):
        assert ask(person, "POST", f"/models/{model}/edit", json=sent).status_code == status
        new = f"/models/new/edit?organisation={OWN}&key=k&name=n"
        assert ask(person, "GET", new).status_code == ask(person, "POST", new, json=sent).status_code == 403


def test_an_address_that_leads_to_nothing_is_said_to(ask: Ask, model: str, deploy: Any) -> None:
    [common] = deploy({"one.bpmn": ONE_TASK}, tenant=None)["deployedProcessDefinitions"]
    for path in (
        f"{model}/difference?with=%00",
        f"{model}/difference/drawings/beside?with={model}",
        f"{common}/simulate?tenant=%00",
        f"{common}/simulate?tenant=nobody",
    ):
        assert ask(DESIGNER, "GET", f"/models/{path}").status_code == 404


def test_what_is_common_to_all_is_seen_by_designers_and_edited_by_administrators(ask: Ask, deploy: Any) -> None:
    [common] = deploy({"one.bpmn": ONE_TASK}, tenant=None)["deployedProcessDefinitions"]
    assert ask(DESIGNER, "GET", f"/models/{common}").status_code == 200
    assert ask(DESIGNER, "GET", f"/models/{common}/edit").status_code == 403
    assert ask("admin", "GET", f"/models/{common}/edit").status_code == 200


def test_models_are_called_and_limits_told_in_the_language_of_the_reader(ask: Ask, deploy: Any) -> None:
    names = "".join(f'<camunda:property name="name.{lang}" value="{lang} name"/>' for lang in ("ru", "en"))
    process = f"<extensionElements><camunda:properties>{names}</camunda:properties></extensionElements><startEvent"
    task = user_task("work", "Work", attributes='camunda:dueDate="${calendarDays(22)}"')
    model = bpmn("oneTask", line(task), name="Kazakh name").replace("<startEvent", process, 1)
    [own] = deploy({"one.bpmn": model})["deployedProcessDefinitions"]
    for page in ("/models", "/models?q=RU+NAME", f"/models/{own}", f"/models/{own}/edit"):
        assert "ru name</" in ask(DESIGNER, "GET", page).text
    assert "22 календарных дня" in ask(DESIGNER, "GET", f"/models/{own}").text


def test_the_list_takes_one_statement_however_many_models_there_are(
    ask: Ask, deploy: Any, start: Any, statements: list[str]
) -> None:
    counts = []
    for number in range(3):
        name = f"m{number}"
        deploy({f"{name}.bpmn": ONE_TASK.replace("oneTask", name)})
        start(name)
        statements.clear()
        page = ask(DESIGNER, "GET", "/models").text
        counts.append(len(statements))
        assert page.count('<td class="number" data-label="Дел в работе">1</td>') == number + 1
    assert len(set(counts)) == 1
    assert "m1" in ask(DESIGNER, "GET", "/models?q=M1").text
    assert "m1" not in ask(DESIGNER, "GET", "/models?q=m2").text


def test_a_save_is_refused_whole_or_deployed_with_what_the_model_binds(ask: Ask, model: str) -> None:
    def save(xml: str, **more: Any) -> Any:
        return ask(DESIGNER, "POST", f"/models/{model}/edit", json={"xml": xml, "comment": "c", **more})

    wrong = save(MODEL.replace("clerk", "nobody"))
    assert wrong.status_code == 400
    assert [one["severity"] for one in wrong.json["findings"]][:1] == ["error"]
    assert "«nobody»" in wrong.json["findings"][0]["message"]
    assert save(MODEL).json["said"] == "Ничего не изменилось."
    assert "ключ процесса не меняется" in save(MODEL.replace("oneTask", "other")).json["said"]
    bound = MODEL.replace('Binding="latest"', 'Binding="deployment"')
    saved = save(bound)
    assert saved.status_code == 200, saved.text
    new = saved.json["next"].rpartition("/")[2]
    deployment = ask("admin", "GET", f"/engine-rest/process-definition/{new}").json["deploymentId"]
    listed = ask("admin", "GET", f"/engine-rest/deployment/{deployment}/resources").json
    assert {one["name"] for one in listed} == {"one.bpmn", "register.form"}

    stale = save(MODEL + "<!-- mine -->")
    assert (stale.status_code, stale.json["newest"]) == (409, new)
    assert stale.json["difference"] == f"/models/{model}/difference?with={new}"
    assert save(MODEL + "<!-- mine -->", over=new).status_code == 200
