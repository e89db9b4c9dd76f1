"""The rule that what is found by its name can be: no name is too long to be looked for."""

from collections.abc import Iterator

from app.definitions.findings import Finding
from app.definitions.inspection import Inspection, has_expression
from app.domain.acts.editions import EDITION
from app.domain.models.model import LONGEST_NAME, Node


def name_rules(inspection: Inspection) -> Iterator[Finding]:
    """What expressions give is known only when the process runs."""
    process = inspection.process
    for name in (process.version_tag, process.properties.get(EDITION)):
        if name is not None and len(name) > LONGEST_NAME:
            yield inspection.at("name-too-long", process.id, name=name, limit=LONGEST_NAME)
    for node in inspection.nodes():
        for name in _names(node):
            if name is not None and len(name) > LONGEST_NAME and not has_expression(name):
                yield inspection.at("name-too-long", node.id, name=name, limit=LONGEST_NAME)


def _names(node: Node) -> Iterator[str | None]:
    for _, event in node.events():
        yield from (event.name, event.business_key)
    if task := node.user_task:
        yield task.assignee
        yield from (task.candidate_users or "").split(",")
    if node.external:
        yield node.external.topic
    if node.call:
        yield node.call.business_key
