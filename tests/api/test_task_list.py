"""The task list of the REST dialect: who sees what, filters, orders, pages."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.domain.folding import folded
from app.store.tables import Task
from app.store.task_filters import UNSUPPORTED
from tests.api.models import FILES, ONE_TASK

CLERK, HEAD, FOREIGN = "clerk.aktobe-gask", "head.aktobe-gask", "clerk.industrial-safety-committee"
OTHER = "industrial-safety-committee"
NOON = datetime(2026, 3, 2, 12, 0, 0, 500_600, tzinfo=UTC)

Get = Callable[..., TestResponse]


@pytest.fixture
def get(client: FlaskClient, as_user: Any) -> Get:
    """`get(user, path="", **query)` below /engine-rest/task."""

    def run(user: str, path: str = "", **query: Any) -> TestResponse:
        return client.get(f"/engine-rest/task{path}?{urlencode(query)}", headers=as_user(user))

    return run


@pytest.fixture
def post(client: FlaskClient, as_user: Any) -> Get:
    """`post(body, path="", user="admin")` below /engine-rest/task."""

    def run(body: Any, path: str = "", user: str = "admin") -> TestResponse:
        return client.post(f"/engine-rest/task{path}", json=body, headers=as_user(user))

    return run


@pytest.fixture
def change(database_engine: Engine) -> Callable[..., None]:
    """Write columns of the tasks of a case, by its business key."""

    def run(business_key: str, **columns: Any) -> None:
        with Session(database_engine) as session, session.begin():
            session.execute(update(Task).where(Task.business_key == business_key).values(**columns))

    return run


@pytest.fixture
def cases(deploy: Any, start: Any, change: Any) -> None:
    """Three open tasks: A and B of the clerk of one organisation, B claimed; C of the clerk of the other."""
    deploy(FILES)
    deploy({"one.bpmn": ONE_TASK}, tenant=OTHER)
    start("twoSteps", business_key="A", applicantName="Асан", amount=5, paid=True, city="Aktobe", note="x_y")
    start("twoSteps", business_key="B", applicantName="Үсен", amount=50, paid=False, city="aktobe", rate=1.5)
    start("oneTask", OTHER, business_key="C", amount="5", city="Astana", empty=None)
    change("A", due_at=NOON, created_at=NOON, follow_up_at=NOON, description="Urgent 100%", name="Register")
    change("B", due_at=NOON + timedelta(days=1), created_at=NOON + timedelta(hours=1), assignee=CLERK, priority=70)
    change("C", due_at=None, created_at=NOON + timedelta(hours=2), candidate_users=[FOREIGN], owner=FOREIGN)


def keys(answer: TestResponse, engine: Engine) -> list[str | None]:
    """The business keys of the tasks of an answer, in its order."""
    assert answer.status_code == 200, answer.text
    ids = [UUID(row["id"]) for row in answer.json]
    with Session(engine) as session:
        found = {task.id: task.business_key for task in session.scalars(select(Task).where(Task.id.in_(ids)))}
    return [found[task_id] for task_id in ids]


# -- who sees what --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    ("user", "seen"),
    [("admin", "ABC"), (CLERK, "AB"), (FOREIGN, "C"), (HEAD, ""), ("head.industrial-safety-committee", "")],
)
def test_people_see_the_tasks_of_their_groups_in_their_organisation(
    get: Get, post: Get, database_engine: Engine, user: str, seen: str
) -> None:
    assert sorted(keys(get(user), database_engine)) == list(seen)
    assert get(user, "/count").json == {"count": len(seen)}
    assert post({}, "/count", user).json == {"count": len(seen)}
    everything = {"orQueries": [{"priority": 50, "assigned": True, "unassigned": True}]}
    assert sorted(keys(post(everything, user=user), database_engine)) == list(seen)


def test_a_task_common_to_all_organisations_is_seen_by_its_group_everywhere(get: Get, deploy: Any, start: Any) -> None:
    deploy({"one.bpmn": ONE_TASK}, tenant=None)
    start("oneTask", None)
    assert [len(get(user).json) for user in (CLERK, FOREIGN, HEAD)] == [1, 1, 0]
    assert len(get(CLERK, candidateUser=CLERK).json) == 1
    assert len(get(CLERK, withoutTenantId="true").json) == 1


@pytest.mark.usefixtures("cases")
def test_nobody_sees_the_list_without_signing_in(client: FlaskClient) -> None:
    for path in ("", "/count"):
        assert client.get(f"/engine-rest/task{path}").status_code == 401
        assert client.post(f"/engine-rest/task{path}", json={}).status_code == 401


@pytest.mark.usefixtures("cases")
def test_an_answer_is_json_with_nothing_after_it_in_the_content_type(get: Get, post: Get) -> None:
    for answer in (get("admin"), post({}), get("admin", "/count"), get("admin", nameLike=5, unknown=1)):
        assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.usefixtures("cases")
def test_dates_have_milliseconds_and_an_offset_and_what_is_missing_is_null(get: Get) -> None:
    [a] = get("admin", processInstanceBusinessKey="A").json
    assert (a["due"], a["assignee"], a["lastUpdated"]) == ("2026-03-02T12:00:00.500+0000", None, None)
    [c] = get("admin", processInstanceBusinessKey="C").json
    assert c["due"] is None


# -- filters --------------------------------------------------------------------------------------------------------

MOMENT = "2026-03-02T12:00:00.500+0000"
FILTERED: list[tuple[dict[str, Any], str]] = [
    ({"assignee": CLERK}, "B"),
    ({"assigneeLike": "clerk.%"}, "B"),
    ({"assigneeIn": f"x,{CLERK}"}, "B"),
    ({"assigneeNotIn": CLERK}, ""),
    ({"assigned": "true"}, "B"),
    ({"unassigned": "true"}, "AC"),
    ({"unassigned": "false"}, "ABC"),
    ({"owner": FOREIGN}, "C"),
    ({"candidateGroup": "clerk"}, "AC"),
    ({"candidateGroup": "clerk", "includeAssignedTasks": "true"}, "ABC"),
    ({"candidateGroups": "head,clerk"}, "AC"),
    ({"candidateGroupLike": "cl%"}, "AC"),
    ({"candidateGroup": "head"}, ""),
    ({"candidateUser": CLERK}, "A"),
    ({"candidateUser": CLERK, "includeAssignedTasks": "true"}, "AB"),
    ({"candidateUser": FOREIGN}, "C"),
    ({"candidateUser": HEAD}, ""),
    ({"candidateUser": "nobody"}, ""),
    ({"involvedUser": CLERK}, "B"),
    ({"involvedUser": FOREIGN}, "C"),
    ({"withCandidateGroups": "true"}, "AC"),
    ({"withoutCandidateGroups": "true"}, ""),
    ({"withCandidateUsers": "true"}, "C"),
    ({"withoutCandidateUsers": "true"}, "A"),
    ({"processDefinitionKey": "twoSteps"}, "AB"),
    ({"processDefinitionKeyIn": "oneTask,x"}, "C"),
    ({"processDefinitionId": "twoSteps:9:x"}, ""),
    ({"processDefinitionName": "One task"}, "C"),
    ({"processDefinitionNameLike": "Two%"}, "AB"),
    ({"processInstanceId": "no id"}, ""),
    ({"processInstanceIdIn": "no id,00000000-0000-0000-0000-000000000000"}, ""),
    ({"taskId": "x"}, ""),
    ({"taskIdIn": "x,y"}, ""),
    ({"executionId": "x:1"}, ""),
    ({"activityInstanceIdIn": "x:1,y"}, ""),
    ({"processInstanceBusinessKey": "A"}, "A"),
    ({"processInstanceBusinessKeyIn": "A,C"}, "AC"),
    ({"processInstanceBusinessKeyLike": "%A%"}, "A"),
    ({"processInstanceBusinessKeyLike": "a"}, ""),
    ({"businessKeyLike": "%A%"}, "A"),
    ({"businessKey": "nothing"}, ""),
    ({"name": "work"}, "C"),
    ({"nameNotEqual": "WORK"}, "AB"),
    ({"nameLike": "%REGISTER%"}, "AB"),
    ({"nameLike": "register"}, "A"),
    ({"nameLike": "%ӨТІНІШ%"}, ""),
    ({"nameLike": "_ork"}, "C"),
    ({"nameLike": r"\_ork"}, ""),
    ({"nameLike": "%Асан%"}, ""),
    ({"nameNotLike": "Reg%"}, "C"),
    ({"description": "urgent 100%"}, "A"),
    ({"descriptionLike": r"%100\%"}, "A"),
    ({"descriptionLike": "%urg%"}, "A"),
    ({"taskDefinitionKey": "register"}, "AB"),
    ({"taskDefinitionKeyIn": "work,decide"}, "C"),
    ({"taskDefinitionKeyNotIn": "work"}, "AB"),
    ({"taskDefinitionKeyLike": "reg%"}, "AB"),
    ({"dueDate": MOMENT}, "A"),
    ({"dueAfter": MOMENT}, "B"),
    ({"dueBefore": MOMENT}, ""),
    ({"dueBefore": "2026-03-02T12:00:00.501+0000"}, "A"),
    ({"dueBefore": "2026-03-02T18:00:00.000+0500"}, "A"),
    ({"withoutDueDate": "true"}, "C"),
    ({"followUpDate": MOMENT}, "A"),
    ({"followUpAfter": MOMENT}, ""),
    ({"followUpBefore": "2026-03-03"}, "A"),
    ({"followUpBeforeOrNotExistent": MOMENT}, "BC"),
    ({"createdOn": MOMENT}, "A"),
    ({"createdAfter": MOMENT}, "BC"),
    ({"createdBefore": "2026-03-02T13:30:00Z"}, "AB"),
    ({"updatedAfter": MOMENT}, "BC"),
    ({"priority": 70}, "B"),
    ({"minPriority": 51}, "B"),
    ({"maxPriority": 50}, "AC"),
    ({"delegationState": "PENDING"}, ""),
    ({"active": "true"}, "ABC"),
    ({"suspended": "true"}, ""),
    ({"suspended": "false"}, "ABC"),
    ({"tenantIdIn": OTHER}, "C"),
    ({"withoutTenantId": "true"}, ""),
    ({"search": "асан"}, "A"),
    ({"search": "ҮСЕН register"}, "B"),
    ({"search": "100%"}, ""),
    ({"assignee": CLERK, "processDefinitionKey": "oneTask"}, ""),
]


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(("query", "found"), FILTERED, ids=[str(query) for query, _ in FILTERED])
def test_a_filter_gives_what_passes_it(
    get: Get, post: Get, database_engine: Engine, query: dict[str, Any], found: str
) -> None:
    assert sorted(keys(get("admin", **query), database_engine)) == list(found)
    assert get("admin", "/count", **query).json == {"count": len(found)}
    body = {name: _in_body(name, value) for name, value in query.items()}
    assert sorted(keys(post(body), database_engine)) == list(found)
    assert post(body, "/count").json == {"count": len(found)}


def _in_body(name: str, value: Any) -> Any:
    if value in ("true", "false"):
        return value == "true"
    return value.split(",") if name.endswith(("In", "Groups")) and isinstance(value, str) else value


@pytest.mark.usefixtures("cases")
def test_tasks_are_found_by_the_ids_that_they_show(get: Get) -> None:
    [a] = get("admin", processInstanceBusinessKey="A").json
    for name, field in (
        ("taskId", "id"),
        ("processInstanceId", "processInstanceId"),
        ("executionId", "executionId"),
        ("activityInstanceIdIn", "executionId"),
    ):
        assert get("admin", **{name: a[field]}).json == [a]
    assert len(get("admin", processDefinitionId=a["processDefinitionId"]).json) == 2


# -- variables ------------------------------------------------------------------------------------------------------

OF_PROCESS: list[tuple[str, str, Any, str]] = [
    ("amount", "eq", 5, "A"),
    ("amount", "eq", 5.0, "A"),
    ("amount", "eq", "5", "C"),
    ("amount", "neq", 5, "BC"),
    ("amount", "gt", 5, "B"),
    ("amount", "gteq", 5, "AB"),
    ("amount", "lt", 50, "A"),
    ("amount", "lteq", 50, "AB"),
    ("rate", "lt", 2, "B"),
    ("paid", "eq", True, "A"),
    ("paid", "neq", True, "B"),
    ("city", "eq", "Aktobe", "A"),
    ("city", "like", "A%", "AC"),
    ("city", "notLike", "A%", "B"),
    ("city", "gt", "Aktobe", "BC"),
    ("note", "like", r"x\_y", "A"),
    ("note", "like", r"x\_z", ""),
    ("empty", "eq", None, "C"),
    ("missing", "eq", None, ""),
    ("missing", "neq", 1, ""),
    ("a'b\"", "eq", "'; DROP TABLE task; --", ""),
]


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(("name", "operator", "value", "found"), OF_PROCESS)
def test_a_condition_on_a_variable_compares_with_the_type_of_the_value(
    post: Get, database_engine: Engine, name: str, operator: str, value: Any, found: str
) -> None:
    body = {"processVariables": [{"name": name, "operator": operator, "value": value}]}
    assert sorted(keys(post(body), database_engine)) == list(found)
    assert post({"taskVariables": body["processVariables"]}).json == []


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("city_eq_Aktobe", "A"),
        ("city_like_%stana", "C"),
        ("amount_eq_5", "AC"),
        ("amount_gt_40", "BC"),
        ("amount_gt_10,paid_eq_false", "B"),
        ("note_eq_x_y", "A"),
    ],
)
def test_conditions_of_a_query_string_are_written_in_a_line(
    get: Get, database_engine: Engine, written: str, found: str
) -> None:
    assert sorted(keys(get("admin", processVariables=written), database_engine)) == list(found)


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    ("name", "value", "flags", "found"),
    [
        ("CITY", "Aktobe", {"variableNamesIgnoreCase": True}, "A"),
        ("city", "AKTOBE", {"variableValuesIgnoreCase": True}, "AB"),
        ("CITY", "AKTOBE", {"variableNamesIgnoreCase": True, "variableValuesIgnoreCase": True}, "AB"),
        ("CITY", "Aktobe", {}, ""),
        ("AMOUNT", 50, {"variableNamesIgnoreCase": True, "variableValuesIgnoreCase": True}, "B"),
    ],
)
def test_upper_and_lower_case_are_the_same_when_asked_so(
    post: Get, database_engine: Engine, name: str, value: Any, flags: dict[str, bool], found: str
) -> None:
    body = {"processVariables": [{"name": name, "operator": "eq", "value": value}], **flags}
    assert sorted(keys(post(body), database_engine)) == list(found)


def test_dates_are_compared_as_moments(post: Get, deploy: Any, start: Any) -> None:
    deploy({"one.bpmn": ONE_TASK})
    start("oneTask", until=datetime(2026, 3, 2, 7, 0, tzinfo=UTC))
    for operator, value, count in (
        ("eq", "2026-03-02T12:00:00.000+0500", 1),
        ("lt", "2026-03-02T12:00:00.000+0500", 0),
        ("lt", "2026-03-02T08:00:00.000+0000", 1),
    ):
        body = {"processVariables": [{"name": "until", "operator": operator, "value": value}]}
        assert len(post(body).json) == count


# -- orQueries ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"orQueries": [{"assignee": CLERK, "owner": FOREIGN}]}, "BC"),
        ({"orQueries": [{"assignee": CLERK, "owner": FOREIGN}], "processDefinitionKey": "twoSteps"}, "B"),
        ({"orQueries": [{"assignee": CLERK, "owner": FOREIGN}, {"priority": 50, "assigned": False}]}, "C"),
        ({"orQueries": [{"candidateUser": CLERK, "withoutDueDate": True}]}, "AC"),
        ({"orQueries": [{}]}, "ABC"),
        ({"orQueries": None}, "ABC"),
        (
            {
                "orQueries": [
                    {
                        "processVariables": [
                            {"name": "amount", "operator": "eq", "value": 50},
                            {"name": "city", "operator": "eq", "value": "Astana"},
                        ]
                    }
                ]
            },
            "BC",
        ),
    ],
)
def test_one_filter_of_each_alternative_is_enough(
    post: Get, database_engine: Engine, body: dict[str, Any], found: str
) -> None:
    assert sorted(keys(post(body), database_engine)) == list(found)


@pytest.mark.usefixtures("cases")
def test_kazakh_letters_are_the_same_in_upper_and_lower_case(get: Get, change: Any, database_engine: Engine) -> None:
    change("A", name="Өтінішті ТІРКЕУ", words=folded("өтінішті тіркеу a асан"))
    for pattern in ("%тіркеу", "өТІНІШТІ%", "%ініш%"):
        assert keys(get("admin", nameLike=pattern), database_engine) == ["A"]


# -- order and page -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    ("key", "ascending"),
    [
        ("dueDate", "ABC"),
        ("created", "ABC"),
        ("lastUpdated", "ABC"),
        ("name", "ABC"),
        ("nameCaseInsensitive", "ABC"),
        ("assignee", "BAC"),
        ("instanceId", "ABC"),
        ("executionId", "ABC"),
        ("id", "ABC"),
        ("followUpDate", "ABC"),
        ("description", "ABC"),
    ],
)
def test_a_list_is_sorted_both_ways(get: Get, database_engine: Engine, key: str, ascending: str) -> None:
    assert keys(get("admin", sortBy=key, sortOrder="asc"), database_engine) == list(ascending)
    descending = keys(get("admin", sortBy=key, sortOrder="desc"), database_engine)
    assert descending == list(reversed(ascending))


@pytest.mark.usefixtures("cases")
def test_a_list_is_sorted_by_several_keys_and_by_variables(post: Get, database_engine: Engine) -> None:
    by_city = {"sortBy": "processVariable", "sortOrder": "desc", "parameters": {"variable": "city", "type": "String"}}
    by_priority = {"sortBy": "priority", "sortOrder": "desc"}
    by_created = {"sortBy": "created", "sortOrder": "desc"}
    assert keys(post({"sorting": [by_city]}), database_engine) == ["B", "C", "A"]
    assert keys(post({"sorting": [by_priority, by_created]}), database_engine) == ["B", "C", "A"]


@pytest.mark.usefixtures("cases")
def test_pages_follow_each_other(get: Get, post: Get, database_engine: Engine) -> None:
    pages = [keys(get("admin", firstResult=n, maxResults=2), database_engine) for n in (0, 2, 4)]
    assert pages == [["A", "B"], ["C"], []]
    assert keys(post({}, "?firstResult=1&maxResults=1"), database_engine) == ["B"]
    assert get("admin", maxResults=0).json == []


# -- what is refused ------------------------------------------------------------------------------------------------

REFUSED_IN_QUERY = [
    {"sortBy": "x", "sortOrder": "asc"},
    {"sortBy": "dueDate"},
    {"sortOrder": "asc"},
    {"sortBy": "dueDate", "sortOrder": "up"},
    {"sortBy": "processVariable", "sortOrder": "asc"},
    {"asignee": "typo"},
    {"assigneeExpression": "${x}"},
    {"caseInstanceId": "1"},
    {"parentTaskId": "1"},
    {"priority": "high"},
    {"priority": "1.5"},
    {"minPriority": str(2**40)},
    {"dueAfter": "tomorrow"},
    {"dueAfter": "2026-02-30T00:00:00Z"},
    {"active": "yes"},
    {"delegationState": "LOST"},
    {"firstResult": "-1"},
    {"maxResults": "x"},
    {"maxResults": "10001"},
    {"firstResult": str(2**40)},
    {"name": "a\0b"},
    {"processVariables": "amount"},
    {"processVariables": "amount_is_5"},
    {"includeAssignedTasks": "true"},
]


@pytest.mark.parametrize("query", REFUSED_IN_QUERY, ids=str)
def test_what_cannot_be_asked_in_a_query_string_is_a_bad_request(get: Get, query: dict[str, str]) -> None:
    answer = get("admin", **query)
    assert (answer.status_code, answer.json["type"]) == (400, "InvalidRequestException")
    assert any(name in answer.json["message"] for name in query)


@pytest.mark.parametrize(
    "body",
    [
        {"sorting": {}},
        {"sorting": [1]},
        {"sorting": [{"sortBy": "x", "sortOrder": "asc"}]},
        {"sorting": [{"sortBy": 5, "sortOrder": "asc"}]},
        {"sorting": [{"sortBy": "dueDate"}]},
        {"sorting": [{"sortBy": "processVariable", "sortOrder": "asc"}]},
        {"sorting": [{"sortBy": "processVariable", "sortOrder": "asc", "parameters": {"variable": 5}}]},
        {"assignee": 5},
        {"assignee": {"x": 1}},
        {"assigneeIn": [1]},
        {"assigneeIn": {}},
        {"active": 1},
        {"active": "perhaps"},
        {"priority": "x"},
        {"priority": True},
        {"priority": 1.5},
        {"dueAfter": 5},
        {"dueAfter": "soon"},
        {"delegationState": 1},
        {"processVariables": {}},
        {"processVariables": ["x"]},
        {"processVariables": [{"name": "x", "operator": "is", "value": 1}]},
        {"processVariables": [{"name": 1, "operator": "eq", "value": 1}]},
        {"processVariables": [{"name": "x", "operator": "eq", "value": {}}]},
        {"processVariables": [{"operator": "eq", "value": 1}]},
        {"orQueries": {}},
        {"orQueries": [1]},
        {"orQueries": [{"orQueries": [{}]}]},
        {"orQueries": [{"sorting": [{}]}]},
        {"orQueries": [{"priority": "x"}]},
        {"dueDateExpression": "${now()}"},
        {"includeAssignedTasks": True},
    ],
    ids=str,
)
def test_a_body_with_a_wrong_type_is_a_bad_request(post: Get, body: Any) -> None:
    paths = ("",) if "sorting" in body else ("", "/count")
    for path in paths:
        answer = post(body, path)
        assert (answer.status_code, answer.json["type"]) == (400, "InvalidRequestException"), answer.text


@pytest.mark.usefixtures("cases")
def test_properties_that_the_dialect_does_not_have_are_ignored_in_a_body(post: Get) -> None:
    body = {"key": 1, "page": {}, "pageSize": [], "assignee": None, "caseInstanceId": None}
    assert len(post(body).json) == 3


@pytest.mark.parametrize("path", ["?assignee=x", "/count?assignee=x"])
def test_an_unknown_parameter_beside_a_body_is_a_bad_request(post: Get, path: str) -> None:
    assert post({}, path).status_code == 400


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("maxResults=2147483647", "maxResults must not be above 10000"),
        ("maxResults=5&maxResults=6", "'maxResults' is given 2 times"),
        ("sortBy=name&sortOrder=asc&sortBy=created&sortOrder=asc", "'sortBy' is given 2 times"),
    ],
)
def test_a_page_that_cannot_be_given_as_asked_is_a_bad_request(
    client: FlaskClient, as_user: Any, query: str, why: str
) -> None:
    answer = client.get(f"/engine-rest/task?{query}", headers=as_user("admin"))
    assert answer.status_code == 400
    assert why in answer.json["message"]


# -- cost -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("cases")
def test_a_list_takes_one_statement_after_authentication(get: Get, statements: list[str]) -> None:
    query = {"candidateUser": CLERK, "sortBy": "dueDate", "sortOrder": "asc", "maxResults": 50}
    get(CLERK, **query)
    statements.clear()
    assert get(CLERK, **query).status_code == 200
    assert len(statements) == 2, statements


@pytest.mark.usefixtures("cases")
def test_comments_are_told_of_when_asked(get: Get, client: FlaskClient, as_user: Any) -> None:
    [a] = get("admin", processInstanceBusinessKey="A").json
    body = {"message": "seen"}
    client.post(f"/engine-rest/task/{a['id']}/comment/create", json=body, headers=as_user(CLERK))
    rows = get("admin", withCommentAttachmentInfo="true", sortBy="created", sortOrder="asc").json
    assert [row["comment"] for row in rows] == [True, False, False]
    assert get("admin", "/count", withCommentAttachmentInfo="true").json == {"count": 3}


@pytest.mark.usefixtures("cases")
def test_variables_are_given_when_asked_in_one_statement_more(
    get: Get, post: Get, client: FlaskClient, as_user: Any, statements: list[str]
) -> None:
    assert [row["variables"] for row in get("admin").json] == [None, None, None]
    [a] = get("admin", processInstanceBusinessKey="A").json
    at = f"/engine-rest/task/{a['id']}"
    client.put(f"{at}/localVariables/own", json={"value": 1}, headers=as_user(CLERK))
    every, own = (client.get(f"{at}/{name}", headers=as_user(CLERK)).json for name in ("variables", "localVariables"))
    assert own.keys() < every.keys()
    statements.clear()
    [row] = get(CLERK, withTaskVariablesInReturn="true", processInstanceBusinessKey="A").json
    assert (row["variables"], len(statements)) == (every, 3)
    [row] = post({"processInstanceBusinessKey": "A", "withTaskLocalVariablesInReturn": True}).json
    assert row["variables"] == own
    assert get("admin", "/count", withTaskVariablesInReturn="true").json == {"count": 3}


@pytest.mark.parametrize("name", sorted(UNSUPPORTED))
def test_a_filter_that_is_not_supported_is_never_ignored(get: Get, post: Get, name: str) -> None:
    assert get("admin", **{name: "true"}).status_code == 400
    assert post({name: "true"}).status_code == 400
