"""Rules on what a model says of the terms of its cases: `law.total`, `law.pause`, `law.extend` and their clauses."""

import re
from collections.abc import Iterator, Mapping

from app.definitions.findings import Finding
from app.definitions.inspection import Inspection, has_expression
from app.domain.models.model import Node
from app.domain.terms.explanation import Rule
from app.domain.terms.reckoning import UNITS
from app.domain.terms.term_properties import (
    EXTEND,
    EXTEND_CLAUSE,
    EXTEND_TERM,
    PAUSE,
    TOTAL,
    TOTAL_CLAUSE,
    extend_amount,
    extend_clause,
    extend_unit,
    pauses,
)

_TERMS = tuple(rule.value for rule in Rule if rule is not Rule.RECEIPT)
_CALLED = re.compile(rf"(?<![\w.])(?:{'|'.join(_TERMS)})\s*\(")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")


def term_rules(inspection: Inspection) -> Iterator[Finding]:
    process = inspection.process
    yield from _total(inspection, process.id, process.properties)
    yield from _pause(inspection, process.id, process.properties)
    yield from _extend(inspection, process.id, process.properties)
    for node in inspection.nodes():
        yield from _where_it_never_applies(inspection, node)
        if node.user_task is not None:
            yield from _pause(inspection, node.id, node.properties)
        if node.user_task is not None or node.delegate == EXTEND_TERM:
            yield from _extend(inspection, node.id, node.properties)
        if node.delegate == EXTEND_TERM and EXTEND not in {*node.properties, *process.properties}:
            yield inspection.at("extend-term-without-allowance", node.id)


def _total(inspection: Inspection, place: str, properties: Mapping[str, str]) -> Iterator[Finding]:
    total = properties.get(TOTAL)
    if total is None:
        if TOTAL_CLAUSE in properties:
            yield inspection.at("term-property-alone", place, property=TOTAL_CLAUSE, needed=TOTAL)
        return
    source = total if has_expression(total) else f"${{{total}}}"
    fault = inspection.surroundings.check_expression(source)
    if fault is not None:
        position = "?" if fault.position is None else fault.position + 1
        yield inspection.at("expression-invalid", place, text=total, position=position, reason=fault.message)
    elif not _CALLED.search(_QUOTED.sub("", total)):
        yield inspection.at("total-not-a-term", place, text=total, allowed=", ".join(_TERMS))
    if not properties.get(TOTAL_CLAUSE, "").strip():
        yield inspection.at("total-without-clause", place)


def _pause(inspection: Inspection, place: str, properties: Mapping[str, str]) -> Iterator[Finding]:
    if PAUSE in properties and not pauses(properties):
        yield inspection.at("pause-without-clause", place)


def _extend(inspection: Inspection, place: str, properties: Mapping[str, str]) -> Iterator[Finding]:
    if EXTEND not in properties:
        if EXTEND_CLAUSE in properties:
            yield inspection.at("term-property-alone", place, property=EXTEND_CLAUSE, needed=EXTEND)
        return
    text = properties[EXTEND]
    if extend_unit(properties) is None:
        yield inspection.at("extend-unit-unknown", place, text=text, allowed=", ".join(sorted(UNITS)))
    elif extend_amount(properties) is None:
        yield inspection.at("extend-amount-invalid", place, text=text)
    if not extend_clause(properties):
        yield inspection.at("extend-without-clause", place)


def _where_it_never_applies(inspection: Inspection, node: Node) -> Iterator[Finding]:
    """The total is the process's; the clock is stopped, or a term extended, while people have the step."""
    for name in (TOTAL, TOTAL_CLAUSE):
        if name in node.properties:
            yield inspection.at("total-on-step", node.id, property=name)
    known = {PAUSE, EXTEND, EXTEND_CLAUSE} if node.user_task is None else set()
    if node.delegate == EXTEND_TERM:
        known = {PAUSE}
    for name in sorted(known & node.properties.keys()):
        yield inspection.at("term-property-never-applies", node.id, property=name, step=node.kind)
