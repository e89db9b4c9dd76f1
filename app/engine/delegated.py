"""Tasks that a named delegate does: within the step, or outside of it, called by a job."""

from SpiffWorkflow.task import Task

from app.engine.arming import arm
from app.engine.elements import ServiceTask
from app.engine.values import OpenedJob
from app.engine.waiting import priority_of


class DelegatedTask(ServiceTask):
    """Waits, with its boundary events, where the host says that the delegate is called outside of the step."""

    def perform(self, token: Task) -> bool | None:
        instance = token.workflow
        assert self.node.delegate is not None
        if not instance.host.is_outside(self.node.delegate):
            return super().perform(token)
        arm(token)
        priority = priority_of(token, self.node.job_priority, 0)
        instance.opened_jobs.append(OpenedJob(token.id, self.node.id, priority, calls=True))
        return None
