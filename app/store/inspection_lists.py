"""What is read of one instance for administrators: the way it came, what it has called, what was done."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Integer,
    Row,
    Subquery,
    and_,
    cast,
    false,
    func,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, aliased

from app.store import listing as by
from app.store.records import RECORDS
from app.store.tables import (
    Comment,
    Definition,
    EventSubscription,
    ExternalTask,
    History,
    Incident,
    Instance,
    Job,
    Task,
)
from app.store.trees import members

_Called = aliased(Instance)


def _left(instance_id: UUID) -> Subquery:
    """The nodes that an instance has left, numbered from 1 in the order in which it did."""
    record = RECORDS.c
    each = (
        func.jsonb_array_elements(cast(record.activities, JSONB))
        .table_valued("value", with_ordinality="place", name="left_node")
        .render_derived()
    )
    fact = type_coerce(each.c.value, JSONB()).op("->>")
    order = (record.at, func.length(record.id), record.id, each.c.place)
    return (
        select(
            func.row_number().over(order_by=order).label("number"),
            record.at.label("ended"),
            record.user_id,
            record.on_behalf_of,
            record.operation,
            record.task_id,
            fact(0).label("node"),
            cast(fact(1), Integer).label("token"),
            func.coalesce(cast(fact(2), BigInteger), 0).label("took"),
            func.coalesce(cast(fact(4), Boolean), false()).label("cancelled"),
        )
        .join(each, by.ALWAYS)
        .where(record.instance_id == instance_id, record.activities.is_not(None))
        .subquery("way")
    )


def way(session: Session, instance_id: UUID, first: int, limit: int) -> Sequence[Row[Any]]:
    """(number, ended, user_id, on_behalf_of, operation, task_id, node, token, took: milliseconds, cancelled, called_id) of the
    nodes that were left, the last first."""
    left = _left(instance_id)
    found = (
        select(left, _Called.id.label("called_id"))
        .outerjoin(_Called, and_(_Called.super_id == instance_id, _Called.super_token == left.c.token))
        .order_by(left.c.number.desc())
    )
    return session.execute(found.offset(first).limit(limit)).all()


def passed(session: Session, instance_id: UUID) -> Sequence[Row[Any]]:
    """(node, first: where on the way, times) of the nodes that were left and not cancelled, in order."""
    left = _left(instance_id)
    first = func.min(left.c.number)
    found = select(left.c.node, first.label("first"), func.count().label("times")).where(~left.c.cancelled)
    return session.execute(found.group_by(left.c.node).order_by(first)).all()


def called(instance_id: UUID) -> by.Query:
    """(Instance, Definition) of what an instance has called, the last first."""
    return (
        select(Instance, Definition)
        .join(Definition, Definition.id == Instance.definition_id)
        .where(Instance.super_id == instance_id)
        .order_by(Instance.started_at.desc(), Instance.id)
    )


def counts(session: Session, instance_id: UUID) -> Mapping[str, int]:
    """How much there is of it: walked (nodes left), called, waiting, troubles (open incidents), audit (rows of history)."""
    here = {table: table.instance_id == instance_id for table in (Job, EventSubscription, ExternalTask, Incident, Task)}

    def number(table: Any, *conditions: Any) -> Any:
        return select(func.count()).select_from(table).where(*conditions).scalar_subquery()

    record, tree = RECORDS.c, members([instance_id])
    of_tree = tree.select().with_only_columns(tree.c.id)
    found = session.execute(
        select(
            select(func.coalesce(func.sum(func.json_array_length(record.activities)), 0))
            .where(record.instance_id == instance_id)
            .scalar_subquery()
            .label("walked"),
            number(Instance, Instance.super_id == instance_id).label("called"),
            (
                number(Job, here[Job]) + number(EventSubscription, here[EventSubscription])
                + number(ExternalTask, here[ExternalTask])
            ).label("waiting"),
            number(Incident, here[Incident], Incident.ended_at.is_(None)).label("troubles"),
            (
                number(History, History.instance_id.in_(of_tree))
                + number(Task, Task.instance_id.in_(of_tree), Task.end_reason == "completed")
                + number(Comment, Comment.instance_id.in_(of_tree))
            ).label("audit"),
        )
    ).one()  # fmt: skip
    return dict(found._mapping)
