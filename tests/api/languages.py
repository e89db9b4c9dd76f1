"""Requests of people who read one of the three languages, and the small forms that they send."""

from typing import Any

import pytest

from tests.api.models import bpmn, line, user_task

HERE, THERE = "aktobe-gask", "industrial-safety-committee"
ASKED = {"kk": "kk-KZ,kk;q=0.9,ru;q=0.5", "ru": "ru", "en": "en-GB"}
"""What a client of each language asks for."""
each_language = pytest.mark.parametrize("language", ASKED)
START_OF = "/engine-rest/process-definition/key/{key}/tenant-id/" + HERE + "/submit-form"


def form(form_id: str, *components: dict[str, Any]) -> dict[str, Any]:
    return {"id": form_id, "type": "default", "components": list(components)}


def asking(key: str, form_id: str) -> str:
    """A process that is begun with a form and asks for nothing else."""
    start = f'<startEvent id="start" camunda:formRef="{form_id}" camunda:formRefBinding="latest">'
    return bpmn(key, line(user_task("work", "Work")).replace('<startEvent id="start">', start))
