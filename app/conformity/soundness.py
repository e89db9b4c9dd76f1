"""Check 4: every step can be reached and left, nothing waits for ever, no token is one too many."""

from collections.abc import Iterator

from app.conformity.domains import Domains
from app.conformity.explore import MULTIPLYING
from app.conformity.findings import Finding, found
from app.conformity.study import Study
from app.conformity.tokens import JOIN, walk
from app.conformity.values import Given
from app.conformity.variables import sources

_OF_RESULTS = {"result-other"}


def soundness(study: Study) -> Iterator[Finding]:
    service, space, net = study.service.key if study.service else None, study.space, study.net
    if space is None:
        yield found("no-start", service=service, element=net.process.id)
        return
    for problem, path in space.problems.items():
        if problem.code not in _OF_RESULTS:
            yield found(problem.code, service=service, element=problem.step, path=path, about=problem.about)
    yield from _halts(study, service)
    endless = space.endless()
    if endless and not any(problem.code == "round" for problem in space.problems):
        place = endless[0].tokens[0].step
        yield found("endless", service=service, element=place, path=space.witness(endless[0]))
    if not space.complete and not any(problem.code in MULTIPLYING for problem in space.problems):
        yield found("unexplored", service=service, element=net.process.id, about=len(space.before))
    if space.complete:
        for step in net.steps.values():
            if step.id not in space.visited and net.call_around(step) is None:
                yield found("unreachable", service=service, element=step.id)
    yield from _never_equal(study, service)
    for call in net.unknown_calls:
        called = net.steps[call].node.call
        about = called.called_element if called else ""
        yield found("unknown-call", service=service, element=call, about=about, note=True)


def _never_equal(study: Study, service: str | None) -> Iterator[Finding]:
    """Texts with which a variable of the forms is compared, and which none of its forms can give."""
    facts = study.variables
    computed = {one.target for writes in facts.writes.values() for one in (*writes.begin, *writes.work, *writes.end)}
    for step in study.net.steps.values():
        compared = Domains()
        for source in sources(step):
            compared.read(source, step.frame)
        for name, literals in compared.literals.items():
            known = facts.domains.get(name, ())
            if not known or name in computed or any(isinstance(value, Given) for value in known):
                continue
            for value in literals:
                if isinstance(value, str) and value not in known:
                    yield found("never-equal", service=service, element=step.id, about=f"{name} == '{value}'")


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
