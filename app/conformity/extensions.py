"""Check 3: a term stands still by clauses of the act, and is extended where it says so, by as much as it says."""

import re
from collections.abc import Iterator, Mapping

from app.conformity import wording
from app.conformity.ends import EXTENDED_AT
from app.conformity.findings import Finding, found
from app.conformity.net import Net
from app.conformity.paths import Course
from app.conformity.study import Study
from app.domain.acts.clauses_of_acts import clauses, is_within
from app.domain.acts.regulation import Limit, Service
from app.domain.terms.explanation import Rule
from app.domain.terms.reckoning import UNITS

PAUSE, EXTEND, EXTEND_CLAUSE = "law.pause", "law.extend", "law.extendClause"
_AMOUNT = re.compile(r"(?P<rule>\w+):(?P<amount>[0-9]+(?:\.[0-9]+)?)")


def extensions(study: Study) -> Iterator[Finding]:
    service = study.service
    if service is None:
        return
    for place, properties in _places(study, PAUSE):
        for clause in (one for part in properties[PAUSE].split(";") for one in clauses(part)):
            if not is_within(clause, service.clauses):
                yield found("clause-unknown", service=service.key, clause=clause, element=place)
    held = dict(_places(study, EXTEND))
    for place, properties in held.items():
        yield from _of_place(service, place, properties)
    named = {clause for properties in held.values() for clause in clauses(properties.get(EXTEND_CLAUSE, ""))}
    for procedure in service.procedures:
        if procedure.extends is not None and not named & set(clauses(procedure.clause)):
            act = wording.limit(procedure.extends)
            yield found("extension-missing", service=service.key, clause=procedure.clause, act=act)


def _places(study: Study, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The process and its steps that have a property."""
    process = study.net.process
    of_steps = ((step.id, step.node.properties) for step in study.net.steps.values())
    for place, properties in ((process.id, process.properties), *of_steps):
        if name in properties:
            yield place, properties


def _of_place(service: Service, place: str, properties: Mapping[str, str]) -> Iterator[Finding]:
    clause, given = properties.get(EXTEND_CLAUSE, ""), properties[EXTEND]
    known = [one.extends for one in service.of_clause(clauses(clause)) if one.extends is not None]
    if not known:
        yield found("extension-unfounded", service=service.key, clause=clause or "–", element=place, model=given)
    elif read(given) not in known:
        act, limit = wording.limit(known[0]), read(given)
        model = wording.same(given) if limit is None else wording.limit(limit)
        yield found("extension-other", service=service.key, clause=clause, element=place, act=act, model=model)


def read(given: str) -> Limit | None:
    """ "workingDays:10" as a limit; None for what is none."""
    parts = _AMOUNT.fullmatch(given.strip())
    if parts is None or parts["rule"] not in UNITS:
        return None
    amount = float(parts["amount"])
    return Limit(Rule(parts["rule"]), int(amount) if amount.is_integer() else amount)


def made(net: Net, course: Course) -> Limit | None:
    """The most by which a path has extended the term of its case; None if it has not."""
    steps = sorted(one.removeprefix(EXTENDED_AT) for one in course.state.ends if one.startswith(EXTENDED_AT))
    return next((read(net.steps[step].node.properties.get(EXTEND, "")) for step in steps), None)
