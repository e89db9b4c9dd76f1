"""`/api/statistics`: the figures of state services that the law asks for, for heads and administrators."""

from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.figures import lists, statistics
from app.actions.figures.lists import Case
from app.actions.figures.steps import Stage
from app.api.openapi import answer, asked
from app.api.replies import reply
from app.domain.figures.buckets import Durations
from app.domain.figures.outcomes import Outcome
from app.domain.figures.periods import Step
from app.domain.figures.tally import Tally
from app.domain.models.values import write_date
from app.domain.terms.calendar import Text
from app.http.figures_asked import asked_figures, given, place_given, written
from app.http.transaction import unit
from app.store.figure_lists import ENDED, OPEN, RECEIVED

blueprint = Blueprint("statistics", __name__, url_prefix="/api/statistics", description="The figures of state services")
PAGE = 100
WHOLE, NUMBER, TEXT = ({"type": kind} for kind in ("integer", "number", "string"))
NAMES = {"type": "object", "nullable": True, "properties": dict.fromkeys(("kk", "ru", "en"), TEXT)}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def _rows(schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    properties = {**more, **schema["properties"]}
    return {"type": "array", "items": _object(**properties)}


_TOOK = _object(count=WHOLE, average=NUMBER, median=NUMBER, p90=NUMBER, p95=NUMBER)
_TALLY = _object(
    received=WHOLE,
    completed=WHOLE,
    inTime=WHOLE,
    late=WHOLE,
    withoutTerm=WHOLE,
    shareLate=NUMBER,
    outcomes=_object(**dict.fromkeys(Outcome, WHOLE)),
    open=_object(all=WHOLE, inTime=WHOLE, late=WHOLE, withoutTerm=WHOLE),
    workingSeconds=_TOOK,
    term=_rows(_TOOK, unit=TEXT),
)
_STATISTICS = _object(
    **{"from": TEXT, "to": TEXT, "by": {"type": "string", "enum": list(Step)}},
    tenantId={**TEXT, "nullable": True},
    service={**TEXT, "nullable": True},
    total=_TALLY,
    periods=_rows(_TALLY, **{"from": TEXT, "to": TEXT}),
    services=_rows(_TALLY, service=TEXT, names=NAMES),
    organisations=_rows(_TALLY, tenantId={**TEXT, "nullable": True}, names=NAMES),
    grounds=_rows(_object(service=TEXT, ground={**TEXT, "nullable": True}, names=NAMES, count=WHOLE)),
    steps=_rows(
        _object(
            completed=WHOLE,
            inTime=WHOLE,
            late=WHOLE,
            withoutTerm=WHOLE,
            workingSeconds=_TOOK,
            term=_rows(_TOOK, unit=TEXT),
        ),
        processDefinitionKey=TEXT,
        activityId=TEXT,
        names=NAMES,
    ),
)
_SPAN = [
    asked("from", format="date", description="the first day, YYYY-MM-DD; without it that of the year"),
    asked("to", format="date", description="the last day, it included; without it today"),
    asked("tenantId", description="of one organisation alone"),
    asked("service", description="of one service alone, by key; then its steps are told, too"),
]
_BY = {"in": "query", "name": "by", "schema": {"type": "string", "enum": list(Step), "default": "month"}}
_WHICH = {
    "in": "query",
    "name": "which",
    "schema": {"type": "string", "enum": [RECEIVED, *ENDED, *OPEN], "default": RECEIVED},
}


@blueprint.get("")
@blueprint.doc(parameters=[*_SPAN, _BY], **answer(_STATISTICS))
def told() -> Response:
    """How many cases were received and what became of them, whether in time, and how long they took"""
    u, wanted = unit(), asked_figures("tenantId")
    found = statistics.statistics(u.session, u.actor, wanted, u.now)
    periods = [{**_span(span), **_tally(tally)} for span, tally in found.periods]
    services = [{"service": key, "names": _names(title), **_tally(tally)} for key, title, tally in found.services]
    places = [{"tenantId": tenant, "names": _names(name), **_tally(tally)} for tenant, name, tally in found.places]
    grounds = [
        {"service": one.service, "ground": one.key, "names": _names(one.name), "count": one.n} for one in found.grounds
    ]
    return reply(
        {
            **_span(wanted.span),
            "by": wanted.step.value,
            "tenantId": wanted.tenant,
            "service": wanted.service,
            "total": _tally(found.total),
            "periods": periods,
            "services": services,
            "organisations": places,
            "grounds": grounds,
            "steps": None if found.stages is None else [_stage(one) for one in found.stages],
        }
    )


def _span(span: Any) -> dict[str, str]:
    return {"from": span.first.isoformat(), "to": span.last.isoformat()}


def _names(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"kk": text.kk, "ru": text.ru, "en": text.en}


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "received": tally.received,
        "completed": tally.done,
        "inTime": tally.in_time,
        "late": tally.late,
        "withoutTerm": tally.without_term,
        "shareLate": tally.share_late,
        "outcomes": {one.value: tally.outcomes[one] for one in Outcome},
        "open": {
            "all": tally.open,
            "inTime": tally.open_in_time,
            "late": tally.open_late,
            "withoutTerm": tally.open_without_term,
        },
        **_durations(tally),
    }


def _durations(tally: Tally) -> dict[str, Any]:
    """workingSeconds: of working time; term: as the term counts, in days or (minutes, elapsedMinutes) seconds."""
    return {
        "workingSeconds": _took(tally.worked),
        "term": [{"unit": unit.value, **_took(took)} for unit, took in tally.counted.items()],
    }


def _took(took: Durations) -> dict[str, Any]:
    return {"count": took.n, "average": took.average, "median": took.median, "p90": took.p90, "p95": took.p95}


def _stage(one: Stage) -> dict[str, Any]:
    return {
        "processDefinitionKey": one.process,
        "activityId": one.element,
        "names": _names(one.name),
        "completed": one.completed,
        "inTime": one.tally.in_time,
        "late": one.tally.late,
        "withoutTerm": one.tally.without_term,
        **_durations(one.tally),
    }


_CASE = _object(
    **dict.fromkeys(("processInstanceId", "service", "receivedAt", "endedAt", "due", "outcome", "unit"), TEXT),
    removed={"type": "boolean"},
    inTime={"type": "boolean", "nullable": True},
    workingSeconds=WHOLE,
    counted=WHOLE,
)


@blueprint.get("/cases")
@blueprint.doc(
    parameters=[
        *_SPAN,
        _WHICH,
        asked("ground", description="of those refused: on which ground; empty: told in the text of the refusal alone"),
        asked("after", description="where the page before ended"),
    ],
    **answer(_object(cases={"type": "array", "items": _CASE}, after={**TEXT, "nullable": True})),
)
def cases() -> Response:
    """The cases that a number of the statistics counts, 100 at a time"""
    u, wanted, which = unit(), asked_figures("tenantId"), given("which") or RECEIVED
    ground = given("ground") if "ground" in request.args else None
    found, following = lists.cases(u.session, u.actor, wanted, which, ground, u.now, place_given(), PAGE)
    return reply({"cases": [_case(one) for one in found], "after": written(following)})


def _case(one: Case) -> dict[str, Any]:
    return {
        "processInstanceId": str(one.id),
        "removed": one.removed,
        "service": one.service_key,
        "receivedAt": write_date(one.received_at),
        "endedAt": None if one.ended_at is None else write_date(one.ended_at),
        "due": None if one.due_at is None else write_date(one.due_at),
        "inTime": one.in_time,
        "outcome": one.outcome,
        "workingSeconds": one.worked,
        "unit": one.unit,
        "counted": one.counted,
    }
