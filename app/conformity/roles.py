"""Check 2: who does a step is who the act says, and it stands in the lane of that role."""

import re
from collections.abc import Iterator

from app.conformity.findings import Finding, found
from app.conformity.net import Net, Step
from app.conformity.pairing import role_of
from app.conformity.study import Study
from app.conformity.wording import same
from app.domain.acts.regulation import Procedure
from app.domain.terms.calendar import Text
from app.expressions import is_expression

APPLICANT = "applicant"
_WHO_APPLIED = f"${{{APPLICANT}}}"
_ANYBODY = "whichever"
"""In the note of a procedure: each who has a part in the service may do it."""


def roles(study: Study) -> Iterator[Finding]:
    for step in study.net.users():
        given = told(study, step)
        for role in sorted(role for role in given if role is not None and not is_expression(role)):
            yield from _of_task(study, step, role)
        if None in given:
            yield from _of_task(study, step, role_of(step) or "")
        if given == {APPLICANT} and study.service is not None and not _knows_applicant(study, step):
            yield found("applicant-unknown", service=study.service.key, element=step.id)


def told(study: Study, step: Step) -> set[str | None]:
    """The roles that the model gives the step to. Who is assigned as the one who applied is the applicant."""
    found_ = {due.role for due in study.dues.get(step.id, ())} or {role_of(step)}
    task = step.node.user_task
    return {APPLICANT} if found_ == {None} and task is not None and task.assignee == _WHO_APPLIED else found_


def _knows_applicant(study: Study, step: Step) -> bool:
    """Whether the process keeps who has started it, and hands that over to a call around the step."""
    call = study.net.call_around(step)
    given = call.node.call.inputs if call is not None and call.node.call is not None else None
    handed = given is None or any(one.all_variables or one.target == APPLICANT for one in given)
    return handed and study.net.process.initiator == APPLICANT


def _of_task(study: Study, step: Step, role: str) -> Iterator[Finding]:
    service = study.service.key if study.service else None
    known = study.surroundings.roles
    procedures = _procedures(study, step)
    persons = [one for one in procedures if one.of_person]
    clause = procedures[0].clause if procedures else None
    if procedures and not persons:
        yield found("system-task", service=service, clause=clause, element=step.id)
        return
    expected = list(dict.fromkeys(one.role for one in persons))
    if known is not None and role not in known:
        yield found("role-unknown", service=service, clause=clause, element=step.id, model=role or "–")
    elif expected and not _may_do(study, step, role, persons):
        act, model = _named(study, expected[0]), _named(study, role)
        yield found("role-other", service=service, clause=clause, element=step.id, act=act, model=model)
    lane, fitting = lane_of(study.net, step), {role, expected[0] if expected else role}
    if known is not None and role in known and lane not in {known[one].kk for one in fitting if one in known}:
        stands, wanted = lane or "–", known[role]
        yield found("lane-other", service=service, clause=clause, element=step.id, lane=stands, role=wanted)


def _may_do(study: Study, step: Step, role: str, procedures: list[Procedure]) -> bool:
    """Whether the act lets the role do it. A called process has more people in it: one of them must be who the act says."""
    expected = {one.role for one in procedures}
    call = study.net.call_around(step)
    if call is not None:
        inside = (one for one in study.net.users() if study.net.call_around(one) is call and study.dues.get(one.id))
        acting = {role for one in inside for role in told(study, one)}
        return bool(expected & acting)
    return role in expected or any(_allows(study, one, role) for one in procedures)


def _procedures(study: Study, step: Step) -> list[Procedure]:
    if study.service is None or study.pairing is None:
        return []
    element = study.pairing.elements.get(step.id)
    return [] if element is None else study.pairing.candidates(element, study.service)


def _allows(study: Study, procedure: Procedure, role: str) -> bool:
    """Whether the note of a procedure gives the role a part in it: "signed by the head or deputy within the same time"."""
    note = procedure.note.lower()
    if _ANYBODY in note and study.service is not None:
        return role in {one.role for one in study.service.procedures}
    names = [
        (name, key) for key, text in (study.surroundings.roles or {}).items() for name in text.en.lower().split(" or ")
    ]
    for name, key in sorted(names, key=lambda item: -len(item[0])):
        note, times = re.subn(rf"\b{re.escape(name)}\b", "", note)
        if times and key == role:
            return True
    return False


def _named(study: Study, role: str) -> Text:
    return (study.surroundings.roles or {}).get(role) or same(role)


def lane_of(net: Net, step: Step) -> str | None:
    """The lane that holds the step, or the subprocess around it."""
    around: Step | None = step
    while around is not None:
        if around.node.lane is not None:
            return around.node.lane
        outer = net.steps.get(around.scope or "")
        around = outer if outer is not None and outer.called is None else None
    return None
