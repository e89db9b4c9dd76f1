"""Check 4: every step can be reached and left, nothing waits for ever, no token is one too many."""

from collections.abc import Iterator
from datetime import UTC

from app.conformity.domains import Domains
from app.conformity.explore import MULTIPLYING
from app.conformity.findings import Finding, found
from app.conformity.net import Net
from app.conformity.study import Study
from app.conformity.tokens import JOIN, UNEXPLORED, walk
from app.conformity.unmodelled import unmodelled
from app.conformity.variables import never_given, read_at
from app.domain import iso8601
from app.domain.models.model import Kind, TimerKind
from app.expressions import is_expression

_OF_RESULTS = {"result-other"}
_CUT = MULTIPLYING | {UNEXPLORED}


def soundness(study: Study) -> Iterator[Finding]:
    service, space, net = study.service.key if study.service else None, study.space, study.net
    if net.first is None:
        yield found("no-start", service=service, element=net.process.id)
    for step_id, name in unmodelled(net):
        yield found("not-modelled", service=service, element=step_id, about=name)
    if space is None:
        return
    for problem, path in space.problems.items():
        if problem.code not in _OF_RESULTS:
            yield found(problem.code, service=service, element=problem.step, path=path, about=problem.about)
    yield from _halts(study, service)
    endless = space.endless()
    if endless and not any(problem.code == "round" for problem in space.problems):
        place = endless[0].tokens[0].step
        yield found("endless", service=service, element=place, path=space.witness(endless[0]))
    if not space.complete and not any(problem.code in _CUT for problem in space.problems):
        yield found("unexplored", service=service, element=net.process.id, about=len(space.before))
    if space.complete:
        for step in net.steps.values():
            if step.id not in space.visited and net.call_around(step) is None:
                yield found("unreachable", service=service, element=step.id)
    yield from _never_equal(study, service)
    for call in net.unknown_calls:
        called = net.steps[call].node.call
        about = called.called_element if called else ""
        yield found("unknown-call", service=service, element=call, about=about)
    yield from _unread(net, service)
    yield from _unknown_forms(study, service)
    for call, name in never_given(net, study.variables.writes):
        yield found("never-given", service=service, element=call, about=name)
    for step in net.steps.values():
        decision = step.node.decision
        if decision is not None and decision.decision not in study.surroundings.answers:
            yield found("unknown-decision", service=service, element=step.id, about=decision.decision)


def _unread(net: Net, service: str | None) -> Iterator[Finding]:
    """Conditions that nobody asks, and timers that say no time."""
    for step in net.steps.values():
        if step.kind == Kind.PARALLEL_GATEWAY:
            for edge in step.outgoing:
                if edge.condition is not None:
                    yield found("condition-unread", service=service, element=step.id, about=edge.condition)
        event = step.node.event
        if event.timer is not None and not is_expression(event.timer) and not _is_time(event.timer_kind, event.timer):
            yield found("timer-unread", service=service, element=step.id, about=event.timer)


def _is_time(kind: TimerKind | None, timer: str) -> bool:
    try:
        match kind:
            case TimerKind.DURATION:
                iso8601.duration(timer)
            case TimerKind.DATE:
                iso8601.moment(timer, UTC)
            case TimerKind.CYCLE:
                iso8601.cycle(timer, UTC)
    except ValueError:
        return False
    return True


def _unknown_forms(study: Study, service: str | None) -> Iterator[Finding]:
    """Without its form nothing is known of what people may answer."""
    named = {study.net.first or "": study.net.process.form_ref}
    for step in study.net.users():
        assert step.node.user_task is not None
        named[step.id] = step.node.user_task.form_ref
    for place, form in named.items():
        if form is not None and form not in study.surroundings.forms:
            yield found("unknown-form", service=service, element=place, about=form)


def _never_equal(study: Study, service: str | None) -> Iterator[Finding]:
    """Texts with which a variable is compared, and which nothing ever gives it.

    In a called process only what its forms give counts: its parameters are other in other calls.
    """
    net, said = study.net, set()
    computed = {
        one.target for writes in study.variables.writes.values() for one in (*writes.begin, *writes.work, *writes.end)
    }
    compared = [(net.process.id, False, study.total or "", "")]
    for step in net.steps.values():
        inside = net.call_around(step) is not None
        compared += [(step.id, inside, source, frame) for source, frame in read_at(step)]
    for place, inside, source, frame in compared:
        found_in = Domains()
        found_in.read(source, frame)
        for name, literals in found_in.literals.items():
            possible = None if inside and name in computed else study.given.get(name)
            for value in literals:
                if possible is not None and isinstance(value, str) and value not in possible:
                    said.add((place, f"{name} == '{value}'"))
    for place, about in sorted(said):
        yield found("never-equal", service=service, element=place, about=about)


def _halts(study: Study, service: str | None) -> Iterator[Finding]:
    """One finding a join at which a case stops, with the shortest way to it."""
    assert study.space is not None
    said: set[str] = set()
    for state, token in study.space.halts():
        if token.step in said:
            continue
        said.add(token.step)
        arrived = {one.flow for _, one in walk(state.tokens) if one.step == token.step and one.phase == JOIN}
        missing = [flow for flow in study.net.steps[token.step].incoming if flow not in arrived]
        path = study.space.witness(state)
        yield found("deadlock", service=service, element=token.step, path=path, missing=", ".join(missing))
