"""Check 5: each path ends in one result that the act knows, and each result of the act is reached."""

from collections.abc import Iterator

from app.conformity.ends import DOCUMENTED, REGISTERED
from app.conformity.explore import Space
from app.conformity.findings import Finding, found
from app.conformity.study import REQUEST_KIND, Study
from app.conformity.tokens import State
from app.conformity.values import UNSET
from app.domain.acts.regulation import Procedure, Service

_REFUSAL = "refusal"
_ISSUED = "issued"


def results(study: Study) -> Iterator[Finding]:
    service, space = study.service, study.space
    if service is None or space is None:
        return
    said: set[tuple[str, str | None, str]] = set()
    reached: set[str] = set()
    for state in space.finals():
        reached |= set(_results(state))
        for one in _of_end(study, service, space, state):
            if (key := (one.code, one.element, one.message["en"])) not in said:
                said.add(key)
                yield one
    for problem, path in space.problems.items():
        if problem.code == "result-other":
            yield found(problem.code, service=service.key, element=problem.step, path=path, about=problem.about)
    yield from _kinds(study, service)
    if space.complete:
        for result in service.results:
            if result not in reached:
                yield found("result-unreached", service=service.key, about=result)


def _kinds(study: Study, service: Service) -> Iterator[Finding]:
    """Each kind of request of the act can be made, by each of its channels, and no other; so with its delivery.

    Where the act has one channel a model may have no choice.
    """
    chosen = [(REQUEST_KIND, "kind", service.request_kinds)]
    chosen += [(name, "channel", known) for name, known in _channels(service) if len(known) > 1 and name in study.given]
    for name, what, known in chosen:
        given = study.given.get(name, frozenset())
        if not known or given is None:
            continue
        for one in known:
            if one not in given:
                yield found(f"{what}-missing", service=service.key, element=name, about=one)
        for value in sorted({one for one in given if isinstance(one, str)} - {*known, UNSET}):
            yield found(f"{what}-unknown", service=service.key, element=name, about=value)


def _channels(service: Service) -> list[tuple[str, tuple[str, ...]]]:
    return [("channel", service.intake), ("deliveryChannel", service.delivery)]


def _results(state: State) -> list[str]:
    return sorted(end.removeprefix("result:") for end in state.ends if end.startswith("result:"))


def _of_end(study: Study, service: Service, space: Space, state: State) -> Iterator[Finding]:
    path = space.witness(state)
    given = _results(state)
    last = path[-1] if path else study.net.process.id
    silent = sorted(end.removeprefix("end:") for end in state.ends if end.startswith("end:"))
    is_case = REGISTERED in state.ends or not study.registers
    if not given and is_case:
        yield found("result-missing", service=service.key, element=silent[0] if silent else last, path=path)
    for result in given:
        if result not in service.results and is_case:
            yield found("result-unknown", service=service.key, element=last, path=path, about=result)
        elif is_case and DOCUMENTED not in state.ends:
            yield found("result-undocumented", service=service.key, element=last, path=path, about=result)
    if len(given) > 1:
        yield found("results-several", service=service.key, element=last, path=path, about=", ".join(given))
    for step, demand in study.demands.items():
        assert study.pairing is not None
        procedure = study.pairing.procedures[step]
        if demand in state.ends and given and not any(_satisfies(one, procedure) for one in given):
            about = procedure.ends or ""
            yield found(
                "result-against-procedure",
                service=service.key,
                clause=procedure.clause,
                element=step,
                path=path,
                about=about,
            )


def _satisfies(result: str, procedure: Procedure) -> bool:
    """A step that issues closes the case with whatever document was prepared, only not with a refusal."""
    return result == procedure.ends or (procedure.ends == _ISSUED and result != _REFUSAL)
