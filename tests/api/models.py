"""Small models and forms as the API tests deploy them."""

from typing import Any

NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="http://example.com"'
)


def bpmn(key: str, content: str, *, name: str | None = None, attributes: str = "") -> str:
    """A file with one process. content: its nodes and flows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><definitions {NAMESPACES} id="file">'
        f'<process id="{key}" name="{name or key}" isExecutable="true" camunda:historyTimeToLive="P10Y" {attributes}>'
        f"{content}</process></definitions>"
    )


def line(*nodes: str) -> str:
    """Nodes in a line between a start and an end event. Each is given as `tag|id|attributes|children`."""
    ids = ["start", *(node.split("|")[1] for node in nodes), "end"]
    parts = ['<startEvent id="start"><outgoing>to_' + ids[1] + "</outgoing></startEvent>"]
    for index, node in enumerate(nodes, start=1):
        tag, node_id, attributes, children = (node.split("|") + ["", "", ""])[:4]
        parts.append(
            f'<{tag} id="{node_id}" {attributes}>{children}<incoming>to_{node_id}</incoming>'
            f"<outgoing>to_{ids[index + 1]}</outgoing></{tag}>"
        )
    parts.append('<endEvent id="end"><incoming>to_end</incoming></endEvent>')
    parts += [
        f'<sequenceFlow id="to_{target}" sourceRef="{source}" targetRef="{target}" />'
        for source, target in zip(ids, ids[1:], strict=False)
    ]
    return "".join(parts)


def user_task(task_id: str, name: str, groups: str = "clerk", attributes: str = "", children: str = "") -> str:
    return f'userTask|{task_id}|name="{name}" camunda:candidateGroups="{groups}" {attributes}|{children}'


REGISTER_FORM: dict[str, Any] = {
    "id": "register-form",
    "type": "default",
    "schemaVersion": 16,
    "components": [
        {"id": "f1", "type": "textfield", "key": "number", "label": "Number", "validate": {"required": True}},
        {"id": "f2", "type": "number", "key": "pages", "label": "Pages", "validate": {"min": 1}},
    ],
}

FORM = 'camunda:formRef="register-form" camunda:formRefBinding="latest" '
PLAIN_STEPS = bpmn(
    "twoSteps",
    line(
        user_task("register", "Register the application", attributes='camunda:dueDate="${workingDays(1)}"'),
        user_task("decide", "Decide", groups="head", attributes='camunda:priority="70"'),
    ),
    name="Two steps",
)
"""Clerk registers (due in one working day), head decides."""
TWO_STEPS = PLAIN_STEPS.replace('camunda:dueDate="${workingDays(1)}"', FORM + 'camunda:dueDate="${workingDays(1)}"')
"""The same, the clerk with REGISTER_FORM."""

ONE_TASK = bpmn("oneTask", line(user_task("work", "Work")), name="One task")

SEVERAL = bpmn(
    "several",
    line(
        user_task(
            "vote",
            "Vote",
            groups="commission",
            children='<multiInstanceLoopCharacteristics camunda:collection="${members}" camunda:elementVariable="member" />',
        )
    ),
)
"""A task for each of `members`."""

PLAIN_FILES = {"two-steps.bpmn": PLAIN_STEPS}
FILES: dict[str, Any] = {"two-steps.bpmn": TWO_STEPS, "register.form": REGISTER_FORM}
