"""Check 3, step by step: each deadline is the limit of the act, in its unit and from its beginning."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.conformity import wording
from app.conformity.beginnings import APPLICATION, Beginning, agrees, compare, is_application
from app.conformity.findings import Finding, found
from app.conformity.net import Step
from app.conformity.pairing import Element
from app.conformity.study import TERM, Due, Study
from app.conformity.values import START, Instant, Term
from app.domain import iso8601
from app.domain.acts.clauses_of_acts import clauses, is_within
from app.domain.acts.regulation import Limit, Procedure, Service
from app.domain.models.model import TimerKind
from app.domain.terms import terms
from app.domain.terms.explanation import Rule

LIMIT_CLAUSE = "law.limitClause"
TOTAL_CLAUSE = "law.totalClause"
_TO = re.compile(r"\s*[–—]\s*")


@dataclass(frozen=True, slots=True)
class Expected:
    """A limit that the act gives, with the procedure that it is of; None: of the whole, or of a shared flow."""

    limit: Limit
    begins: str | None
    procedure: Procedure | None = None
    any_beginning: bool = False


def limits(study: Study) -> Iterator[Finding]:
    service, pairing = study.service, study.pairing
    if service is None or pairing is None:
        return
    for step in study.net.users():
        element = pairing.elements.get(step.id)
        if element is not None and study.dues.get(step.id):
            yield from _of_task(study, service, element)
    for procedure in service.procedures:
        if not procedure.of_person and procedure.limit is not None:
            yield from _of_system(study, service, procedure, procedure.limit)
    yield from _total(study, service)


def _of_task(study: Study, service: Service, element: Element) -> Iterator[Finding]:
    said: set[tuple[str, str]] = set()
    for due in study.dues[element.step.id]:
        for one in _of_due(study, service, element, due):
            if (one.code, one.message["en"]) not in said:
                said.add((one.code, one.message["en"]))
                yield one


def _of_due(study: Study, service: Service, element: Element, due: Due) -> Iterator[Finding]:
    assert study.pairing is not None
    step = element.step
    candidates = _at_kind(study.pairing.candidates(element, service), due.request_kind)
    clause = candidates[0].clause if candidates else element.clauses[0]
    expected = [Expected(one.limit, one.begins, one) for one in candidates if one.limit is not None]
    cited = step.node.properties.get(LIMIT_CLAUSE)
    if cited is not None:
        given = list(_of_clause(service, clauses(cited), due.request_kind))
        if not given and not _is_own(candidates, cited):
            yield found("limit-clause-unknown", service=service.key, clause=cited, element=step.id)
            return
        if not expected or any(one.limit is None for one in candidates):
            expected += given
            clause = cited
    elif not candidates:
        expected += _of_clause(service, element.clauses, due.request_kind)
    if not element.own:
        yield from _inside_call(service, element, due, expected)
    elif expected:
        yield from _compare(study, service, element, due, expected, clause)
    elif due.value is not None and candidates:
        words = wording.term(due.value)
        yield found("limit-unfounded", service=service.key, clause=clause, element=step.id, model=words)


def _at_kind(procedures: Iterable[Procedure], kind: str | None) -> list[Procedure]:
    """The procedures that happen on a request of this kind; all, if it is not known or none speaks of it."""
    given = list(procedures)
    if kind is None:
        return given
    return [one for one in given if one.request_kinds is None or kind in one.request_kinds] or given


def _is_own(procedures: Iterable[Procedure], cited: str) -> bool:
    return any(set(one.limit_clauses) & set(clauses(cited)) for one in procedures)


def _of_clause(service: Service, cited: tuple[str, ...], kind: str | None) -> Iterator[Expected]:
    """The limits that the act gives at these clauses: of the whole, of procedures, of shared flows."""
    if service.total is not None and set(cited) & set(service.total_clauses):
        yield Expected(service.total, APPLICATION)
    procedures = [one for one in service.of_clause(cited) if one.limit is not None]
    of_kind = [one for one in procedures if one.request_kinds is not None and kind in one.request_kinds]
    for procedure in of_kind or procedures:
        assert procedure.limit is not None
        yield Expected(procedure.limit, procedure.begins, procedure, any_beginning=procedure.begins is None)
    for flow in service.flows:
        if set(cited) & set(flow.clauses):
            yield from (Expected(limit, None, any_beginning=True) for limit in flow.limits)


def _inside_call(service: Service, element: Element, due: Due, expected: list[Expected]) -> Iterator[Finding]:
    """A task of a called process: its limit is the procedure's, or one of a shared flow of this act.

    Where it is not the procedure's own people who act, and the act gives the flow no limit, the limit is the flow's own.
    """
    of_flows = [Expected(limit, None, any_beginning=True) for flow in service.flows for limit in flow.limits]
    clause, step = element.clauses[0], element.step.id
    everything = expected + of_flows
    if due.value is None or any(agrees(due.value, one.limit) for one in everything):
        return
    is_of_flow = bool(set(element.clauses) & {one for flow in service.flows for one in flow.clauses if flow.limits})
    acts_himself = any(one.procedure is not None and one.procedure.role == due.role for one in expected)
    if everything and (acts_himself or is_of_flow):
        act, model = wording.limit(everything[0].limit), wording.term(due.value)
        yield found("limit-other", service=service.key, clause=clause, element=step, act=act, model=model)
    else:
        model = wording.term(due.value)
        yield found("limit-of-flow", service=service.key, clause=clause, element=step, model=model, note=True)


def _compare(
    study: Study, service: Service, element: Element, due: Due, expected: list[Expected], clause: str
) -> Iterator[Finding]:
    key, step = service.key, element.step.id
    if due.value is None:
        yield found("due-missing", service=key, clause=clause, element=step, act=wording.limit(expected[0].limit))
        return
    if expected[0].limit.before_event and not isinstance(due.value, Term):
        act, model = wording.limit(expected[0].limit), wording.term(due.value)
        yield found("limit-unproved", service=key, clause=clause, element=step, act=act, model=model, note=True)
        return
    agreeing = [one for one in expected if agrees(due.value, one.limit)]
    if not agreeing:
        model, act = wording.term(due.value), wording.limit(expected[0].limit)
        yield found("limit-other", service=key, clause=clause, element=step, act=act, model=model)
        return
    assert isinstance(due.value, Term)
    outcomes = [(compare(study, element.step, due, one.begins, one.procedure), one) for one in agreeing]
    if any(outcome is Beginning.SAME or one.any_beginning or one.limit.before_event for outcome, one in outcomes):
        return
    unproved = next((one for outcome, one in outcomes if outcome is Beginning.UNPROVED), None)
    act, model = wording.begins((unproved or agreeing[0]).begins), wording.beginning(due.value.base)
    code = "begins-other" if unproved is None else "begins-unproved"
    yield found(code, service=key, clause=clause, element=step, act=act, model=model, note=unproved is not None)


def held(study: Study) -> dict[str, Limit]:
    """What has the limit of an automatic step, with that limit: the timers of its clause, else its work."""
    service, pairing = study.service, study.pairing
    if service is None or pairing is None:
        return {}
    found_: dict[str, Limit] = {}
    for procedure in service.procedures:
        if procedure.of_person or procedure.limit is None:
            continue
        work = pairing.elements_of.get(procedure.number, "")
        timers = [step.id for step in _timers(study, procedure)]
        if timers or work in pairing.elements:
            found_ |= dict.fromkeys(timers or [work], procedure.limit)
    return found_


def _timers(study: Study, procedure: Procedure) -> list[Step]:
    """With the clause of the procedure."""
    assert study.pairing is not None
    own = set(clauses(procedure.clause))
    steps = (one.step for one in study.pairing.elements.values() if own & set(one.clauses))
    return [step for step in steps if step.node.event.timer_kind is not None]


def _of_system(study: Study, service: Service, procedure: Procedure, limit: Limit) -> Iterator[Finding]:
    """An automatic step has its limit in a timer, or as the total term."""
    act, clause = wording.limit(limit), procedure.clause
    timers = _timers(study, procedure)
    for step in timers:
        if not _runs(step, limit):
            model = wording.same(step.node.event.timer or "–")
            yield found("limit-other", service=service.key, clause=clause, element=step.id, act=act, model=model)
    is_total = bool(study.totals) and all(agrees(due.value, limit) for due in study.totals)
    if not timers and not is_total:
        yield found("automatic-limit", service=service.key, clause=clause, act=act, note=True)


def _runs(step: Step, limit: Limit) -> bool:
    """Whether the step is a timer of at most so many minutes or hours, day and night: no person has to act."""
    event = step.node.event
    if event.timer_kind != TimerKind.DURATION or limit.rule not in (Rule.MINUTES, Rule.ELAPSED_MINUTES, Rule.HOURS):
        return False
    try:
        waits = iso8601.duration(event.timer or "")
    except ValueError:
        return False
    return not waits.months and waits.longest <= float(limit.amount) * terms.UNIT[limit.rule]


def _total(study: Study, service: Service) -> Iterator[Finding]:
    """The sum that stands for a total which the act does not give is proved over its paths: see `whole`."""
    for due in study.totals:
        yield from _shown(study, service, due)
    yield from _total_clause(study, service)
    if service.total is None:
        return
    act = wording.limit(service.total)
    if study.total is None:
        clause = ", ".join(service.total_clauses)
        yield found("total-missing", service=service.key, clause=clause, element=study.net.process.id, act=act)
    for due in study.totals:
        if not agrees(due.value, service.total):
            model = wording.chain(due.value)
            yield found("total-other", service=service.key, element=study.net.process.id, act=act, model=model)
        elif isinstance(due.value, Term) and not is_application(study, due.value.base):
            yield _total_begins(study, service, due.value)


def _total_clause(study: Study, service: Service) -> Iterator[Finding]:
    """The clause of the total, or of each step that is summed; "5.1–5.6" are all from the one to the other."""
    given = study.net.process.properties.get(TOTAL_CLAUSE)
    element = study.net.process.id
    if not given:
        yield found("total-clause-missing", service=service.key, element=element)
        return
    known = service.total_clauses if service.total is not None else service.clauses
    for clause in (one for part in _TO.split(given) for one in clauses(part)):
        if not is_within(clause, known):
            yield found("total-clause-unknown", service=service.key, clause=clause, element=element)


def _shown(study: Study, service: Service, due: Due) -> Iterator[Finding]:
    """The term that the applicant sees is the total term, as it is now or as it was before more was known of the case."""
    totals = [one.value for one in study.totals if one.request_kind in (due.request_kind, None)]
    if due.shown is not None and due.shown not in totals:
        act, model = wording.chain(due.value), wording.chain(due.shown)
        writers = (step.id for step in study.net.steps.values() if step.node.result_variable == TERM)
        yield found("term-other", service=service.key, element=next(writers), act=act, model=model)


def _total_begins(study: Study, service: Service, total: Term) -> Finding:
    act, model = wording.beginning(Instant(START)), wording.beginning(total.base)
    clause = ", ".join(service.total_clauses)
    return found("begins-other", service=service.key, clause=clause, element=study.net.process.id, act=act, model=model)


def has_own_limit(study: Study, step: str) -> bool:
    """Whether the act gives the step a limit that is not the one of the whole or of another step."""
    if study.service is None or study.pairing is None or step not in study.pairing.elements:
        return False
    element = study.pairing.elements[step]
    candidates = study.pairing.candidates(element, study.service)
    if candidates:
        return any(one.limit is not None for one in candidates)
    return any(flow.limits and set(element.clauses) & set(flow.clauses) for flow in study.service.flows)
