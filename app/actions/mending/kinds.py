"""What can be asked of many: by the dialect's name of the batch, how its JSON is read, and what is done to each.

asked: JSON-able facts, as the functions below take them; variables in it as `running.variables.packed` writes them.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from app.actions.mending import acts
from app.actions.mending.acts import Call, Change
from app.actions.mending.kept_instructions import instructions_in, places_in, plan_in
from app.actions.running.variables import unpacked

Asked = Mapping[str, Any]
Doing = Callable[[Call, UUID], Change]
SUSPENSION, DELETION = "instance-update-suspension-state", "instance-deletion"
MODIFICATION, MIGRATION, RESTART = "instance-modification", "instance-migration", "instance-restart"
VARIABLES, MESSAGE = "set-variables", "correlate-message"
JOB_RETRIES, TASK_RETRIES, RETRY = "set-job-retries", "set-external-task-retries", "retry"
RESOLUTION = "resolve-incident"


def _suspension(asked: Asked) -> Doing:
    return partial(acts.suspend, suspended=asked["suspended"])


def _deletion(_: Asked) -> Doing:
    return acts.cancel


def _modification(asked: Asked) -> Doing:
    instructions = instructions_in(asked["instructions"])
    return partial(acts.modify, instructions=instructions, definition_id=asked["definition"])


def _migration(asked: Asked) -> Doing:
    return partial(acts.migrate, plan=plan_in(asked))


def _variables(asked: Asked) -> Doing:
    given, deletions = unpacked(asked["variables"]), asked.get("deletions", ())
    return partial(acts.set_variables, variables=given, deletions=deletions, alike=asked.get("alike", False))


def _restart(asked: Asked) -> Doing:
    return partial(
        acts.restart,
        definition_id=asked["definition"],
        places=places_in(asked["instructions"]),
        with_business_key=asked["withBusinessKey"],
    )


def _message(asked: Asked) -> Doing:
    return partial(acts.tell, message=asked["message"], variables=unpacked(asked["variables"]))


def _job_retries(asked: Asked) -> Doing:
    due = asked.get("due")
    return partial(
        acts.set_job_retries, retries=asked["retries"], due=None if due is None else datetime.fromisoformat(due)
    )


def _task_retries(asked: Asked) -> Doing:
    return partial(acts.set_task_retries, retries=asked["retries"])


def _retry(asked: Asked) -> Doing:
    return partial(acts.retry, retries=asked["retries"])


def _resolution(_: Asked) -> Doing:
    return acts.resolve


KINDS: Mapping[str, Callable[[Asked], Doing]] = {
    SUSPENSION: _suspension,
    DELETION: _deletion,
    MODIFICATION: _modification,
    MIGRATION: _migration,
    VARIABLES: _variables,
    RESTART: _restart,
    MESSAGE: _message,
    JOB_RETRIES: _job_retries,
    TASK_RETRIES: _task_retries,
    RETRY: _retry,
    RESOLUTION: _resolution,
}
"""Of each: reads what was asked, and gives what is done to each subject: an instance, of the first two kinds of retries a job or
an external task, of a resolution an incident."""
