"""Reminders of what time brings to tasks that somebody has: a term that is short, one that is over, the end of a hold.

What has come between two moments is found by an index each: `ix_task_soon`, `ix_task_tenant_due`, `ix_task_due`,
`ix_task_follow_up`; a task whose case stands still is left out.
"""

from datetime import datetime

from sqlalchemy import Text, bindparam, text
from sqlalchemy.orm import Session

from app.store.tables.base import Moment

_REMIND = (
    text("""
WITH come AS (
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
    SELECT 'hold-over', id, instance_id, tenant_id, assignee, follow_up_at FROM task
    WHERE task.ended_at IS NULL AND task.assignee IS NOT NULL AND follow_up_at > :since AND follow_up_at <= :now
), told AS (
    INSERT INTO notice (at, moment, task_id, tenant_id, user_id, kind)
    SELECT :now, come.moment, come.id, come.tenant_id, come.assignee, come.kind
    FROM come JOIN instance ON instance.id = come.instance_id
    WHERE (json_typeof(instance.clock -> 'pauses' -> -1 -> 1) = 'null') IS NOT TRUE OR come.kind = 'hold-over'
    ON CONFLICT DO NOTHING RETURNING user_id
)
SELECT DISTINCT user_id FROM told
""")
    .bindparams(bindparam("since", type_=Moment), bindparam("now", type_=Moment))
    .columns(user_id=Text)
)
"""A fifth: `domain.time_left.LITTLE`. Hours: a day is nowhere longer; only a bound that is known beforehand uses an index."""


def remind(session: Session, since: datetime, now: datetime) -> list[str]:
    """Write what has come after `since` until `now` and was not told yet; gives whom it was told. Moments aware."""
    return list(session.scalars(_REMIND, {"since": since, "now": now}))
