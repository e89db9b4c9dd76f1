"""Is a decision model fit to be deployed?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from app.definitions.decisions import DecisionFile
from app.definitions.decisions.columns import cell_faults, resolved
from app.definitions.decisions.findings import finding
from app.definitions.decisions.overlap import table_findings
from app.definitions.decisions.walk import expressions, texts, type_refs
from app.definitions.findings import Finding, Place, Word
from app.definitions.inspection import ExpressionFault
from app.domain.models.decision import BUILT_IN_TYPES, TYPE_SYNONYMS, DecisionModel
from app.domain.models.decision_table import FEEL, JUEL, HitPolicy, Table, Text

MAX_FINDINGS = 1_000
_NAMES_LOST = frozenset({"requirement-unknown", "import-not-supported"})
_BY_PRIORITY = frozenset({HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER})


def check(file: DecisionFile, check_text: Callable[[Text], ExpressionFault | None]) -> list[Finding]:
    """Everything that is wrong with a file, in document order; errors first where there are more than MAX_FINDINGS.

    check_text: tells why an expression in FEEL or JUEL does not parse, or None. Expressions are looked at only where
    all names are known, and the rules of tables only where nothing else is wrong.
    """
    found = [*file.findings, *_cycles(file), *_types(file)]
    if not any(one.code in _NAMES_LOST for one in found):
        found += _expressions(file, check_text)
    if not any(one.is_error for one in found):
        found += _tables(file)
    errors_first = sorted(found, key=lambda one: not one.is_error)
    return sorted(errors_first[:MAX_FINDINGS], key=lambda one: (one.line, one.column))


def _at(file: DecisionFile, element_id: str | None) -> Place:
    return file.places.get(element_id or "") or Place(element_id)


def _at_text(file: DecisionFile, text: Text) -> Place:
    return replace(_at(file, text.element_id), line=text.line, column=text.column)


def _expressions(file: DecisionFile, check_text: Callable[[Text], ExpressionFault | None]) -> Iterator[Finding]:
    for text, rule, column in texts(file.model):
        place = _at_text(file, text)
        if text.language not in (FEEL, JUEL):
            if rule is None:
                yield finding("expression-language", place, language=text.language)
            else:
                yield finding("cell-language", place, rule=rule, column=column, language=text.language)
        elif fault := check_text(text):
            words: dict[str, Word] = {
                "text": text.source,
                "position": "?" if fault.position is None else fault.position + 1,
                "reason": fault.message,
            }
            if rule is None:
                yield finding("decision-expression-invalid", place, **words)
            else:
                yield finding("cell-expression-invalid", place, rule=rule, column=column, **words)


def _cycles(file: DecisionFile) -> Iterator[Finding]:
    """Decisions that require each other, by a decision service too, and knowledge models that do; one may call itself."""
    model = file.model
    decisions = {one.id: one.outputs for one in model.services.values()} | {
        one.id: (*one.decisions, *(other for other in one.knowledge if other in model.services))
        for one in model.decisions.values()
    }
    knowledge = {
        one.id: tuple(other for other in one.knowledge if other != one.id and other in model.knowledge)
        for one in model.knowledge.values()
    }
    for edges in (decisions, knowledge):
        if cycle := _cycle(edges):
            path = " → ".join(_name(model, one) for one in cycle)
            yield finding("requirement-cycle", _at(file, cycle[0]), path=path)


def _cycle(edges: Mapping[str, tuple[str, ...]]) -> list[str] | None:
    """The first circle, with the element where it closes at both ends."""
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        stack = [(start, iter(edges[start]))] if start not in done else []
        while stack:
            node, following = stack[-1]
            if len(path) < len(stack):
                path.append(node)
            after = next(following, None)
            if after is None:
                done.add(node)
                stack.pop()
                path.pop()
            elif after in path:
                return [*path[path.index(after) :], after]
            elif after not in done and after in edges:
                stack.append((after, iter(edges[after])))
    return None


def _name(model: DecisionModel, element_id: str) -> str:
    variable = model.variable(element_id)
    return variable.name if variable else element_id


def _types(file: DecisionFile) -> Iterator[Finding]:
    types = file.model.types
    reported = set()
    for owner, name in type_refs(file.model):
        known = name in types or TYPE_SYNONYMS.get(name, name) in BUILT_IN_TYPES
        if not known and (owner, name) not in reported:
            reported.add((owner, name))
            yield finding("type-unknown", _at(file, owner), type=name)
    if cycle := _cycle({one.name: (one.base,) if one.base else () for one in types.values()}):
        yield finding("type-cycle", Place(), type=cycle[0])


def _tables(file: DecisionFile) -> Iterator[Finding]:
    for owner, table in expressions(file.model):
        if not isinstance(table, Table):
            continue
        place = replace(_at(file, table.id or owner), line=table.line)
        if table.hit_policy in _BY_PRIORITY and not any(output.values for output in table.outputs):
            yield finding("output-values-missing", place, policy=str(table.hit_policy))
        known = resolved(table, file.model.types)
        faults = list(_cells(file, known))
        yield from faults
        if not any(one.is_error for one in faults):
            yield from table_findings(known, place, _derived(file.model, owner))


def _cells(file: DecisionFile, table: Table) -> Iterator[Finding]:
    for fault in cell_faults(table):
        words: dict[str, Word] = {"rule": fault.rule, "column": fault.column, "text": fault.text.source, **fault.words}
        yield finding(fault.code, _at_text(file, fault.text), **words)


def _derived(model: DecisionModel, owner: str) -> frozenset[str]:
    """The names by which a decision knows the results of others."""
    decision = model.decisions.get(owner)
    required = [model.decisions[one] for one in decision.decisions] if decision else []
    return frozenset(name for one in required for name in (one.variable.name, *one.result_names))
