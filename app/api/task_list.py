"""The task list: GET and POST /engine-rest/task, and /count."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.lists import task_lists
from app.actions.models.models import Model, models_of
from app.actions.tasks import task_variables
from app.api import filters
from app.api.filters import Filters, Reader
from app.api.forms import form_reference
from app.api.listing import READERS, json_types
from app.api.openapi import COUNT, ROWS, taken
from app.api.replies import reply
from app.domain.models.values import dump, write_date
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store.tables import Task
from app.store.task_filters import CANDIDATES, FILTERS, ORDER, ORDER_BY_VARIABLE, UNSUPPORTED
from app.store.task_lists import Order, Query

blueprint = Blueprint("task_list", __name__, url_prefix="/engine-rest/task", description="The task list")
DELEGATIONS = ("PENDING", "RESOLVED")


def _delegation(name: str, raw: Any) -> str:
    if raw not in DELEGATIONS:
        raise Invalid(f"Cannot set query parameter '{name}' to value '{raw}': it is none of {', '.join(DELEGATIONS)}")
    return str(raw)


COMMENTS = "withCommentAttachmentInfo"
VARIABLES, LOCAL = "withTaskVariablesInReturn", "withTaskLocalVariablesInReturn"
BESIDE: Mapping[str, Reader] = dict.fromkeys((COMMENTS, VARIABLES, LOCAL), filters.flag)
"""What is told of each task when it is asked for."""
KNOWN: Mapping[str, Reader] = {
    **{name: READERS[given.kind] for name, given in FILTERS.items()},
    "delegationState": _delegation,
}
IN_QUERY = Filters({**KNOWN, **BESIDE}, UNSUPPORTED, ORDER.keys())
IN_BODY = Filters(KNOWN, UNSUPPORTED)
COUNTED = Filters({**KNOWN, **BESIDE}, UNSUPPORTED)
PAGE = Filters(BESIDE)
_BODY = json_types(FILTERS) | {"orQueries": "array"}


@blueprint.get("")
@blueprint.doc(summary="Open tasks that pass the filters", parameters=IN_QUERY.described(), **ROWS)
def query_tasks() -> Response:
    """By the query string."""
    given = IN_QUERY.of_query()
    orders = [Order(key, descending) for key, descending in IN_QUERY.order_of_query()]
    return _page(Query(_checked(_filters(given))), orders, given)


@blueprint.post("")
@blueprint.doc(
    summary="Open tasks that pass the filters",
    parameters=PAGE.described(),
    **ROWS,
    **taken({**_BODY, **dict.fromkeys(BESIDE, "boolean"), "sorting": "array"}),
)
def post_query_tasks() -> Response:
    """By a body, which may hold alternatives (`orQueries`)."""
    body = json_body()
    return _page(query_of(body), orders_of(body), PAGE.of_body(body) | PAGE.of_query())


@blueprint.get("/count")
@blueprint.doc(summary="How many open tasks pass the filters", parameters=COUNTED.described(paged=False), **COUNT)
def count_tasks() -> Response:
    """By the query string."""
    u, given = unit(), COUNTED.of_query()
    return reply({"count": task_lists.count_tasks(u.session, u.actor, Query(_checked(_filters(given))))})


@blueprint.post("/count")
@blueprint.doc(summary="How many open tasks pass the filters", **COUNT, **taken(_BODY))
def post_count_tasks() -> Response:
    """By a body."""
    u = unit()
    PAGE.of_query()
    return reply({"count": task_lists.count_tasks(u.session, u.actor, query_of(json_body()))})


def _filters(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in BESIDE}


def _page(query: Query, orders: list[Order], beside: Mapping[str, Any]) -> Response:
    u = unit()
    tasks = task_lists.list_tasks(u.session, u.actor, query, orders, *filters.page())
    rows = rows_of(u, tasks)
    if beside.get(VARIABLES) or beside.get(LOCAL):
        seen = task_variables.variables_of_many(u.session, tasks, local=not beside.get(VARIABLES))
        for row, task in zip(rows, tasks, strict=True):
            row["variables"] = {name: dump(variable) for name, variable in seen[task.id].items()}
    if beside.get(COMMENTS):
        commented, documented = task_lists.commented(u.session, tasks), task_lists.documented(u.session, tasks)
        for row, task in zip(rows, tasks, strict=True):
            row |= {"attachment": task.id in documented, "comment": task.id in commented}
    return reply(rows)


def rows_of(u: Unit, tasks: Sequence[Task]) -> list[dict[str, Any]]:
    """Tasks as the dialect shows them."""
    models = models_of(u.session, {task.definition_id for task in tasks})
    return [task_out(task, models[task.definition_id]) for task in tasks]


def query_of(body: Mapping[str, Any]) -> Query:
    """What a body asks of the list, which may hold alternatives. Raises Invalid naming the filter."""
    alternatives = [] if body.get("orQueries") is None else body["orQueries"]
    if not isinstance(alternatives, list) or not all(isinstance(entry, dict) for entry in alternatives):
        raise Invalid("orQueries must be a list of task queries")
    for entry in alternatives:
        if entry.get("orQueries") or entry.get("sorting"):
            raise Invalid("a query of orQueries has neither orQueries nor sorting of its own")
    read = tuple(_checked(IN_BODY.of_body(entry)) for entry in alternatives)
    return Query(_checked(IN_BODY.of_body(body)), read)


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    if values.get("includeAssignedTasks") and not CANDIDATES & values.keys():
        raise Invalid(f"includeAssignedTasks needs one of {', '.join(sorted(CANDIDATES))} beside it")
    return values


def orders_of(body: Mapping[str, Any]) -> list[Order]:
    """The sorting of a body: keys of the list, and variables by `parameters.variable`."""
    given = [] if body.get("sorting") is None else body["sorting"]
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        raise Invalid("sorting must be a list of {sortBy, sortOrder, parameters}")
    return [_order(entry) for entry in given]


def _order(entry: Mapping[str, Any]) -> Order:
    key = entry.get("sortBy")
    if not isinstance(key, str) or key not in ORDER_BY_VARIABLE:
        keys = Filters({}, sort_keys=ORDER.keys())
        [(plain_key, descending)] = keys.order_of_body({"sorting": [entry]})
        return Order(plain_key, descending)
    parameters = entry.get("parameters")
    variable = parameters.get("variable") if isinstance(parameters, dict) else None
    if not isinstance(variable, str) or not variable or "\0" in variable:
        raise Invalid(f"sorting by {key} needs parameters with the name of a variable")
    [(_, descending)] = Filters({}, sort_keys=ORDER_BY_VARIABLE).order_of_body({"sorting": [entry]})
    return Order(key, descending, variable)


def task_out(task: Task, model: Model) -> dict[str, Any]:
    """A task as the dialect shows it."""
    given = model.node(task.element).user_task
    reference = form_reference(given) if given else None
    return {
        "id": str(task.id),
        "name": task.name,
        "assignee": task.assignee,
        "created": write_date(task.created_at),
        "lastUpdated": write_date(task.updated_at),
        "due": write_date(task.due_at),
        "followUp": write_date(task.follow_up_at),
        "delegationState": task.delegation,
        "description": task.description,
        "executionId": f"{task.instance_id}:{task.token}",
        "owner": task.owner,
        "parentTaskId": None,
        "priority": task.priority,
        "processDefinitionId": task.definition_id,
        "processInstanceId": str(task.instance_id),
        "taskDefinitionKey": task.element,
        "caseExecutionId": None,
        "caseInstanceId": None,
        "caseDefinitionId": None,
        "suspended": task.suspended,
        "formKey": given.form_key if given else None,
        "operatonFormRef": reference,
        "camundaFormRef": reference,
        "tenantId": task.tenant_id,
        "taskState": "Created" if task.updated_at is None else "Updated",
        "attachment": None,
        "comment": None,
        "variables": None,
    }
