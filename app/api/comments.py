"""A comment as the dialect shows it."""

from typing import Any
from uuid import UUID

from flask import request

from app.domain.models.values import write_date
from app.store.tables import Comment


def comment_out(comment: Comment, root_id: UUID) -> dict[str, Any]:
    """root_id: of the case."""
    href = f"{request.host_url}engine-rest/task/{comment.task_id}/comment/{comment.id}"
    return {
        "links": [{"method": "GET", "href": href, "rel": "self"}],
        "id": str(comment.id),
        "userId": comment.user_id,
        "time": write_date(comment.at),
        "taskId": str(comment.task_id),
        "processInstanceId": str(comment.instance_id),
        "message": comment.message,
        "removalTime": None,
        "rootProcessInstanceId": str(root_id),
    }
