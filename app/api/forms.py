"""The forms of start events and tasks, as the dialect names them."""

from typing import Any

from flask import Response

from app.api.replies import reply
from app.domain.models.model import Process
from app.domain.models.work import UserTask


def form_reference(of: Process | UserTask) -> dict[str, Any] | None:
    """The form that the model names by its id; None for no form, or one by a key."""
    if of.form_ref is None:
        return None
    binding, version = of.form_ref_binding or "latest", of.form_ref_version or ""
    bound = binding == "version" and version.isdecimal()  # the deployment has let in no number that is too large
    return {"key": of.form_ref, "binding": binding, "version": int(version) if bound else None}


def form_out(of: Process | UserTask) -> Response:
    """The answer to which form there is."""
    reference = form_reference(of)
    return reply({"key": of.form_key, "operatonFormRef": reference, "camundaFormRef": reference, "contextPath": None})
