"""Instances mended on pages: shown first, done as it was shown and for a reason, one or many."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.store.tables import Batch, BatchItem, Definition, History, Instance
from tests.api.conftest import carry_out
from tests.features.feature_models import end, file, path, user
from tests.features.feature_models import start as begins

__all__ = ["carry_out"]
WHY = "the court asks for it"
Open = Callable[..., TestResponse]
Case = dict[str, Any]


def model(decide: str = "decide") -> bytes:
    return file(
        begins(), user("check", name="Check"), user(decide, name=decide.title()), end(),
        path("start", "check", decide, "end"),
    )  # fmt: skip


@pytest.fixture
def opened(client: FlaskClient, as_user: Callable[[str], dict[str, str]]) -> Open:
    """A page, or what comes of a form."""

    def run(path: str, form: dict[str, Any] | None = None, person: str = "admin") -> TestResponse:
        headers = as_user(person) | {"Accept-Language": "en"}
        return client.get(path, headers=headers) if form is None else client.post(path, data=form, headers=headers)

    return run


@pytest.fixture
def cases(deploy: Callable[..., Any], start: Callable[..., str]) -> list[str]:
    deploy({"p.bpmn": model()})
    return [start("p", amount=5) for _ in range(3)]


def said(answer: TestResponse) -> str:
    text = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", answer.text, flags=re.DOTALL)
    return " ".join(unescape(text).split())


def seen(answer: TestResponse) -> str:
    """The sign of what is shown."""
    return re.findall(r'name="seen" value="(\w+)"', answer.text)[0]


def instance(database: Engine, case: str) -> Instance:
    with Session(database) as session:
        return session.get_one(Instance, UUID(case))


def test_a_move_is_shown_and_done_only_as_it_was_shown_and_for_a_reason(
    cases: list[str], opened: Open, database_engine: Engine, client: FlaskClient, as_user: Callable[[str], Any]
) -> None:
    case, at = cases[0], f"/admin/instances/{cases[0]}/move"
    (token,) = re.findall(r'name="token" value="(\d+)"', opened(at).text)
    form: dict[str, Any] = {"token": token, "where": "before", "at": "decide"}
    shown = opened(at, form | {"look": "1"})
    assert "Before Check After Decide" in said(shown)
    assert "gone=check" in shown.text
    done = form | {"do": "1", "seen": seen(shown), "reason": WHY}
    assert "write the reason" in said(opened(at, done | {"reason": " "}))
    other = opened(at, done | {"at": "check"})
    assert "Something else would come of it" in said(other)
    tasks = client.get(f"/engine-rest/task?processInstanceId={case}", headers=as_user("admin")).json
    assert [one["taskDefinitionKey"] for one in tasks] == ["check"]
    answer = opened(at, done)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/admin/instances/{case}")
    tasks = client.get(f"/engine-rest/task?processInstanceId={case}", headers=as_user("admin")).json
    assert [one["taskDefinitionKey"] for one in tasks] == ["decide"]
    with Session(database_engine) as session:
        entry = session.scalars(select(History).where(History.operation == "ModifyProcessInstance")).one()
        assert (entry.user_id, entry.annotation) == ("admin", WHY)
        assert (entry.data or {})["activities"] == [{"check": 1}, {"decide": 1}]
    again = opened(at, done)
    assert again.status_code == 409
    assert opened(at, person="clerk.aktobe-gask").status_code == 403


REFUSED = [
    ("move", {"where": "before", "at": "nothing"}, 400, "there is no activity 'nothing'"),
    ("move", {"token": "the only one"}, 409, "delete it instead"),
    ("move", {}, 400, "from 1 to 100 instructions"),
    (
        "change",
        {"name": "amount", "type": "Integer", "value": "five"},
        400,
        "Cannot convert value of variable 'amount'",
    ),
    ("change", {"name": "amount", "type": "String", "value": "5"}, 400, "'amount' is of type Integer, not String"),
    ("change", {"type": "String"}, 400, "choose a variable"),
    ("migrate", {}, 400, "choose the version"),
    ("retry", {}, 409, "nothing is stuck"),
    ("activate", {}, 200, "Before active After active"),
    ("restart", {"where": "before", "at": "check"}, 409, "still runs"),
]


@pytest.mark.parametrize(("what", "form", "status", "message"), REFUSED)
def test_what_cannot_be_done_says_why(
    cases: list[str], opened: Open, what: str, form: dict[str, str], status: int, message: str
) -> None:
    at = f"/admin/instances/{cases[0]}/{what}"
    if "token" in form:
        form = {"token": re.findall(r'name="token" value="(\d+)"', opened(at).text)[0]}
    answer = opened(at, form | {"look": "1"})
    assert (answer.status_code, message in said(answer)) == (status, True), said(answer)


def test_a_variable_is_changed_a_case_ended_and_begun_anew(
    cases: list[str], opened: Open, database_engine: Engine
) -> None:
    def done(what: str, form: dict[str, str]) -> TestResponse:
        at = f"/admin/instances/{cases[0]}/{what}"
        return opened(at, {**form, "do": "1", "reason": WHY, "seen": seen(opened(at, form | {"look": "1"}))})

    assert done("change", {"name": "amount", "type": "Integer", "value": "7"}).status_code == 302
    assert instance(database_engine, cases[0]).variables["amount"] == 7
    assert done("cancel", {}).status_code == 302
    assert instance(database_engine, cases[0]).delete_reason == WHY
    new = done("restart", {"where": "before", "at": "decide"}).headers["Location"].rpartition("/")[2]
    assert instance(database_engine, new).variables["amount"] == 7


def test_a_mapping_is_proposed_changed_and_refused_where_it_loses_a_token(
    cases: list[str], opened: Open, deploy: Callable[..., Any], database_engine: Engine
) -> None:
    deploy({"p.bpmn": model("resolve")})
    with Session(database_engine) as session:
        newest = session.scalars(select(Definition.id).order_by(Definition.version.desc())).first() or ""
    at = f"/admin/instances/{cases[0]}/migrate"
    shown = opened(at, {"to": newest, "look": "1"})
    assert "the same id" in said(shown)
    assert "nothing corresponds" in said(shown)
    lost = {"to": newest, "mapped": newest, "map.check": "", "map.decide": "resolve", "look": "1"}
    answer = opened(at, lost)
    assert (answer.status_code, "would be lost" in said(answer)) == (409, True)
    assert "mapped to nothing" in said(answer)
    right = lost | {"map.check": "check"}
    del right["look"]
    answer = opened(at, right | {"do": "1", "reason": WHY, "seen": seen(opened(at, right | {"look": "1"}))})
    assert answer.status_code == 302
    assert instance(database_engine, cases[0]).definition_id == newest


def test_many_are_asked_for_seen_and_tried_again(
    cases: list[str],
    opened: Open,
    database_engine: Engine,
    carry_out: Callable[[str], None],  # noqa: F811 - the fixture
    statements: list[str],
) -> None:
    new, form = "/admin/batches/new?state=running", {"what": "suspend", "instance": cases}
    shown = opened(new, form)
    assert "Chosen: 3 instances" in said(shown)
    assert said(shown).count("active suspended") == 3
    assert "write the reason" in said(opened(new, form | {"do": "1", "seen": seen(shown)}))
    with Session(database_engine) as session:
        assert session.scalars(select(Batch)).all() == []
    answer = opened(new, {"what": "suspend", "all": "1", "do": "1", "seen": seen(shown), "reason": WHY})
    at = answer.headers["Location"]
    opened(f"/admin/instances/{cases[2]}/cancel", {"do": "1"})
    ending = opened(f"/admin/instances/{cases[2]}/cancel")
    opened(f"/admin/instances/{cases[2]}/cancel", {"do": "1", "reason": WHY, "seen": seen(ending)})
    assert "0 of 3" in said(opened(at))
    for what, state in (("suspend", "Suspended"), ("resume", "Queued")):
        assert opened(f"{at}/{what}", {}).status_code == 302
        assert state in said(opened(at))
    carry_out(at.rpartition("/")[2])
    statements.clear()
    page = opened(at)
    assert len(statements) == 6
    assert '<progress max="3" value="3"' in page.text
    assert "changed meanwhile process instance" in said(opened(f"{at}?state=changed"))
    assert WHY in said(page)
    assert opened(f"{at}/retry", {}).status_code == 302
    carry_out(at.rpartition("/")[2])
    assert opened(f"{at}/stop", {}).status_code == 302
    statements.clear()
    assert "Stopped" in said(opened("/admin/batches"))
    assert len(statements) == 3
    with Session(database_engine) as session:
        assert [len(one.acts) for one in session.scalars(select(Batch))] == [4]
        assert sorted(session.scalars(select(BatchItem.state))) == ["changed", "done", "done"]
    assert opened(at, person="clerk.aktobe-gask").status_code == 403
    assert opened(f"{at}/stop", {}, person="clerk.aktobe-gask").status_code in (403, 404)


def test_a_batch_says_what_exactly_was_asked(
    cases: list[str],
    opened: Open,
    client: FlaskClient,
    as_user: Callable[[str], dict[str, str]],
    database_engine: Engine,
) -> None:
    def page(path: str, body: dict[str, Any]) -> str:
        made = client.post(f"/engine-rest{path}", json=body | {"processInstanceIds": cases}, headers=as_user("admin"))
        assert made.status_code == 200, made.text
        return said(opened(f"/admin/batches/{made.json['id']}"))

    move = [{"type": "startBeforeActivity", "activityId": "decide"}, {"type": "cancel", "activityId": "check"}]
    definition = instance(database_engine, cases[0]).definition_id
    moved = page("/modification/executeAsync", {"processDefinitionId": definition, "instructions": move})
    assert "What exactly start before: Decide cancel: Check" in moved
    given = {"note": {"value": "seen", "type": "String"}}
    assert "note = seen" in page("/process-instance/variables-async", {"variables": given})
    assert "message: decision" in page("/process-instance/message-async", {"messageName": "decision"})


def test_what_is_sent_twice_is_done_once(
    cases: list[str],
    opened: Open,
    database_engine: Engine,
    carry_out: Callable[[str], None],  # noqa: F811 - the fixture
) -> None:
    new, form = "/admin/batches/new", {"what": "cancel", "instance": cases[:2]}
    shown = opened(new, form)
    (mark,) = re.findall(r'name="batch" value="([\w-]+)"', shown.text)
    done = form | {"do": "1", "reason": WHY, "seen": seen(shown), "batch": mark}
    assert {opened(new, done).headers["Location"] for _ in range(2)} == {f"/admin/batches/{mark}"}
    with Session(database_engine) as session:
        assert [one.total for one in session.scalars(select(Batch))] == [2]
    carry_out(mark)
    at, places = f"/admin/instances/{cases[0]}/restart", {"where": "before", "at": "decide"}
    again = places | {"do": "1", "reason": WHY, "seen": seen(opened(at, places | {"look": "1"}))}
    assert opened(at, again).status_code == 302
    second = opened(at, again)
    assert "Something else would come of it" in said(second)
    assert "begun anew before: 1" in said(second)
    with Session(database_engine) as session:
        assert len(session.scalars(select(Instance)).all()) == len(cases) + 1


def test_many_are_never_asked_for_what_is_of_one_alone(cases: list[str], opened: Open) -> None:
    new, form = "/admin/batches/new", {"what": "retry", "which": f"step:{cases[0]}", "instance": cases}
    answer = opened(new, form | {"do": "1", "reason": WHY, "seen": seen(opened(new, form))})
    assert answer.status_code == 302
    assert opened("/admin/batches").status_code == opened(answer.headers["Location"]).status_code == 200
