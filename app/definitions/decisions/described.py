"""What the decisions of a file say, as plain texts: so that two versions can be compared."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from app.domain.models import decision_table as table
from app.domain.models.decision import Decision, DecisionModel
from app.domain.models.parts import Part, PartKind
from app.domain.terms.calendar import Text

_RULE = Text("{n}-ереже", "правило {n}", "rule {n}")


def described(model: DecisionModel) -> dict[str, Part]:
    """Each decision of the file with the columns and rules of its table, by their ids, else by their titles and numbers."""
    found: dict[str, Part] = {}
    for decision in model.decisions.values():
        of = f"{decision.name or decision.id}: " if len(model.decisions) > 1 else ""
        logic = decision.logic
        name = decision.name or decision.id
        found[decision.id] = Part(PartKind.DECISION, Text(name, name, name), _says({**_whole(decision)}))
        if isinstance(logic, table.Table):
            found |= {f"{decision.id}/{key}": part for key, part in _parts(logic, of)}
    return found


def _whole(decision: Decision) -> Mapping[str, object]:
    says: dict[str, object] = {"version_tag": decision.version_tag, "name": decision.name}
    logic = decision.logic
    if isinstance(logic, table.Table):
        return {**says, "hit_policy": logic.hit_policy, "aggregation": logic.aggregation}
    return {**says, "expression": "\n".join(_sources(logic))}


def _parts(logic: table.Table, of: str) -> Iterator[tuple[str, Part]]:
    for one in logic.inputs:
        says = {"label": one.label, "expression": one.expression, "type": one.type_ref, "values": one.values}
        yield f"input/{one.id or one.title}", Part(PartKind.INPUT, _named(of + one.title), _says(says))
    for out in logic.outputs:
        given = {
            "label": out.label,
            "name": out.name,
            "type": out.type_ref,
            "values": out.values,
            "default": out.default,
        }
        yield f"output/{out.id or out.title}", Part(PartKind.OUTPUT, _named(of + out.title), _says(given))
    titles = [f"{one.title} ?" for one in logic.inputs] + [f"{out.title} =" for out in logic.outputs]
    titles = [title if titles.count(title) == 1 else f"{title} ({n})" for n, title in enumerate(titles, start=1)]
    for rule in logic.rules:
        cells = dict(zip(titles, (*rule.inputs, *rule.outputs), strict=False))
        name = Text(*(of + _RULE.get(lang).format(n=rule.number) for lang in ("kk", "ru", "en")))
        said = _says({**cells, "description": rule.description})
        yield f"rule/{rule.id or rule.number}", Part(PartKind.RULE, name, said)


def _named(title: str) -> Text:
    return Text(title, title, title)


def _says(given: Mapping[str, object]) -> dict[str, str]:
    return {
        name: value.source if isinstance(value, table.Text) else str(value)
        for name, value in given.items()
        if value not in (None, "")
    }


def _sources(logic: object) -> Iterator[str]:
    """The expressions in the logic of a decision that has no table, and the names between them."""
    if isinstance(logic, table.Text):
        yield logic.source
    elif isinstance(logic, str):
        yield logic
    elif isinstance(logic, tuple):
        for one in logic:
            yield from _sources(one)
    elif is_dataclass(logic):
        for one in fields(logic):
            yield from _sources(getattr(logic, one.name))
