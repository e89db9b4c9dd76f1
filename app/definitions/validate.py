"""All rules together: is this model fit to be deployed?"""

from itertools import chain

from app.definitions.edition_rules import edition_rules
from app.definitions.event_rules import event_rules
from app.definitions.expression_rules import expression_rules
from app.definitions.findings import Finding
from app.definitions.flow_rules import flow_rules
from app.definitions.inspection import Inspection, Surroundings
from app.definitions.name_rules import name_rules
from app.definitions.read import Model
from app.definitions.step_rules import step_rules
from app.definitions.term_rules import term_rules
from app.domain.models.model import Process

MAX_FINDINGS = 1_000


def validate(process: Process, model: Model, surroundings: Surroundings) -> list[Finding]:
    """What is wrong with one process of `model`, in document order; what `read` found is not repeated."""
    inspection = Inspection(process, model, surroundings)
    rules = (flow_rules, event_rules, step_rules, name_rules, term_rules, edition_rules, expression_rules)
    return _in_order(list(chain.from_iterable(rule(inspection) for rule in rules)))


def check(model: Model, surroundings: Surroundings) -> list[Finding]:
    """Everything that is wrong with a file: what was found on reading it and in each process, in document order.

    Of more than MAX_FINDINGS the first are given, errors before warnings.
    """
    found = list(model.findings)
    for process in model.processes:
        found += validate(process, model, surroundings)
    errors_first = sorted(found, key=lambda one: not one.is_error)
    return _in_order(errors_first[:MAX_FINDINGS])


def _in_order(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda found: (found.line, found.column))
