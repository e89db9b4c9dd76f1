"""Instances taken to another version of their process over the REST dialect."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.actions.cases.diagrams import diagram
from app.actions.cases.story import story
from app.actions.people.people import actor_of
from app.actions.running import migrating
from app.actions.running.migration_plans import Mapped, Plan
from app.domain.models.values import Variable
from app.store.tables import History, Instance
from tests.api.models import ONE_TASK
from tests.features.feature_models import (
    both,
    boundary,
    call,
    catch,
    conditional,
    end,
    file,
    flow,
    message,
    multi,
    path,
    service,
    sub,
    timer,
    user,
)  # fmt: skip
from tests.features.feature_models import (
    start as begin,
)

BODY = "#multiInstanceBody"
Deploy = Callable[..., dict[str, Any]]
Start = Callable[..., str]
Ask = Callable[..., TestResponse]
Sides = dict[str, str]


def clause(text: str) -> str:
    properties = f'<camunda:properties><camunda:property name="law.clause" value="{text}"/></camunda:properties>'
    return f"<extensionElements>{properties}</extensionElements>"


def version(
    check: str = "check", decide: str = "decide", *more: str, vote: bool = True, days: int = 1, name: str = "Decide"
) -> bytes:
    """A task with a timer at its border, a task named by a clause, votes, and one of everything that waits for others."""
    waits = {
        check: user(check, dueDate="2026-12-01T09:00:00Z"),
        decide: user(decide, clause("12"), name=name),
        "told": catch("told", message("m")),
        "pause": catch("pause", timer("Duration", f"P{days}D")),
        "work": service("work", type="external", topic="t"),
        "called": call("called", "oneTask"),
        **({"vote": user("vote", multi(count="2"), name="Vote")} if vote else {}),
    }
    return file(
        begin(), both("split"), both("join"), user("after"), end(), path("start", "split"), path("join", "after", "end"),
        *waits.values(), *(path("split", one, "end" if one == "vote" else "join") for one in waits),
        boundary("late", check, timer("Duration", f"P{days}D"), interrupting=False), flow("late", "end"), *more,
    )  # fmt: skip


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], dict[str, str]]) -> Ask:
    """Send a request below /engine-rest, or to /api."""

    def run(method: str, path: str, body: Any = None, user: str = "admin") -> TestResponse:
        path = path if path.startswith("/api") else f"/engine-rest{path}"
        return client.open(path, method=method, json=body, headers=as_user(user))

    return run


@pytest.fixture
def versions(deploy: Deploy) -> Callable[..., Sides]:
    """Deploy two versions of a process, once `between` has happened to the first; gives the sides of a plan."""

    def run(old: bytes, new: bytes, between: Callable[[], object] = lambda: None) -> Sides:
        def definition(content: bytes) -> str:
            (made,) = deploy({"p.bpmn": content})["deployedProcessDefinitions"].values()
            return str(made["id"])

        deploy({"one.bpmn": ONE_TASK})
        source = definition(old)
        between()
        return {"sourceProcessDefinitionId": source, "targetProcessDefinitionId": definition(new)}

    return run


def mapped(*pairs: tuple[str, str], updated: str = "") -> list[dict[str, Any]]:
    return [
        {"sourceActivityIds": [one], "targetActivityIds": [two], "updateEventTrigger": one == updated}
        for one, two in pairs
    ]


def test_a_proposal_goes_by_id_then_by_clause_then_by_name(versions: Callable[..., Sides], ask: Ask) -> None:
    old = version(decide="decide", name="A")
    new = version("check", "resolve", name="B").replace(b'id="after"', b'id="then" name="Then"')
    new = new.replace(b'"after"', b'"then"')
    old = old.replace(b'id="after"', b'id="after" name="Then"')
    plan = ask("POST", "/migration/generate", versions(old, new) | {"updateEventTriggers": True}).json
    found = {
        one["sourceActivityIds"][0]: (one["targetActivityIds"][0], one["why"], one["updateEventTrigger"])
        for one in plan["instructions"]
    }
    assert found == {
        "join": ("join", "id", False), "check": ("check", "id", False), "late": ("late", "id", True),
        "told": ("told", "id", True), "pause": ("pause", "id", True), "work": ("work", "id", False),
        "called": ("called", "id", False), f"vote{BODY}": (f"vote{BODY}", "id", False), "vote": ("vote", "id", False),
        "decide": ("resolve", "clause", False), "after": ("then", "name", False),
    }  # fmt: skip
    assert ask("POST", "/migration/validate", plan).json == {"instructionReports": [], "variableReports": {}}


def waits_of(ask: Ask, case: str) -> dict[str, Any]:
    """What an instance waits for, without the definition and the activities."""
    tasks = ask("GET", f"/task?processInstanceId={case}&sortBy=id&sortOrder=asc").json
    jobs = ask("GET", f"/job?processInstanceId={case}&sortBy=jobId&sortOrder=asc").json
    outside = ask("GET", f"/external-task?processInstanceId={case}").json
    events = ask("GET", f"/event-subscription?processInstanceId={case}").json
    called = ask("GET", f"/process-instance?superProcessInstance={case}").json
    names = ("id", "assignee", "due", "created", "name", "dueDate", "retries", "eventName", "topicName", "workerId")
    rows = [*tasks, *jobs, *outside, *events, *called]
    return {row["id"]: {name: row[name] for name in names if name in row} for row in rows}


def test_everything_that_waits_goes_along_as_it_is(
    versions: Callable[..., Sides], deploy: Deploy, start: Start, ask: Ask, database_engine: Engine
) -> None:
    cases: list[str] = []
    sides = versions(version(), version("verify", "resolve", days=3), lambda: cases.append(start("p", n=1)))
    (case,) = cases
    (task,) = ask("GET", f"/task?processInstanceId={case}&taskDefinitionKey=check").json
    assert ask("POST", f"/task/{task['id']}/claim", {"userId": "admin"}).status_code == 204
    body = {"workerId": "w", "maxTasks": 1, "topics": [{"topicName": "t", "lockDuration": 10_000}]}
    assert len(ask("POST", "/external-task/fetchAndLock", body).json) == 1
    before = waits_of(ask, case)
    same = ("late", "told", "pause", "work", "called", "vote")
    plan = {**sides, "instructions": mapped(("check", "verify"), ("decide", "resolve"), *((one, one) for one in same))}
    execution = {"migrationPlan": plan, "processInstanceIds": [case]}
    with Session(database_engine) as session:
        lines = [Mapped(*one["sourceActivityIds"], *one["targetActivityIds"]) for one in plan["instructions"]]
        admin, told = actor_of(session, "admin"), Plan(*sides.values(), lines)
        shown = migrating.preview(session, admin, told, UUID(case), datetime.now(UTC))
    assert ask("POST", "/migration/execute", execution, "head.aktobe-gask").status_code == 403
    assert ask("POST", "/migration/execute", execution).status_code == 204

    assert waits_of(ask, case) == before
    assert ask("GET", f"/process-instance/{case}").json["definitionId"] == sides["targetProcessDefinitionId"]
    tree = ask("GET", f"/process-instance/{case}/activity-instances").json["childActivityInstances"]
    assert {one["activityId"] for one in tree} == {
        "verify", "resolve", "told", "pause", "work", "called", f"vote{BODY}"
    }  # fmt: skip
    assert {one.node for one in shown.after} == {one["activityId"].removesuffix(BODY) for one in tree}
    assert [one.id for one in shown.before] == [one.id for one in shown.after]
    (entry,) = ask("GET", f"/history/user-operation?processInstanceId={case}&operationType=Migrate").json
    assert (entry["userId"], entry["orgValue"], entry["newValue"]) == ("admin", *sides.values())
    (entry,) = ask("GET", f"/history/user-operation?processInstanceId={case}&operationType=Create").json
    assert entry["newValue"] == sides["sourceProcessDefinitionId"]

    done = [ask("POST", f"/external-task/{ask('GET', '/external-task').json[0]['id']}/complete", {"workerId": "w"})]
    done += [ask("POST", f"/job/{one['id']}/execute") for one in ask("GET", f"/job?processInstanceId={case}").json]
    done.append(ask("POST", "/message", {"messageName": "m"}))
    done += [ask("POST", f"/task/{one['id']}/complete") for one in ask("GET", "/task").json]
    assert {one.status_code for one in done} == {204}
    assert [one["taskDefinitionKey"] for one in ask("GET", "/task").json] == ["after"]


def test_what_is_waited_for_anew_and_beside_is_said_by_the_new_version(
    versions: Callable[..., Sides], start: Start, ask: Ask
) -> None:
    more = boundary("also", "check", message("urgent")), flow("also", "end")
    cases: list[str] = []
    sides = versions(version(), version("check", "decide", *more, days=9), lambda: cases.append(start("p")))
    plan = ask("POST", "/migration/generate", sides).json
    plan["instructions"] = [
        one | {"updateEventTrigger": one["sourceActivityIds"] == ["pause"]} for one in plan["instructions"]
    ]
    before = {one["id"] for one in ask("GET", "/job").json}
    assert ask("POST", "/migration/execute", {"migrationPlan": plan, "processInstanceIds": cases}).status_code == 204
    jobs = ask("GET", "/job").json
    (renewed,) = (one for one in jobs if one["id"] not in before)
    (kept,) = (one for one in jobs if one["id"] in before)
    days = datetime.fromisoformat(renewed["dueDate"]) - datetime.fromisoformat(kept["dueDate"])
    assert days.days == 8
    events = {one["eventName"] for one in ask("GET", "/event-subscription").json}
    assert events == {"m", "urgent"}


def test_a_mapping_that_loses_a_token_is_refused_by_the_name_of_the_activity(
    versions: Callable[..., Sides],
    start: Start,
    ask: Ask,
    nothing_kept: Callable[[], Any],
    database_engine: Engine,
) -> None:
    cases: list[str] = []
    sides = versions(version(), version(vote=False), lambda: cases.extend((start("p"), start("p"))))
    stuck, free = cases
    for task in ask("GET", f"/task?processInstanceId={free}&taskDefinitionKey=vote").json:
        assert ask("POST", f"/task/{task['id']}/complete").status_code == 204
    plan = ask("POST", "/migration/generate", sides).json
    execution = {"migrationPlan": plan, "processInstanceIds": [stuck, free]}
    with nothing_kept():
        answer = ask("POST", "/migration/execute", execution)
        assert (answer.status_code, "'vote', which is mapped to nothing" in answer.json["message"]) == (400, True)
    refused, done = ask("POST", "/api/migrations", execution).json
    assert (refused["migrated"], refused["details"]["activityId"], done["migrated"]) == (False, "vote", True)
    assert ask("GET", f"/process-instance/{stuck}").json["definitionId"] == sides["sourceProcessDefinitionId"]
    again = ask("POST", "/api/migrations", execution | {"processInstanceIds": [free]}).json
    assert [one["migrated"] for one in again] == [False]
    # what was left in the old version is still told in its words, which therefore stay
    left = ask("GET", f"/history/activity-instance?processInstanceId={free}&finished=true").json
    assert {one["activityId"]: one["activityType"] for one in left}["vote"] == "userTask"
    with Session(database_engine) as session:
        case = session.get_one(Instance, UUID(free))
        told = {one.kind: one.sentence.en for one in story(session, actor_of(session, "admin"), case, "en")}
        assert told["Migrate"] == "took the case to another version of the process (1 → 2)"
        assert told["Complete"] == "completed “Vote”"
        shown = diagram(session, case, "en")
        assert ("check" in shown.here, [one.en for one in shown.done]) == (True, ["Vote", "Vote"])
        assert "vote" not in shown.walked
    assert ask("DELETE", f"/process-instance/{stuck}").status_code == 204
    path = f"/process-definition/{sides['sourceProcessDefinitionId']}?cascade=true"
    assert ask("DELETE", path).status_code == 409


def test_what_has_failed_in_one_version_is_done_in_another_that_is_mended(
    versions: Callable[..., Sides], start: Start, ask: Ask, database_engine: Engine
) -> None:
    def failing(task: str, expression: str) -> bytes:
        content = service(task, expression=expression, resultVariable="x", asyncBefore="true")
        return file(begin(), content, user("after"), end(), path("start", task, "after", "end"))

    cases: list[str] = []
    sides = versions(failing("a", "${1 / n}"), failing("b", "${2}"), lambda: cases.append(start("p", n="no")))
    (job,) = ask("GET", "/job").json
    for left in (2, 1, 0, 0):
        assert ask("POST", f"/job/{job['id']}/execute").status_code == 400
        assert ask("GET", f"/job/{job['id']}").json["retries"] == left
    (incident,) = ask("GET", "/incident").json
    assert incident["activityId"] == "a"
    execution = {"migrationPlan": {**sides, "instructions": mapped(("a", "b"))}, "processInstanceIds": cases}
    assert ask("POST", "/migration/execute", execution).status_code == 204
    (moved,) = ask("GET", "/incident").json
    changed = {"activityId": "b", "processDefinitionId": sides["targetProcessDefinitionId"]}
    assert moved == incident | changed
    assert ask("PUT", f"/job/{job['id']}/retries", {"retries": 1}).status_code == 204
    assert ask("POST", f"/job/{job['id']}/execute").status_code == 204
    assert [one["taskDefinitionKey"] for one in ask("GET", "/task").json] == ["after"]
    assert ask("GET", "/incident").json == []
    with Session(database_engine) as session:
        case = session.get_one(Instance, UUID(cases[0]))
        told = {one.kind: one.sentence.en for one in story(session, actor_of(session, "admin"), case, "en")}
    assert told["SetJobRetries"] == "let “b” be tried again"


WRONG: list[tuple[Any, dict[str, str]]] = [
    (mapped(("nothing", "check")), {"nothing": "Source activity 'nothing' does not exist"}),
    (mapped(("check", "nothing")), {"check": "Target activity 'nothing' does not exist"}),
    (mapped(("check", "work")), {"check": "incompatible types"}),
    (mapped(("pause", "told")), {"pause": "Events are not of the same type"}),
    (mapped(("vote", "check")), {"vote": "not repeated in the same way"}),
    (mapped(("late", "late")), {"late": "is not mapped to that of the target, 'check'"}),
    (mapped(("check", "check"), ("check", "decide")), {"check": "multiple mappings"}),
    (mapped(("check", "check"), updated="check"), {"check": "Cannot update event trigger"}),
    (mapped(("scope", "scope"), ("inside", "check")), {"inside": "closest mapped ancestor"}),
    (mapped(("join", "join"), ("also", "join")), {"join": "at least the same", "also": "cannot become one"}),
    (mapped(("check", "check"), ("late", "late"), ("again", "late")),
     {"late": "cannot become one", "again": "cannot become one"}),
]  # fmt: skip


def test_what_is_wrong_with_a_plan_is_said_of_each_instruction(versions: Callable[..., Sides], ask: Ask) -> None:
    scope = sub("scope", begin("s"), user("inside"), end("e"), path("s", "inside", "e")) + path(
        "split", "scope", "join"
    )
    more = both("also"), path("split", "also"), path("told", "also", "join"), flow("again", "end")
    again = boundary("again", "check", timer("Duration", "P5D"), interrupting=False)
    sides = versions(version("check", "decide", scope, again, *more), version("check", "decide", scope))
    for instructions, failures in WRONG:
        plan = sides | {"instructions": instructions}
        reports = ask("POST", "/migration/validate", plan).json["instructionReports"]
        found = {one["instruction"]["sourceActivityIds"][0]: "; ".join(one["failures"]) for one in reports}
        assert found.keys() == failures.keys()
        assert all(failures[one] in found[one] for one in failures), found
        execution = {"migrationPlan": plan, "processInstanceIds": [str(UUID(int=1))]}
        assert ask("POST", "/migration/execute", execution).status_code == 400


def test_another_process_and_another_organisation_are_no_versions(deploy: Deploy, ask: Ask) -> None:
    def definition(content: Any, tenant: str | None) -> str:
        (made,) = deploy({"p.bpmn": content}, tenant)["deployedProcessDefinitions"].values()
        return str(made["id"])

    simple = file(begin(), user("a"), end(), path("start", "a", "end"))
    source = definition(simple, "aktobe-gask")
    for other in (definition(ONE_TASK, "aktobe-gask"), definition(simple, "industrial-safety-committee")):
        body = {"sourceProcessDefinitionId": source, "targetProcessDefinitionId": other}
        assert ask("POST", "/migration/generate", body).status_code == 400
    body = {"sourceProcessDefinitionId": source, "targetProcessDefinitionId": "nothing"}
    assert ask("POST", "/migration/generate", body).status_code == 404


def test_what_comes_with_a_plan_is_seen_at_once_and_history_says_why(
    versions: Callable[..., Sides], start: Start, ask: Ask, database_engine: Engine
) -> None:
    def waiting(event: str, definition: str) -> bytes:
        late = boundary(event, "a", definition), user("late"), path(event, "late", "end")
        return file(begin(), user("a"), end(), path("start", "a", "end"), *late)

    cases: list[str] = []
    old, new = waiting("m", message("m")), waiting("c", conditional("${x == 1}"))
    sides = versions(old, new, lambda: cases.append(start("p", x=0)))
    (case,) = cases
    given = {"x": {"value": 1, "type": "Integer"}}
    plan = {**sides, "instructions": mapped(("a", "a")), "variables": given}
    with Session(database_engine) as session:
        told = Plan(*sides.values(), [Mapped("a", "a")], {"x": Variable(1, "Integer")})
        shown = migrating.preview(session, actor_of(session, "admin"), told, UUID(case), datetime.now(UTC))
    execution = {"migrationPlan": plan, "processInstanceIds": cases, "annotation": "by order of the court"}
    assert ask("POST", "/migration/execute", execution).status_code == 204
    assert [one["taskDefinitionKey"] for one in ask("GET", "/task").json] == ["late"]
    assert [one.node for one in shown.after] == ["late"]
    entries = ask("GET", f"/history/user-operation?processInstanceId={case}").json
    said = {one["operationType"]: one for one in entries}
    assert said["Migrate"]["annotation"] == said["ModifyVariable"]["annotation"] == "by order of the court"
    assert (said["ModifyVariable"]["orgValue"], said["ModifyVariable"]["newValue"]) == ("0", "1")
    with Session(database_engine) as session:
        (row,) = session.scalars(select(History).where(History.operation == "Migrate"))
        assert row.data is not None
        assert row.data["activities"] == [{"a": 1}, {"a": 1}]


def test_people_of_a_step_stay_the_same_under_its_new_name(deploy: Deploy, ask: Ask) -> None:
    def version(task: str) -> bytes:
        asked = {"candidateGroups": "clerk,executor"}
        properties = f'<camunda:properties><camunda:property name="law.notBy" value="{task}"/></camunda:properties>'
        sign = user("sign", f"<extensionElements>{properties}</extensionElements>", **asked)
        return file(begin(), user(task, **asked), sign, end(), path("start", task, "sign", "end"))

    def definition(task: str) -> str:
        (made,) = deploy({"p.bpmn": version(task)}, "aktobe-gask")["deployedProcessDefinitions"].values()
        return str(made["id"])

    at = definition("prepare")
    case = ask("POST", f"/process-definition/{at}/start", {}).json["id"]
    clerk, executor = "clerk.aktobe-gask", "executor.aktobe-gask"

    def work(who: str) -> list[int]:
        (task,) = ask("GET", "/task").json
        return [
            ask("POST", f"/task/{task['id']}/{act}", {"userId": who}, who).status_code for act in ("claim", "complete")
        ]

    assert work(clerk) == [204, 204]
    for names in (("prepare", "draft"), ("draft", "make")):
        sides = {"sourceProcessDefinitionId": at, "targetProcessDefinitionId": (at := definition(names[1]))}
        plan = {**sides, "instructions": mapped(names, ("sign", "sign"))}
        assert (
            ask("POST", "/migration/execute", {"migrationPlan": plan, "processInstanceIds": [case]}).status_code == 204
        )
    assert work(clerk)[0] == 403
    assert work(executor) == [204, 204]
