"""What people may not see or do stays so by whatever page they try: those of others, and those that they never opened."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from app.actions.documents.uploads import OF_CASE
from app.domain.ids import new_id
from app.store.tables import Comment, Document, History, Instance, SavedFilter, Task
from tests.api.models import bpmn, line, user_task

Headers = dict[str, str]
Ask = Callable[..., Any]
TENANT, ELSEWHERE = "aktobe-gask", "industrial-safety-committee"
CLERK, EXECUTOR, HEAD, APPLICANT = (f"{role}.{TENANT}" for role in ("clerk", "executor", "head", "applicant"))
STRANGERS = (EXECUTOR, f"clerk.{ELSEWHERE}", f"head.{ELSEWHERE}", f"applicant.{ELSEWHERE}")
METHODS = ("GET", "POST", "PUT", "DELETE")
ACTS = ("claim", "release", "assign", "delegate", "resolve", "take-back", "hold", "unhold", "pause", "resume", "extend")
ACTS += ("comment", "no-such-act")
NOT_BY_PREPARER = (
    '<extensionElements><camunda:properties><camunda:property name="law.notBy" value="prepare"/>'
    "</camunda:properties></extensionElements>"
)
MODEL = bpmn(
    "signing",
    line(user_task("prepare", "Prepare"), user_task("sign", "Sign", groups="clerk,head", children=NOT_BY_PREPARER)),
)
GIVEN = {
    "until": "2999-01-01",
    "reason": "r",
    "message": "m",
    "amount": "1",
    "allowance": "workingDays|1",
    "data": "{}",
}


@pytest.fixture
def ask(app: Flask, as_user: Callable[[str], Headers]) -> Ask:
    def run(person: str, method: str, path: str, **given: Any) -> Any:
        return app.test_client().open(path, method=method, headers=as_user(person), **given)

    return run


@pytest.fixture
def case(deploy: Any, start: Any) -> str:
    deploy({"signing.bpmn": MODEL})
    return str(start("signing", applicantName="Secret Applicant"))


@pytest.fixture
def task(case: str, ask: Ask, database_engine: Engine) -> Iterator[str]:
    """That of the clerk."""
    with Session(database_engine) as session:
        found = str(session.scalars(select(Task.id)).one())
    assert ask(CLERK, "POST", f"/tasks/{found}/claim").status_code == 303
    return found


def rows(database: Engine) -> list[Any]:
    """Everything that somebody could have changed."""
    tables = (Task, Instance, History, Comment, Document, SavedFilter)
    with database.connect() as connection:
        return [sorted(map(str, connection.execute(select(table)))) for table in tables]


def open_task(database: Engine) -> str:
    with Session(database) as session:
        return str(session.scalars(select(Task.id).where(Task.ended_at.is_(None))).one())


@pytest.mark.parametrize("person", STRANGERS)
def test_what_is_for_others_is_not_there(
    app: Flask, ask: Ask, case: str, task: str, database_engine: Engine, person: str
) -> None:
    given, ids = {"task": task, "person": person} | GIVEN, {"task_id": task, "case_id": case, "part_id": case}
    before, urls, answers = rows(database_engine), app.url_map.bind("localhost"), {}
    asked = [(rule, method) for rule in app.url_map.iter_rules() for method in rule.methods or ()]
    pages = [(rule, method) for rule, method in asked if rule.endpoint.startswith("web.") and method in METHODS]
    for rule, method in pages:
        for act in ACTS if "name" in rule.arguments else ("",):
            known = ids | {"name": act}
            if rule.arguments and rule.arguments <= known.keys():
                path = urls.build(rule.endpoint, {name: known[name] for name in rule.arguments}, method)
                in_json = method == "PUT" or path.endswith("/complete")
                answers[method, path] = ask(person, method, path, **({"json": {}} if in_json else {"data": given}))
    assert len(answers) > 15
    of_admins = {key for key in answers if key[1].startswith("/admin/")}
    assert {answers[key].status_code for key in of_admins} <= {403, 404}
    assert {answer.status_code for key, answer in answers.items() if key not in of_admins} <= {404, 422}
    for act in ("claim", "assign", "comment", "decide"):
        answers["POST", act] = ask(person, "POST", f"/tasks/bulk/{act}", data=given)
    answers["POST", "team"] = ask(person, "POST", f"/team/tasks?organisation={TENANT}", data=given)
    answers["POST", "file"] = ask(person, "POST", "/documents", json={"name": "a.pdf", "size": 5, "task": task})
    assert not [one for one, answer in answers.items() if "Secret" in answer.text or "Prepare" in answer.text]
    assert rows(database_engine) == before


@pytest.mark.parametrize("person", [EXECUTOR, f"clerk.{ELSEWHERE}", "nobody", ""])
def test_a_task_is_given_to_nobody_who_may_not_work_it(
    ask: Ask, task: str, database_engine: Engine, person: str
) -> None:
    before = rows(database_engine)
    for by, path in ((CLERK, "assign"), (CLERK, "delegate"), (HEAD, "assign")):
        assert ask(by, "POST", f"/tasks/{task}/{path}", data={"person": person}).status_code in (400, 403, 404)
    for by, path in ((CLERK, "/tasks/bulk/assign"), (HEAD, f"/team/tasks?organisation={TENANT}")):
        ask(by, "POST", path, data={"person": person, "task": task})
    assert rows(database_engine) == before


def test_who_may_take_a_step_is_said_by_the_model(ask: Ask, task: str, database_engine: Engine) -> None:
    before = rows(database_engine)
    for link in ({"userId": EXECUTOR}, {"groupId": "executor"}):
        path = f"/engine-rest/task/{task}/identity-links"
        for way in (path, f"{path}/delete"):
            assert ask(CLERK, "POST", way, json=link | {"type": "candidate"}).status_code == 403
    assert rows(database_engine) == before


def test_who_prepared_a_decision_does_not_sign_it_by_any_page(ask: Ask, task: str, database_engine: Engine) -> None:
    assert ask(CLERK, "POST", f"/tasks/{task}/complete", json={}).status_code == 200
    sign = open_task(database_engine)
    before = rows(database_engine)
    for path in (f"/tasks/{sign}/claim", f"/tasks/{sign}/complete", "/tasks/next?view=groups"):
        ask(CLERK, "POST", path, json={})
    for act in ("claim", "assign", "decide"):
        ask(CLERK, "POST", f"/tasks/bulk/{act}", data={"task": sign, "person": CLERK, "data": "{}"})
    for path in (f"/tasks/{sign}/assign", f"/tasks/{sign}/delegate"):
        assert ask(HEAD, "POST", path, data={"person": CLERK}).status_code == 403
    ask(HEAD, "POST", f"/team/tasks?organisation={TENANT}", data={"person": CLERK, "task": sign})
    assert rows(database_engine) == before
    assert ask(HEAD, "POST", f"/tasks/{sign}/claim").status_code == 303
    assert ask(HEAD, "POST", f"/tasks/{sign}/delegate", data={"person": CLERK}).status_code == 403
    assert ask(HEAD, "POST", f"/tasks/{sign}/complete", json={}).status_code == 200


def test_only_who_has_a_task_holds_it_gives_it_on_or_fills_it_in(ask: Ask, task: str, database_engine: Engine) -> None:
    """The head leads the work, and may give the task to another; its form is not his."""
    before = rows(database_engine)
    for act in ("hold", "unhold", "release", "delegate", "resolve", "take-back", "complete"):
        given: Any = {"json": {}} if act == "complete" else {"data": GIVEN | {"person": CLERK}}
        assert ask(HEAD, "POST", f"/tasks/{task}/{act}", **given).status_code in (403, 404, 409)
    assert ask(HEAD, "PUT", f"/tasks/{task}/draft", json={"a": 1}).status_code in (403, 404, 409)
    assert rows(database_engine) == before


def test_a_draft_is_shown_to_its_writer_alone(ask: Ask, task: str) -> None:
    assert ask(CLERK, "PUT", f"/tasks/{task}/draft", json={"a": "Half a thought"}).status_code == 200
    assert ask(CLERK, "POST", f"/tasks/{task}/release").status_code == 303
    assert "Half a thought" not in ask("admin", "GET", f"/tasks/{task}").text


def test_a_filter_is_shared_with_a_group_of_ones_own_and_changed_by_its_maker(
    ask: Ask, database_engine: Engine, populated: str
) -> None:
    assert ask(HEAD, "POST", "/tasks/filters?q=a", data={"name": "a", "shared": f"clerk@{TENANT}"}).status_code == 403
    assert ask(HEAD, "POST", "/tasks/filters?q=a", data={"name": "a", "shared": f"head@{TENANT}"}).status_code == 303
    with Session(database_engine) as session:
        found = session.scalars(select(SavedFilter.id)).one()
    before = rows(database_engine)
    for person in STRANGERS:
        for act in ("name", "delete"):
            assert ask(person, "POST", f"/tasks/filters/{found}/{act}", data={"name": "b"}).status_code == 404
    assert rows(database_engine) == before


def test_a_case_takes_so_many_files_and_no_more(ask: Ask, case: str, task: str, database_engine: Engine) -> None:
    with Session(database_engine) as session, session.begin():
        instance = session.get_one(Instance, UUID(case))
        session.add_all(
            Document(
                id=new_id(),
                instance_id=instance.id,
                task_id=UUID(task),
                tenant_id=TENANT,
                added_at=datetime.now(UTC),
                added_by=CLERK,
                name="a.pdf",
                size=5,
                digest=b"0" * 32,
                media_type="application/pdf",
            )
            for _ in range(OF_CASE)
        )
    assert ask(CLERK, "POST", "/documents", json={"name": "a.pdf", "size": 5, "task": task}).status_code == 422
    assert ask(CLERK, "GET", f"/tasks/{task}").status_code == 200
    with Session(database_engine) as session:
        assert session.scalar(select(func.count()).select_from(Document)) == OF_CASE


def test_a_file_of_a_case_is_for_those_who_see_the_case(ask: Ask, task: str, database_engine: Engine) -> None:
    begun = ask(CLERK, "POST", "/documents", json={"name": "a.pdf", "size": 5, "task": task}).json["id"]
    for person in (*STRANGERS, HEAD):
        assert ask(person, "PUT", f"/documents/{begun}/pieces/0", data=b"%PDF-").status_code == 404
        assert ask(person, "POST", f"/documents/{begun}/arrived").status_code == 404
        assert ask(person, "DELETE", f"/documents/{begun}").status_code == 404
    assert ask(CLERK, "PUT", f"/documents/{begun}/pieces/0", data=b"%PDF-").status_code == 204
    assert ask(CLERK, "POST", f"/documents/{begun}/arrived").status_code == 200
    before = rows(database_engine)
    for person in STRANGERS:
        for method, path in (("GET", ""), ("GET", "/content"), ("POST", "/delete"), ("DELETE", "")):
            assert ask(person, method, f"/documents/{begun}{path}").status_code == 404
    assert rows(database_engine) == before


def test_another_starts_nothing_in_an_organisation_that_is_not_his(
    ask: Ask, case: str, database_engine: Engine
) -> None:
    before = rows(database_engine)
    for person in STRANGERS[1:]:
        assert ask(person, "GET", f"/start/{TENANT}/signing").status_code == 404
        assert ask(person, "POST", f"/start/{TENANT}/signing/{UUID(int=1)}", json={}).status_code == 404
        absent = {"organisation": TENANT, "person": HEAD, "deputy": person, "first": "2999-01-01", "last": "2999-01-02"}
        assert ask(person, "POST", "/absences", data=absent | {"order": "1"}).status_code in (400, 403)
    assert rows(database_engine) == before
    with database_engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM absence")).scalar() == 0
