"""Reminders of what time brings to tasks: a term that is short, one that is over, the end of a hold; and to deputies: the
first day of an absence. Of terms the leaders of the organisation are told, too, also of a task that nobody has.

What has come between two moments is found by an index each: `ix_task_soon`, `ix_task_tenant_due`, `ix_task_due`,
`ix_task_follow_up`; a task is left out while the clock of its case stands still,
unless its term was over by then. Where a term was moved between them, when its case went on
or by hand, by an extension or a calendar, its moment may lie before them: those cases are looked at whole. So are, each
time, the tasks that are not due yet of an organisation that wants to be told at another share of the term than most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, Uuid, bindparam, text
from sqlalchemy.orm import Session

from app.store.tables.base import Moment

_REMIND = (
    text(
        """
WITH RECURSIVE moved AS (
    SELECT instance_id AS id FROM history
    WHERE at > :since AND at <= :now AND operation IN ('Resume', 'Extend', 'UpdateDueDate', 'Update')
  UNION
    SELECT instance.id FROM instance JOIN moved ON instance.super_id = moved.id
), come AS (
    SELECT 'soon' AS kind, task.id, due_at AS moment
    FROM task LEFT JOIN organisation ON organisation.id = tenant_id
    WHERE task.ended_at IS NULL AND due_at > :now AND coalesce(reminder_percent, 20) = 20
    AND timezone('UTC', due_at) - (due_at - created_at) / 5 > timezone('UTC', :since)
    AND timezone('UTC', due_at) - (due_at - created_at) / 5 <= timezone('UTC', :now)
  UNION
    SELECT 'soon', task.id, due_at
    FROM organisation JOIN task ON tenant_id = organisation.id AND task.ended_at IS NULL AND due_at > :now
    WHERE reminder_percent <> 20 AND due_at - (due_at - created_at) * reminder_percent / 100 > :since
    AND due_at - (due_at - created_at) * reminder_percent / 100 <= :now
  UNION
    SELECT 'soon', task.id, task.due_at
    FROM (SELECT tenant_id, zone, date_trunc('day', timezone(zone, :now)) AS today FROM calendar) AS local
    JOIN task ON task.tenant_id = local.tenant_id AND task.ended_at IS NULL AND task.due_at > :now
    AND task.due_at < timezone(local.zone, local.today + interval '1 day')
    AND task.due_at < :now + interval '26 hours'
    WHERE timezone(local.zone, local.today) > :since
  UNION
    SELECT 'overdue', id, due_at FROM task WHERE task.ended_at IS NULL AND due_at > :since AND due_at <= :now
  UNION
    SELECT CASE WHEN due_at > :now THEN 'soon' ELSE 'overdue' END, task.id, due_at
    FROM moved JOIN task ON task.instance_id = moved.id AND task.ended_at IS NULL
    LEFT JOIN calendar ON calendar.tenant_id = task.tenant_id
    LEFT JOIN organisation ON organisation.id = task.tenant_id
    WHERE due_at - (due_at - created_at) * coalesce(reminder_percent, 20) / 100 <= :now
    OR date_trunc('day', timezone(calendar.zone, due_at)) = date_trunc('day', timezone(calendar.zone, :now))
  UNION
    SELECT 'hold-over', id, follow_up_at FROM task
    WHERE task.ended_at IS NULL AND assignee IS NOT NULL AND follow_up_at > :since AND follow_up_at <= :now
), due AS (
    SELECT kind, moment, task.id, instance_id, tenant_id, assignee, candidate_groups FROM come JOIN task USING (id)
    WHERE stands_since IS NULL OR kind = 'overdue' AND due_at < stands_since OR kind = 'hold-over'
), told AS (
    INSERT INTO notice (at, moment, task_id, tenant_id, user_id, kind)
    SELECT :now, moment, id, tenant_id, assignee, kind FROM due WHERE assignee IS NOT NULL
  UNION
    SELECT :now, moment, id, tenant_id, leader.user_id, 'team-' || kind
    FROM due JOIN membership AS leader USING (tenant_id)
    WHERE kind <> 'hold-over' AND candidate_groups IS DISTINCT FROM ARRAY['applicant']
    AND assignee IS DISTINCT FROM leader.user_id
    AND (group_id = 'head' OR group_id = 'unit_head' AND NOT EXISTS (
        SELECT FROM membership AS his WHERE his.tenant_id = due.tenant_id AND his.user_id = assignee
        AND his.group_id IN ('head', 'unit_head')))
    ON CONFLICT DO NOTHING RETURNING tenant_id, user_id, kind, task_id, moment
), passed AS (
    INSERT INTO history (instance_id, at, operation, task_id, data)
    SELECT instance_id, :now, 'Overdue', id, json_build_object('due', _IN_JSON)
    FROM due WHERE kind = 'overdue' AND NOT EXISTS (
        SELECT FROM history WHERE history.instance_id = due.instance_id AND operation = 'Overdue' AND task_id = due.id
        AND data ->> 'due' = _IN_JSON)
    RETURNING task_id
)
SELECT * FROM told
UNION ALL
SELECT tenant_id, NULL, 'overdue', id, moment FROM due JOIN passed ON task_id = id WHERE kind = 'overdue'
""".replace("_IN_JSON", """to_char(timezone('UTC', moment), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')""")
    )
    .bindparams(bindparam("since", type_=Moment), bindparam("now", type_=Moment))
    .columns(tenant_id=Text, user_id=Text, kind=Text, task_id=Uuid, moment=Moment)
)
"""A fifth, 20 per cent: `domain.time_left.LITTLE`. Hours: a day is nowhere longer; only a bound that is known beforehand uses
an index. Leaders: `domain.people.team.LEADERS`; nobody is told that his own head is late, nor of what applicants leave undone."""

_TELL_DEPUTIES = (
    text("""
INSERT INTO notice (at, moment, task_id, tenant_id, user_id, kind)
SELECT :now, begins, absence.id, absence.tenant_id, deputy_id, 'deputy-begins'
FROM calendar JOIN absence ON absence.tenant_id = calendar.tenant_id AND absence.ended_at IS NULL
AND first_day BETWEEN CAST(timezone(zone, :since) AS date) AND CAST(timezone(zone, :now) AS date),
LATERAL (SELECT timezone(zone, CAST(first_day AS timestamp)) AS begins) AS day
WHERE begins > :since AND begins <= :now AND made_at < begins
ON CONFLICT DO NOTHING RETURNING tenant_id, user_id, kind, task_id, moment
""")
    .bindparams(bindparam("since", type_=Moment), bindparam("now", type_=Moment))
    .columns(tenant_id=Text, user_id=Text, kind=Text, task_id=Uuid, moment=Moment)
)
"""Absences begin with the day; of one that had begun when it was entered the deputy was told then."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """Of what a person was told; user_id None: the task's history was told that its term is over. task_id: as in `Notice`."""

    tenant: str | None
    user_id: str | None
    kind: str
    task_id: UUID
    moment: datetime


def remind(session: Session, since: datetime, now: datetime) -> Sequence[Reminded]:
    """Write what has come after `since` until `now` and was not told yet; gives all of it. Moments aware."""
    given = {"since": since, "now": now}
    return [Reminded(*row) for query in (_REMIND, _TELL_DEPUTIES) for row in session.execute(query, given)]
