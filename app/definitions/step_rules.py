"""Rules on what activities refer to: roles, forms, delegates, processes, decisions and collections."""

import re
from collections.abc import Iterator
from datetime import UTC

from app.definitions.findings import Finding
from app.definitions.inspection import Inspection, has_expression, is_single_expression
from app.definitions.supported import REPEATED
from app.domain import iso8601
from app.domain.models.model import CallActivity, Kind, Language, Loop, Node, StandardLoop
from app.domain.models.references import Bound
from app.domain.models.work import DecisionCall, DecisionMapping, UserTask
from app.domain.people.four_eyes import NOT_BY, incompatible_steps
from app.domain.retries import retries

MAX_CARDINALITY = 10_000

_EXPRESSION = re.compile(r"[$#]\{[^}]*\}?")
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_NUMBER = re.compile(r"[0-9]{1,9}")
_NAME = re.compile(r"[^\W\d]\w*")
_BINDINGS = ("latest", "deployment", "version", "versionTag")


def step_rules(inspection: Inspection) -> Iterator[Finding]:
    process = inspection.process
    yield from _roles(inspection, process.id, process.candidate_starter_groups)
    yield from _form(inspection, process.id, process.form_ref, process.form_ref_binding, process.form_ref_version)
    for node in inspection.nodes():
        yield from _job(inspection, node)
        if node.user_task is not None:
            yield from _user_task(inspection, node.id, node.user_task)
        if node.external is not None:
            yield from _priority(inspection, node.id, node.external.priority)
        if NOT_BY in node.properties:
            yield from _four_eyes(inspection, node)
        if node.call is not None:
            yield from _call(inspection, node.id, node.call)
        if (node.loop or node.standard_loop) and node.kind not in REPEATED:
            yield inspection.at("multi-instance-not-supported", node.id, step=node.kind)
        if node.loop is not None:
            yield from _multi_instance(inspection, node, node.loop)
        if node.standard_loop is not None:
            yield from _standard_loop(inspection, node, node.standard_loop)
        if node.delegate is not None and node.delegate not in inspection.surroundings.delegates:
            yield inspection.at("delegate-unknown", node.id, delegate=node.delegate)
        if node.decision is not None:
            yield from _decision(inspection, node.id, node.decision)
        if node.kind == Kind.SCRIPT_TASK and _is_no_expression(node):
            yield inspection.at("script-not-expression", node.id, text=node.expression or "")


def _job(inspection: Inspection, node: Node) -> Iterator[Finding]:
    """How a job goes on with the node, and when it is tried again (Camunda's jobPriority and failedJobRetryTimeCycle)."""
    priority = node.job_priority
    if priority and not has_expression(priority) and not _WHOLE_NUMBER.fullmatch(priority):
        yield inspection.at("priority-invalid", node.id, text=priority)
    if node.retries and not has_expression(node.retries) and not _is_retries(node.retries):
        yield inspection.at("retries-invalid", node.id, text=node.retries)


def _is_retries(text: str) -> bool:
    try:
        retries(text, UTC)
    except (ValueError, OverflowError):
        return False
    return True


def _is_no_expression(script: Node) -> bool:
    """In FEEL every text is one, which its own check tells."""
    text = script.expression
    return bool(text) and script.language is Language.JUEL and not is_single_expression(text or "")


def _user_task(inspection: Inspection, node: str, task: UserTask) -> Iterator[Finding]:
    if not (task.assignee or task.candidate_groups or task.candidate_users):
        yield inspection.at("user-task-unassigned", node)
    yield from _roles(inspection, node, task.candidate_groups)
    yield from _form(inspection, node, task.form_ref, task.form_ref_binding, task.form_ref_version)
    for date in (task.due_date, task.follow_up_date):
        if date and not has_expression(date) and not _is_date(date):
            yield inspection.at("date-invalid", node, text=date)
    yield from _priority(inspection, node, task.priority)


def _priority(inspection: Inspection, node: str, priority: str | None) -> Iterator[Finding]:
    if priority and not has_expression(priority) and not _WHOLE_NUMBER.fullmatch(priority):
        yield inspection.at("priority-invalid", node, text=priority)


def _four_eyes(inspection: Inspection, node: Node) -> Iterator[Finding]:
    """The steps may be of any process of the file or, where one calls others, of theirs, which are not known here."""
    if node.user_task is None or not incompatible_steps(node.properties):
        yield inspection.at("four-eyes-nothing", node.id)
        return
    steps = {one.id for process in inspection.model.processes for one in process.nodes.values() if one.user_task}
    calls = any(one.call is not None for one in inspection.nodes())
    for step in incompatible_steps(node.properties):
        if step == node.id:
            yield inspection.at("four-eyes-itself", node.id)
        elif step not in steps:
            yield inspection.at("four-eyes-elsewhere" if calls else "four-eyes-unknown", node.id, other=step)


def _is_date(text: str) -> bool:
    try:
        iso8601.moment(text, UTC)
    except ValueError:
        return False
    return True


def _roles(inspection: Inspection, place: str, groups: str | None) -> Iterator[Finding]:
    """The roles that are written out; those that expressions give are known only when the process runs."""
    for role in _EXPRESSION.sub("${", groups or "").split(","):
        role = role.strip()
        if role and not has_expression(role) and role not in inspection.surroundings.roles:
            yield inspection.at("role-unknown", place, role=role)


def _form(
    inspection: Inspection, place: str, form: str | None, binding: str | None, version: str | None
) -> Iterator[Finding]:
    if form is None:
        return
    if not has_expression(form) and form not in inspection.surroundings.forms:
        yield inspection.at("form-unknown", place, form=form)
        return
    if version is not None and has_expression(version):
        yield inspection.at("binding-invalid", place, binding=binding or "latest", allowed=", ".join(_BINDINGS))
        return
    yield from _binding(inspection, place, Bound.FORM, form, binding or "latest", version)


def _is_version(text: str | None) -> bool:
    return text is not None and (has_expression(text) or _WHOLE_NUMBER.fullmatch(text) is not None)


def _call(inspection: Inspection, node: str, call: CallActivity) -> Iterator[Finding]:
    called = call.called_element
    if called and not has_expression(called) and called not in inspection.surroundings.processes:
        yield inspection.at("process-unknown", node, process=called)
        return
    yield from _binding(inspection, node, Bound.PROCESS, called, call.binding, call.version)


def _decision(inspection: Inspection, node: str, call: DecisionCall) -> Iterator[Finding]:
    decision = call.decision
    if not has_expression(decision) and decision not in inspection.surroundings.decisions:
        yield inspection.at("decision-unknown", node, decision=decision)
    else:
        yield from _binding(inspection, node, Bound.DECISION, decision, call.binding, call.version)
    if call.mapping not in list(DecisionMapping):
        allowed = ", ".join(DecisionMapping)
        yield inspection.at("decision-mapping-invalid", node, mapping=call.mapping, allowed=allowed)


def _binding(
    inspection: Inspection, place: str, what: Bound, key: str, binding: str, version: str | None
) -> Iterator[Finding]:
    """The version that is meant is there; what expressions give is known only when the process runs."""
    complete = {"version": _is_version(version), "versionTag": version is not None}
    if binding not in _BINDINGS or not complete.get(binding, True):
        yield inspection.at("binding-invalid", place, binding=binding, allowed=", ".join(_BINDINGS))
        return
    known = inspection.surroundings.versions.get(what)
    if known is None or version is None or binding not in complete or has_expression(key) or has_expression(version):
        return
    if (key, version.lstrip("0") if binding == "version" else version) not in (
        known.numbers if binding == "version" else known.tags
    ):
        code = "version-unknown" if binding == "version" else "version-tag-unknown"
        yield inspection.at(code, place, target=key, version=version)


def _standard_loop(inspection: Inspection, node: Node, loop: StandardLoop) -> Iterator[Finding]:
    if loop.condition is None and loop.maximum is None:
        yield inspection.at("loop-endless", node.id)
    if loop.condition is not None and loop.language is Language.JUEL and not is_single_expression(loop.condition):
        yield inspection.at("condition-not-expression", node.id, text=loop.condition)
    if loop.maximum is not None and not is_single_expression(loop.maximum) and not _NUMBER.fullmatch(loop.maximum):
        yield inspection.at("loop-maximum-invalid", node.id, text=loop.maximum)


def _multi_instance(inspection: Inspection, node: Node, loop: Loop) -> Iterator[Finding]:
    if not loop.cardinality and not loop.collection:
        yield inspection.at("multi-instance-empty", node.id)
    if loop.cardinality and loop.collection:
        yield inspection.at("multi-instance-both", node.id)
    if loop.cardinality and not is_single_expression(loop.cardinality):
        whole = loop.cardinality.isascii() and loop.cardinality.isdigit() and len(loop.cardinality) < 9
        if not whole or int(loop.cardinality) > MAX_CARDINALITY:
            yield inspection.at("cardinality-invalid", node.id, text=loop.cardinality, limit=MAX_CARDINALITY)
    if loop.collection and not (is_single_expression(loop.collection) or _NAME.fullmatch(loop.collection)):
        yield inspection.at("collection-invalid", node.id, text=loop.collection)
    if loop.completion_condition and not is_single_expression(loop.completion_condition):
        yield inspection.at("condition-not-expression", node.id, text=loop.completion_condition)
