"""What is read of one instance for administrators: the way it came, what it has called, what was done."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Integer,
    Row,
    Subquery,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    null,
    select,
    type_coerce,
    union_all,
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
    Membership,
    Task,
    User,
)
from app.store.trees import members

_Called = aliased(Instance)
_NOTHING: Any = literal_column("'{}'::jsonb", JSONB)


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
    """How much there is of it: walked (nodes left), called, waiting, incidents (open ones), history (rows)."""
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
            number(Incident, here[Incident], Incident.ended_at.is_(None)).label("incidents"),
            (
                number(History, History.instance_id.in_(of_tree))
                + number(Task, Task.instance_id.in_(of_tree), Task.end_reason == "completed")
                + number(Comment, Comment.instance_id.in_(of_tree))
            ).label("history"),
        )
    ).one()  # fmt: skip
    return dict(found._mapping)


GIVEN = (
    "Create", "Complete", "Receive", "Correlate", "Signal", "JobRun", "CompleteExternalTask", "BpmnError",
)  # fmt: skip
"""Operations of which `data` is what was given, by name; of `ModifyVariable` it is [old, new] by name."""


def variable_changes(instance_id: UUID, name: str | None) -> by.Query:
    """(name, at, user_id, on_behalf_of, operation, task_id, element, old, new, computed) of the changes of the variables of
    an instance, of one of them if it is named, the last first.

    old: of what was given, what was last known before. computed: set by the process itself, not given.
    """
    record = RECORDS.c
    data, written = cast(record.data, JSONB), cast(record.written, JSONB)
    parts = union_all(
        _set(data, record.operation.in_(GIVEN), paired=False, rank=0),
        _set(data, record.operation == "ModifyVariable", paired=True, rank=0),
        _set(written, record.written.is_not(None), paired=True, rank=1),
    )
    of_instance = parts.subquery("written_value")
    each = of_instance.c
    order = (each.at, func.length(each.id), each.id, each.rank)
    known = func.lag(each.new).over(partition_by=each.name, order_by=order)
    found = (
        select(
            each.name,
            each.at,
            each.user_id,
            each.on_behalf_of,
            each.operation,
            each.task_id,
            each.element,
            case((each.paired, each.old), else_=known).label("old"),
            each.new,
            (each.rank == 1).label("computed"),
            func.row_number().over(order_by=(*order, each.name)).label("place"),
        )
        .where(each.instance_id == instance_id)
        .subquery("change")
    )
    query = select(found).order_by(found.c.place.desc())
    return query if name is None else query.where(found.c.name == name)


def _set(source: Any, condition: Any, *, paired: bool, rank: int) -> Any:
    """The variables among some data of the records. paired: as [old, new]."""
    each = func.jsonb_each(case((func.jsonb_typeof(source) == "object", source), else_=_NOTHING))
    given = each.table_valued("key", "value", name="each_value")
    value = type_coerce(given.c.value, JSONB())
    record = RECORDS.c
    return (
        select(
            record.id,
            record.instance_id,
            record.at,
            record.user_id,
            record.on_behalf_of,
            record.operation,
            record.task_id,
            record.element,
            type_coerce(given.c.key, Text()).label("name"),
            (value.op("->")(0) if paired else cast(null(), JSONB)).label("old"),
            (value.op("->")(1) if paired else value).label("new"),
            literal(paired).label("paired"),
            literal(rank).label("rank"),
        )
        .join(given, by.ALWAYS)
        .where(condition)
    )


def members_of_roles(tenant: str | None, roles: Collection[str]) -> by.Query:
    """(group_id, full_name) of those who hold these roles in an organisation, None: in any."""
    return (
        select(Membership.group_id, User.full_name)
        .join(User, User.id == Membership.user_id)
        .where(Membership.group_id.in_(roles), by.ALWAYS if tenant is None else Membership.tenant_id == tenant)
        .order_by(Membership.group_id, User.first_name, User.last_name, User.id)
    )


def doers(root_id: UUID) -> by.Query:
    """(user_id, on_behalf_of, first, last, done: {operation: times}) of those who did something in a case."""
    tree, everything = members([root_id]), _everything()
    one = everything.c
    by_operation = (
        select(
            one.user_id,
            one.on_behalf_of,
            one.operation,
            func.count().label("times"),
            func.min(one.at).label("first"),
            func.max(one.at).label("last"),
        )
        .join(tree, tree.c.id == one.instance_id)
        .group_by(one.user_id, one.on_behalf_of, one.operation)
        .subquery("done")
    )
    each = by_operation.c
    return (
        select(
            each.user_id,
            each.on_behalf_of,
            func.min(each.first).label("first"),
            func.max(each.last).label("last"),
            func.jsonb_object_agg(each.operation, each.times).label("done"),
        )
        .group_by(each.user_id, each.on_behalf_of)
        .order_by(func.sum(each.times).desc(), each.user_id, each.on_behalf_of)
    )


def _everything() -> Subquery:
    """RECORDS and the comments, with the same columns."""
    said = select(
        cast(Comment.id, Text).label("id"),
        Comment.instance_id,
        Comment.at,
        Comment.user_id,
        cast(null(), Text).label("on_behalf_of"),
        literal("Comment", Text).label("operation"),
        Comment.task_id,
        cast(null(), Text).label("element"),
        cast(null(), Text).label("annotation"),
        cast(func.jsonb_build_object("message", Comment.message), JSON).label("data"),
        cast(null(), JSON).label("activities"),
        cast(null(), JSON).label("written"),
    )
    return union_all(select(*RECORDS.c), said).subquery("everything")


def audit(root_id: UUID, *, newest_first: bool = False) -> by.Query:
    """All that was done to an instance and to what it has called, in order: (id, instance_id, at, user_id, on_behalf_of,
    operation, task_id, element, annotation, data, activities, written), comments as an operation Comment with {"message"}."""
    tree, everything = members([root_id]), _everything()
    one = everything.c
    found = select(*one).join(tree, tree.c.id == one.instance_id)
    order = (one.at, func.length(one.id), one.id)
    return found.order_by(*(key.desc() if newest_first else key for key in order))
