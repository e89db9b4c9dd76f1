"""What becomes of external tasks, written down."""

from datetime import datetime

from app.domain.ids import new_id
from app.store.external_task_log import Event
from app.store.tables import ExternalTask, ExternalTaskLog


def logged(task: ExternalTask, event: Event, now: datetime) -> ExternalTaskLog:
    """A row of the log, to be added: the task as it is now."""
    failed = event is Event.FAILED
    return ExternalTaskLog(
        id=new_id(),
        instance_id=task.instance_id,
        external_task_id=task.id,
        at=now,
        token=task.token,
        priority=task.priority,
        retries=task.retries,
        event=event,
        topic=task.topic,
        element=task.element,
        worker_id=task.worker_id,
        tenant_id=task.tenant_id,
        definition_id=task.definition_id,
        definition_key=task.definition_key,
        error=task.error if failed else None,
        error_details=task.error_details if failed else None,
    )
