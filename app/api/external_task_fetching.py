"""Workers outside fetch external tasks; where there are none, the request waits for them without a thread."""

import time
from collections.abc import Mapping
from math import inf
from typing import Any

import orjson
from flask import Response, request
from flask_smorest import Blueprint

from app.actions.people import people
from app.actions.workers import fetching
from app.actions.workers.fetching import Fetched, Topic, Wanted
from app.api import filters
from app.api.external_tasks import lasting_in, task_out, whole_in
from app.api.filters import Filters
from app.api.listing import READERS
from app.api.openapi import ROWS, taken
from app.api.replies import flag_in, needed_text_in, reply
from app.domain.models.values import dump
from app.errors import Conflict, Invalid
from app.http import live
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store.external_tasks import OF_TOPIC
from app.store.variable_filters import Condition

LONGEST_WAIT = 1_800_000
"""Milliseconds for which a request may wait."""
MOST = 1_000
"""Tasks that are fetched at once; whoever asks for more gets so many."""
TOPICS_LIMIT = 100

blueprint = Blueprint(
    "external_task_fetching", __name__, url_prefix="/engine-rest/external-task", description="Fetching external tasks"
)


def _equal(name: str, raw: Any) -> list[Condition]:
    """`{name: value}` of a topic: each variable of the process has this value."""
    if not isinstance(raw, dict):
        raise Invalid(f"{name} must be an object of names to values")
    return filters.conditions(name, [{"name": one, "operator": "eq", "value": value} for one, value in raw.items()])


OF_TOPICS = Filters({**{name: READERS[given.kind] for name, given in OF_TOPIC.items()}, "processVariables": _equal})
SORTING = Filters({}, sort_keys=("createTime",))


@blueprint.route("/fetchAndLock", methods=["POST"])
@blueprint.doc(
    **ROWS,
    **taken(
        {
            "workerId": "string",
            "maxTasks": "integer",
            "usePriority": "boolean",
            "asyncResponseTimeout": "integer",
            "sorting": "array",
            "topics": "array",
        }
    ),
)
def fetch_and_lock() -> Response:
    """Fetch tasks, which are the worker's alone until his locks end. Without any, wait for `asyncResponseTimeout`."""
    u, body, began = unit(), json_body(), time.monotonic()
    wanted, seconds = _wanted(body), _seconds(body)
    fetched = fetching.fetch(u.session, u.actor, wanted, u.now)
    line = live.line()
    if fetched and line is not None and line.is_cut():
        raise Conflict("the worker has gone: nothing is locked for it")
    until = line.poll.until if line is not None and line.poll is not None else began + seconds
    if fetched or line is None or until <= began or not wanted.most:
        return reply([_fetched_out(one) for one in fetched])
    return live.wait(_poll(u, body, wanted, began, until))


def _seconds(body: Mapping[str, Any]) -> float:
    """For how long a worker wants to wait."""
    timeout = body.get("asyncResponseTimeout")
    if isinstance(timeout, int) and timeout > LONGEST_WAIT:
        raise Invalid(
            f"The asynchronous response timeout cannot be set to a value greater than {LONGEST_WAIT} milliseconds"
        )
    return whole_in(body, "asyncResponseTimeout", -(2**63), LONGEST_WAIT, 0) / 1000


def _poll(u: Unit, body: Mapping[str, Any], wanted: Wanted, began: float, until: float) -> live.Poll:
    free_in = fetching.next_free(u.session, wanted, u.now)
    return live.Poll(
        actor=u.actor,
        wish=(u.actor.user_id, orjson.dumps(body.get("topics"), option=orjson.OPT_SORT_KEYS)),
        topics=frozenset(wanted.topics),
        body=request.get_data(),
        since=began,
        again=inf if free_in is None else began + free_in.total_seconds(),
        until=until,
        known=began + people.rights_last(u.session, u.actor, u.now).total_seconds(),
    )


def _wanted(body: Mapping[str, Any]) -> Wanted:
    """Raises Invalid."""
    topics = body.get("topics") or []
    if not isinstance(topics, list) or not all(isinstance(one, dict) for one in topics):
        raise Invalid("topics must be a list of {topicName, lockDuration}")
    if len(topics) > TOPICS_LIMIT:
        raise Invalid(f"a worker fetches at most {TOPICS_LIMIT} topics at once, not {len(topics)}")
    order = SORTING.order_of_body(body)
    return Wanted(
        worker=needed_text_in(body, "workerId"),
        most=min(MOST, whole_in(body, "maxTasks", 0, 2**31 - 1)),
        topics={needed_text_in(one, "topicName"): _topic(one) for one in topics},
        by_priority=flag_in(body.get("usePriority"), "usePriority"),
        newest_first=bool(order) and order[0][1],
    )


def _topic(given: Mapping[str, Any]) -> Topic:
    names = given.get("variables")
    return Topic(
        lock=lasting_in(given, "lockDuration"),
        variables=None if names is None else frozenset(filters.texts("variables", names)),
        local=flag_in(given.get("localVariables"), "localVariables"),
        with_properties=flag_in(given.get("includeExtensionProperties"), "includeExtensionProperties"),
        filters=OF_TOPICS.of_body(given),
    )


def _fetched_out(one: Fetched) -> dict[str, Any]:
    return {
        **task_out(one.task, one.version_tag),
        "errorDetails": one.task.error_details,
        "variables": {name: dump(variable) for name, variable in one.variables.items()},
        "extensionProperties": dict(one.properties),
    }
