"""Check 1: each procedure of the act has an element, and each element a clause that the act knows."""

from collections.abc import Iterator

from app.conformity.findings import Finding, found
from app.conformity.pairing import Element
from app.conformity.study import Study
from app.conformity.wording import same
from app.domain.acts.clauses_of_acts import is_within
from app.domain.acts.regulation import Procedure, Service
from app.domain.terms.calendar import Text

_ISSUED = "issued"
_PORTAL = "portal"
_DELIVERY = "result-delivery"


def coverage(study: Study) -> Iterator[Finding]:
    service, pairing = study.service, study.pairing
    if service is None or pairing is None:
        return
    for procedure in service.procedures:
        if procedure.number not in pairing.elements_of:
            yield found(
                "procedure-uncovered", service=service.key, clause=procedure.clause, name=procedure_name(procedure)
            )
    yield from _uncalled(study, service)
    for step in study.net.users():
        if step.id not in pairing.elements:
            yield found("task-without-clause", service=service.key, element=step.id)
    for element in pairing.elements.values():
        if element.own:
            for clause in _unknown(element, service):
                yield found("clause-unknown", service=service.key, clause=clause, element=element.step.id)


def _uncalled(study: Study, service: Service) -> Iterator[Finding]:
    """The shared flows that the act has for the service; what goes to the portal alone needs nobody to deliver it."""
    called = {step.called.id for step in study.net.steps.values() if step.called is not None}
    wanted = {flow.key: ", ".join(flow.clauses) for flow in service.flows}
    if set(service.delivery) - {_PORTAL}:
        wanted[_DELIVERY] = ""
    for flow, clause in wanted.items():
        if flow not in called:
            yield found("flow-uncalled", service=service.key, clause=clause, element=study.net.process.id, about=flow)


def occurrence(study: Study) -> Iterator[Finding]:
    """A step that the act has under a condition can be left out; one that it always has is on each way to the document.

    The handing over that ends a case is not on each: the other channels of delivery do without it.
    """
    service, pairing, space = study.service, study.pairing, study.space
    if service is None or pairing is None or space is None or not space.complete:
        return
    for procedure in service.procedures:
        step = pairing.elements_of.get(procedure.number, "")
        if step not in pairing.elements or not pairing.elements[step].is_task or step not in space.visited:
            continue
        ends = [state.ends for state in space.without(step)]
        if procedure.when is not None and not any(_has_result(one, service) for one in ends):
            code, about = "condition-ignored", procedure.when
        elif procedure.when is None and procedure.ends is None and any(f"result:{_ISSUED}" in one for one in ends):
            code, about = "procedure-skipped", _ISSUED
        else:
            continue
        yield found(code, service=service.key, clause=procedure.clause, element=step, about=about)


def _has_result(ends: frozenset[str], service: Service) -> bool:
    """Of the act: what ends with another was no case of the service."""
    return any(f"result:{result}" in ends for result in service.results)


def procedure_name(procedure: Procedure) -> Text:
    names = procedure.names
    first = next(iter(names.values()), procedure.clause)
    return Text(*(names.get(language, first) for language in ("kk", "ru", "en"))) if names else same(first)


def _unknown(element: Element, service: Service) -> Iterator[str]:
    """A person's task is a procedure, or stands in a shared flow; the rest of a model may cite any part of the act."""
    flows = {clause for flow in service.flows for clause in flow.clauses}
    for clause in element.clauses:
        is_known = bool(service.of_clause([clause])) or is_within(clause, flows)
        if not is_known and (element.is_task or not is_within(clause, service.clauses)):
            yield clause
