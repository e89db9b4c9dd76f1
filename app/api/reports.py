"""What has happened, counted and measured: at the elements of a definition, of tasks and of process instances."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.models import past_statistics
from app.actions.running import instances
from app.actions.terms.calendars import DEFAULT
from app.api import filters
from app.api.filters import Filters
from app.api.listing import READERS
from app.api.openapi import ROWS
from app.api.replies import reply
from app.errors import Invalid
from app.http.transaction import unit
from app.store import reports
from app.store.listing import Query
from app.store.reports import Period

blueprint = Blueprint("report", __name__, url_prefix="/engine-rest", description="What has happened, counted")
KIND = {"reportType": filters.text, "periodUnit": filters.text}
OF_INSTANCES = Filters({**KIND, **{name: READERS[given.kind] for name, given in reports.INSTANCES.items()}})
OF_TASKS = Filters(
    {**KIND, "groupBy": filters.text, **{name: READERS[one.kind] for name, one in reports.TASKS.items()}}
)
OF_ELEMENTS = Filters(
    dict.fromkeys(("canceled", "finished", "completeScope", "incidents"), filters.flag),
    frozenset({"startedBefore", "startedAfter", "finishedBefore", "finishedAfter", "processInstanceIdIn"}),
    ("activityId",),
)


@blueprint.get("/history/process-definition/<definition_id>/statistics")
@blueprint.doc(parameters=OF_ELEMENTS.described(paged=False), **ROWS)
def of_elements(definition_id: str) -> Response:
    """How much runs at each element of a definition, and if asked for how much has ended there"""
    u, given = unit(), OF_ELEMENTS.of_query()
    definition = instances.definition_for(u.session, u.actor, definition_id)
    ended = bool({"canceled", "finished", "completeScope"} & given.keys())
    found = past_statistics.of_elements(
        u.session, definition.id, u.staffed, ended=ended, incidents="incidents" in given
    )
    backwards = any(descending for _, descending in OF_ELEMENTS.order_of_query())
    return reply([_element(element, found[element], given) for element in sorted(found, reverse=backwards)])


def _element(element: str, counts: past_statistics.Counts, given: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": element,
        "instances": counts.running,
        "canceled": counts.cancelled if "canceled" in given else 0,
        "finished": counts.finished if "finished" in given else 0,
        "completeScope": counts.last if "completeScope" in given else 0,
        "openIncidents": counts.open_incidents,
        "resolvedIncidents": counts.resolved_incidents,
        "deletedIncidents": 0,
    }


@blueprint.get("/history/process-instance/report")
@blueprint.doc(parameters=OF_INSTANCES.described(paged=False), **ROWS)
def of_instances() -> Response:
    """How long process instances took, by the month or quarter in which they began"""
    u, given = unit(), OF_INSTANCES.of_query()
    if given.pop("reportType", None) != "duration":
        raise Invalid("reportType must be duration")
    period = _period(given)
    query = reports.instance_durations(u.staffed, period, DEFAULT.tz)
    conditions = (reports.INSTANCES[name].condition(value) for name, value in given.items())
    return reply(_durations(query.where(*conditions), period))


@blueprint.get("/history/task/report")
@blueprint.doc(parameters=OF_TASKS.described(paged=False), **ROWS)
def of_tasks() -> Response:
    """How long completed tasks took, or how many there were by name or definition"""
    u, given = unit(), OF_TASKS.of_query()
    kind, grouped = given.pop("reportType", None), given.pop("groupBy", "taskName")
    if kind not in ("duration", "count") or grouped not in ("taskName", "processDefinition"):
        raise Invalid("reportType must be duration or count, groupBy taskName or processDefinition")
    period = _period(given) if kind == "duration" else None
    given.pop("periodUnit", None)
    conditions = [reports.TASKS[name].condition(value) for name, value in given.items()]
    if period is not None:
        durations = _durations(reports.task_durations(u.staffed, period, DEFAULT.tz).where(*conditions), period)
        return reply([{**_NO_TASKS, **row} for row in durations])
    by_name = grouped == "taskName"
    query = (reports.tasks_by_name if by_name else reports.tasks_by_definition)(u.staffed)
    rows = u.session.execute(query.where(*conditions))
    return reply([_tasks(*row) if by_name else _tasks(None, *row) for row in rows])


_NO_TASKS = dict.fromkeys(
    ("taskName", "count", "processDefinitionKey", "processDefinitionId", "processDefinitionName", "tenantId")
)
_NO_DURATION = dict.fromkeys(("period", "periodUnit", "minimum", "maximum", "average"))


def _tasks(
    name: str | None, key: str, definition_id: str, definition_name: str | None, tenant: str | None, count: int
) -> dict[str, Any]:
    return {
        "taskName": name,
        "count": count,
        "processDefinitionKey": key,
        "processDefinitionId": definition_id,
        "processDefinitionName": definition_name,
        "tenantId": tenant,
        **_NO_DURATION,
    }


def _period(given: dict[str, Any]) -> Period:
    try:
        return Period(given.pop("periodUnit", "").lower())
    except ValueError:
        raise Invalid("periodUnit must be month or quarter") from None


def _durations(query: Query, period: Period) -> list[dict[str, Any]]:
    return [
        {"period": number, "periodUnit": period.name, "minimum": least, "maximum": most, "average": mean}
        for number, least, most, mean in unit().session.execute(query)
    ]


@blueprint.get("/task/report/candidate-group-count")
@blueprint.doc(**ROWS)
def by_group() -> Response:
    """How many open tasks each group has: one's own groups, for administrators all, and tasks without a group (null)"""
    u = unit()
    found = u.session.execute(reports.open_by_group(None if u.actor.administrator else u.actor.memberships))
    return reply([{"groupName": group, "taskCount": count} for group, count in found])
