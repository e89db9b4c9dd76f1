"""The figures: what became of each case, and the totals of cases and steps by day and month, which the database keeps up.

Triggers write each beginning and end as a `FigureChange`, in the transaction in which it happens; nobody waits for anybody.
`store.figures.fold` adds the changes up to totals; what is not folded yet is read beside them.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger, Identity, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base

UNENDED = text("ended_at IS NULL")
LATE = text("in_time IS FALSE")


class CaseFigure(Base):
    """A case in figures; id: of its root instance, after whose removal it stays.

    received_on, ended_on: the days in the zone of the provider. due_at: the end of the term of the whole case as it is now,
    None: it has none, or none yet; stands_since: see `Task`. outcome: of `domain.figures.Outcome`; result: as the act calls
    it by key; ground: of a refusal. worked: seconds of working time from beginning to end; counted: how much of the term was
    used, in `unit`: days, or seconds of working or (elapsedMinutes) any time.
    """

    __tablename__ = "case_figure"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    received_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    stands_since: Mapped[datetime | None]
    received_on: Mapped[date]
    ended_on: Mapped[date | None]
    worked: Mapped[int | None]
    counted: Mapped[int | None]
    in_time: Mapped[bool | None]
    tenant_id: Mapped[str | None]
    service: Mapped[str]
    outcome: Mapped[str | None]
    result: Mapped[str | None]
    ground: Mapped[str | None]
    unit: Mapped[str | None]
    __table_args__ = (
        Index(None, "received_on", "id"),
        Index(None, "tenant_id", "received_on", "id"),
        Index("ix_case_figure_outcome", "outcome", "ended_on", "id", postgresql_where=text("ended_at IS NOT NULL")),
        Index(
            "ix_case_figure_tenant_ended", "tenant_id", "ended_on", "id", postgresql_where=text("ended_at IS NOT NULL")
        ),
        Index("ix_case_figure_ended", "ended_on", "id", postgresql_where=text("ended_at IS NOT NULL")),
        Index("ix_case_figure_late", "ended_on", "id", postgresql_where=LATE),
        Index("ix_case_figure_open", "tenant_id", "service", "due_at", "stands_since", postgresql_where=UNENDED),
    )


class FigureChange(Base):
    """What is not in the totals yet. weight: 1, or -1 of what is taken back; event: received | ended | step; removed: of a
    step whose case was removed, so that it cannot be counted again; the rest as of `Figure` and `CaseFigure`."""

    __tablename__ = "figure_change"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    day: Mapped[date]
    weight: Mapped[int] = mapped_column(SmallInteger)
    removed: Mapped[bool] = mapped_column(server_default=text("false"))
    in_time: Mapped[bool | None]
    worked: Mapped[int | None]
    counted: Mapped[int | None]
    event: Mapped[str]
    tenant_id: Mapped[str | None]
    service: Mapped[str | None]
    process: Mapped[str | None]
    element: Mapped[str | None]
    outcome: Mapped[str | None]
    ground: Mapped[str | None]
    unit: Mapped[str | None]


KEY = ("event", "grain", "day", "tenant_id", "service", "process", "element")


class Figure(Base):
    """How many there were of a kind on a day, in a week or a month (grain d, w, m; day: the first), and how long they took.

    process, element: of a step, the key of its process and its place there. outcome: of a step, completed | deleted.
    """

    __tablename__ = "figure"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger)
    worked: Mapped[int] = mapped_column(BigInteger)
    counted: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date]
    in_time: Mapped[bool | None]
    removed: Mapped[bool]
    event: Mapped[str]
    grain: Mapped[str]
    tenant_id: Mapped[str | None]
    service: Mapped[str | None]
    process: Mapped[str | None]
    element: Mapped[str | None]
    outcome: Mapped[str | None]
    ground: Mapped[str | None]
    unit: Mapped[str | None]
    __table_args__ = (
        Index(
            "ix_figure_key",
            *KEY,
            "outcome",
            "ground",
            "in_time",
            "unit",
            "removed",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )


class Spread(Base):
    """Of how many the duration lies in a bucket (see `domain.figures`). unit: None of working time, else of what was counted
    of the term."""

    __tablename__ = "figure_spread"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date]
    bucket: Mapped[int] = mapped_column(SmallInteger)
    removed: Mapped[bool]
    event: Mapped[str]
    grain: Mapped[str]
    tenant_id: Mapped[str | None]
    service: Mapped[str | None]
    process: Mapped[str | None]
    element: Mapped[str | None]
    unit: Mapped[str | None]
    __table_args__ = (
        Index(
            "ix_figure_spread_key",
            *KEY,
            "unit",
            "bucket",
            "removed",
            unique=True,
            postgresql_include=["n"],
            postgresql_nulls_not_distinct=True,
        ),
    )


TRIGGERS = (
    """CREATE FUNCTION local_day(tenant text, moment timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
SELECT timezone(coalesce((SELECT zone FROM calendar WHERE tenant_id = tenant), 'Asia/Almaty'), moment)::date
$$""",
    """CREATE VIEW step_figure AS
SELECT task.id, local_day(task.tenant_id, task.ended_at) AS day, task.tenant_id, task.service,
    definition.key AS process, task.element, task.end_reason AS outcome,
    CASE WHEN task.end_reason = 'completed' THEN
        task.ended_at <= task.due_at OR coalesce(task.stands_since < task.due_at, false) END AS in_time,
    task.worked, task.counted, task.unit
FROM task JOIN definition ON definition.id = task.definition_id
WHERE task.ended_at IS NOT NULL""",
    """CREATE FUNCTION note_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO figure_change (day, event, weight, removed, tenant_id, service, process, element, outcome, in_time,
            worked, counted, unit)
        SELECT day, 'step', weight, weight > 0, tenant_id, service, process, element, outcome, in_time,
            worked, counted, unit
        FROM step_figure, (VALUES (-1), (1)) AS both_ways (weight) WHERE id = OLD.id;
        RETURN OLD;
    END IF;
    INSERT INTO figure_change (day, event, weight, tenant_id, service, process, element, outcome, in_time,
        worked, counted, unit)
    SELECT day, 'step', 1, tenant_id, service, process, element, outcome, in_time, worked, counted, unit
    FROM step_figure WHERE id = NEW.id;
    RETURN NULL;
END $$""",
    """CREATE TRIGGER step_ended AFTER UPDATE OF ended_at ON task FOR EACH ROW
WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION note_step()""",
    """CREATE TRIGGER step_removed BEFORE DELETE ON task FOR EACH ROW
WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION note_step()""",
    """CREATE FUNCTION note_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO figure_change (day, event, weight, tenant_id, service)
        VALUES (NEW.received_on, 'received', 1, NEW.tenant_id, NEW.service);
    ELSIF OLD.ended_at IS NOT NULL THEN
        INSERT INTO figure_change (day, event, weight, tenant_id, service, outcome, ground, in_time, worked, counted, unit)
        VALUES (OLD.ended_on, 'ended', -1, OLD.tenant_id, OLD.service, OLD.outcome, OLD.ground, OLD.in_time,
            OLD.worked, OLD.counted, OLD.unit);
    END IF;
    IF NEW.ended_at IS NOT NULL THEN
        INSERT INTO figure_change (day, event, weight, tenant_id, service, outcome, ground, in_time, worked, counted, unit)
        VALUES (NEW.ended_on, 'ended', 1, NEW.tenant_id, NEW.service, NEW.outcome, NEW.ground, NEW.in_time,
            NEW.worked, NEW.counted, NEW.unit);
    END IF;
    RETURN NULL;
END $$""",
    "CREATE TRIGGER case_received AFTER INSERT ON case_figure FOR EACH ROW EXECUTE FUNCTION note_case()",
    """CREATE TRIGGER case_ended AFTER UPDATE ON case_figure FOR EACH ROW
WHEN (OLD.ended_at IS NOT NULL OR NEW.ended_at IS NOT NULL) EXECUTE FUNCTION note_case()""",
)
"""In the order in which they are made, once the tables are there."""
DROPPED = (
    "DROP VIEW step_figure",
    "DROP FUNCTION note_case CASCADE",
    "DROP FUNCTION note_step CASCADE",
    "DROP FUNCTION local_day",
)
