"""Reminders of what time brings to tasks that somebody has: a term that is short, one that is over, the end of a hold; and
to deputies: the first day of an absence.

What has come between two moments is found by an index each: `ix_task_soon`, `ix_task_tenant_due`, `ix_task_due`,
`ix_task_follow_up`; a task whose case stands still is left out. Where a term was moved between them, when its case went on
or by hand, by an extension or a calendar, its moment may lie before them: those cases are looked at whole.
"""

from datetime import datetime

from sqlalchemy import Text, bindparam, text
from sqlalchemy.orm import Session

from app.store.tables.base import Moment

_REMIND = (
    text("""
WITH RECURSIVE moved AS (
    SELECT instance_id AS id FROM history
    WHERE at > :since AND at <= :now AND operation IN ('Resume', 'Extend', 'UpdateDueDate', 'Update')
  UNION
    SELECT instance.id FROM instance JOIN moved ON instance.super_id = moved.id
), come AS (
    SELECT 'soon' AS kind, id, instance_id, tenant_id, assignee, due_at AS moment FROM task
    WHERE task.ended_at IS NULL AND task.assignee IS NOT NULL AND due_at > :now
    AND timezone('UTC', due_at) - (due_at - created_at) / 5 > timezone('UTC', :since)
    AND timezone('UTC', due_at) - (due_at - created_at) / 5 <= timezone('UTC', :now)
  UNION ALL
    SELECT 'soon', task.id, task.instance_id, task.tenant_id, task.assignee, task.due_at
    FROM (SELECT tenant_id, zone, date_trunc('day', timezone(zone, :now)) AS today FROM calendar) AS local
    JOIN task ON task.tenant_id = local.tenant_id AND task.ended_at IS NULL AND task.assignee IS NOT NULL AND task.due_at > :now
    AND task.due_at < timezone(local.zone, local.today + interval '1 day')
    AND task.due_at < :now + interval '26 hours'
    WHERE timezone(local.zone, local.today) > :since
  UNION ALL
    SELECT 'overdue', id, instance_id, tenant_id, assignee, due_at FROM task
    WHERE task.ended_at IS NULL AND task.assignee IS NOT NULL AND due_at > :since AND due_at <= :now
  UNION ALL
    SELECT CASE WHEN due_at > :now THEN 'soon' ELSE 'overdue' END, task.id, task.instance_id, task.tenant_id, assignee, due_at
    FROM moved JOIN task ON task.instance_id = moved.id AND task.ended_at IS NULL AND task.assignee IS NOT NULL
    LEFT JOIN calendar ON calendar.tenant_id = task.tenant_id
    WHERE timezone('UTC', due_at) - (due_at - created_at) / 5 <= timezone('UTC', :now)
    OR date_trunc('day', timezone(calendar.zone, due_at)) = date_trunc('day', timezone(calendar.zone, :now))
  UNION ALL
    SELECT 'hold-over', id, instance_id, tenant_id, assignee, follow_up_at FROM task
    WHERE task.ended_at IS NULL AND task.assignee IS NOT NULL AND follow_up_at > :since AND follow_up_at <= :now
), told AS (
    INSERT INTO notice (at, moment, task_id, tenant_id, user_id, kind)
    SELECT :now, come.moment, come.id, come.tenant_id, come.assignee, come.kind
    FROM come JOIN instance ON instance.id = come.instance_id
    WHERE (json_typeof(instance.clock -> 'pauses' -> -1 -> 1) = 'null') IS NOT TRUE OR come.kind = 'hold-over'
    ON CONFLICT DO NOTHING RETURNING tenant_id, user_id
)
SELECT DISTINCT tenant_id, user_id FROM told
""")
    .bindparams(bindparam("since", type_=Moment), bindparam("now", type_=Moment))
    .columns(tenant_id=Text, user_id=Text)
)
"""A fifth: `domain.time_left.LITTLE`. Hours: a day is nowhere longer; only a bound that is known beforehand uses an index."""

_TELL_DEPUTIES = (
    text("""
INSERT INTO notice (at, moment, task_id, tenant_id, user_id, kind)
SELECT :now, begins, absence.id, absence.tenant_id, deputy_id, 'deputy-begins'
FROM calendar JOIN absence ON absence.tenant_id = calendar.tenant_id AND absence.ended_at IS NULL
AND first_day BETWEEN CAST(timezone(zone, :since) AS date) AND CAST(timezone(zone, :now) AS date),
LATERAL (SELECT timezone(zone, CAST(first_day AS timestamp)) AS begins) AS day
WHERE begins > :since AND begins <= :now AND made_at < begins
ON CONFLICT DO NOTHING RETURNING tenant_id, user_id
""")
    .bindparams(bindparam("since", type_=Moment), bindparam("now", type_=Moment))
    .columns(tenant_id=Text, user_id=Text)
)
"""Absences begin with the day; of one that had begun when it was entered the deputy was told then."""


def remind(session: Session, since: datetime, now: datetime) -> dict[str | None, list[str]]:
    """Write what has come after `since` until `now` and was not told yet; gives whom it was told, by organisation. Moments
    aware."""
    told: dict[str | None, list[str]] = {}
    for query in (_REMIND, _TELL_DEPUTIES):
        for tenant, person in session.execute(query, {"since": since, "now": now}):
            told.setdefault(tenant, []).append(person)
    return told
