"""Decisions and FEEL for the models: the deployed decision tables, kept compiled, and values there and back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.definitions import decisions
from app.domain.models.decision import DecisionModel
from app.domain.models.work import DecisionCall
from app.expressions import dmn, feel
from app.expressions.kept import Kept
from app.store import queries
from app.store.tables import Instance, Resource

_KEPT: Kept[DecisionModel] = Kept(20_000_000)


def decide(
    session: Session, instance: Instance, asked: DecisionCall, variables: Mapping[str, Any], now: datetime
) -> list[dict[str, Any]]:
    """The results of a decision for these variables, each by the names of its outputs.

    asked: with its texts evaluated; now: aware, in the provider's zone. Raises ValueError if there is no such decision
    or it has no result that could be relied on.
    """
    resource_id = queries.bound_decision(
        session, asked.decision, instance.tenant_id, asked.binding, asked.version, instance.definition_id
    )
    if resource_id is None:
        raise ValueError(f"it is not deployed ({asked.binding}{' ' + asked.version if asked.version else ''})")
    return results(deployed(session, resource_id), asked.decision, variables, now)


def results(model: DecisionModel, decision: str, variables: Mapping[str, Any], now: datetime) -> list[dict[str, Any]]:
    """The same of a decision of a file."""
    try:
        outcome = dmn.evaluate(model, decision, variables, now)
    except dmn.DecisionError as error:
        raise ValueError(error.message) from error
    zone = now.tzinfo
    return [
        {name: _outside(value, zone) for name, value in result.items()}
        for result in dmn.results(model.decisions[decision], outcome.value)
    ]


def deployed(session: Session, resource_id: UUID) -> DecisionModel:
    """The model of a deployed file, which never changes."""
    model = _KEPT.get(resource_id)
    if model is None:
        name, content = session.execute(select(Resource.name, Resource.content).where(Resource.id == resource_id)).one()
        model = decisions.read(name, content).model
        _KEPT.put(resource_id, model, len(content))
    return model


def evaluate_feel(expression: str, variables: Mapping[str, Any], now: datetime) -> tuple[Any, Sequence[str]]:
    """The value of an expression, and why parts of it are null. now: aware, in the provider's zone.

    Raises ValueError for a source that is not FEEL, and for an evaluation that costs too much.
    """
    try:
        result = feel.compile(expression).evaluate(variables, now=now)
    except feel.FeelError as error:
        raise ValueError(str(error)) from error
    if result.exhausted:
        raise ValueError(result.exhausted)
    return _outside(dmn.plain(result.value), now.tzinfo), result.warnings


def _outside(value: Any, zone: tzinfo | None) -> Any:
    """A plain FEEL value as variables hold it: whole numbers as int, a day as its ISO text, a moment without an offset
    as one of the provider's zone.
    """
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_outside(item, zone) for item in value]
    if isinstance(value, dict):
        return {name: _outside(item, zone) for name, item in value.items()}
    return value
