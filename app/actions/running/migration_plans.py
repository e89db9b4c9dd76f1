"""Plans to take instances to another version of their process: proposed, and looked at for what is wrong with them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from app import engine
from app.actions.models.models import Model, models_of
from app.actions.running.instances import definition_for
from app.domain import refusals
from app.domain.models.model import Node
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.domain.refusals import mending_refusals, misfits
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import Invalid
from app.store.tables import Definition

BODY = "#multiInstanceBody"
CLAUSE = "law.clause"


class Why(StrEnum):
    """By what two activities were taken for the same."""

    ID = "id"
    CLAUSE = "clause"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Mapped:
    """source and target: ids of activities, of the body around the instances of one with `#multiInstanceBody`. updated: what
    it waits for is waited for anew, as the target has it. why: None of what a person has mapped."""

    source: str
    target: str
    updated: bool = False
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """From one definition to another, by ids. variables: written into each instance."""

    source_id: str
    target_id: str
    mapped: Sequence[Mapped] = ()
    variables: Mapping[str, Variable] = field(default_factory=dict)

    def nodes(self) -> dict[str, str]:
        """Target nodes by source nodes."""
        return {one.source.removesuffix(BODY): one.target.removesuffix(BODY) for one in self.mapped}

    def updated(self) -> frozenset[str]:
        return frozenset(one.source.removesuffix(BODY) for one in self.mapped if one.updated)


@dataclass(frozen=True, slots=True)
class Sides:
    """The definitions of a plan with their models."""

    source: Definition
    target: Definition
    old: Model
    new: Model


def sides(session: Session, actor: Actor, plan: Plan) -> Sides:
    """Raises NotFound, Invalid for definitions of different processes or organisations."""
    source, target = (definition_for(session, actor, one) for one in (plan.source_id, plan.target_id))
    if source.key != target.key:
        given = {"id": target.id, "key": source.key, "other": target.key}
        raise refusals.of(Invalid, mending_refusals.OTHER_PROCESS, None, **given)
    if target.tenant_id not in (None, source.tenant_id):
        ids = {"source": source.tenant_id or "–", "target": target.tenant_id}
        raise refusals.of(Invalid, mending_refusals.OTHER_ORGANISATION, None, **ids)
    models = models_of(session, {source.id, target.id})
    return Sides(source, target, models[source.id], models[target.id])


def propose(session: Session, actor: Actor, source_id: str, target_id: str, *, updated: bool) -> Plan:
    """What is the same in both versions, of all where a token can be found: by id; of the rest by the clause of the act, then
    by name, where these name one activity alone on either side. updated: of all that wait for an event. Raises as `sides`.
    """
    plan = Plan(source_id, target_id)
    found = sides(session, actor, plan)
    old, new = found.old, found.new
    pairs = dict(_same(old, new))
    mapping = {source: target for source, (target, _) in pairs.items()}
    while wrong := [one for one, target in mapping.items() if _misplaced(found, one, target, mapping)]:
        mapping = {source: target for source, target in mapping.items() if source not in wrong}
    mapped = [
        Mapped(source, target, updated and engine.has_trigger(old.spec, source), pairs[source][1])
        for source, target in mapping.items()
    ]
    return replace(plan, mapped=[line for one in mapped for line in _with_body(old, one)])


def _with_body(old: Model, one: Mapped) -> Iterator[Mapped]:
    node = old.node(one.source)
    if node.loop is not None or node.standard_loop is not None:
        yield replace(one, source=one.source + BODY, target=one.target + BODY)
    yield one


def _same(old: Model, new: Model) -> Iterator[tuple[str, tuple[str, Why]]]:
    """(source, (target, why)), in the order of the source's file."""
    left = [node for node in old.process.nodes.values() if engine.can_rest(old.spec, node.id)]
    free = {node.id: node for node in new.process.nodes.values()}
    found: dict[str, tuple[str, Why]] = {}
    for why, sign in _SIGNS.items():
        signs, others = _only(left, sign), _only(free.values(), sign)
        for key, node in signs.items():
            other = others.get(key)
            if other is not None and engine.misfit(old.spec, node.id, new.spec, other.id) is None:
                found[node.id] = (other.id, why)
        taken = {target for target, _ in found.values()}
        left = [node for node in left if node.id not in found]
        free = {one: node for one, node in free.items() if one not in taken}
    return ((node, found[node]) for node in old.process.nodes if node in found)


_SIGNS: Mapping[Why, Callable[[Node], str | None]] = {
    Why.ID: lambda node: node.id,
    Why.CLAUSE: lambda node: node.properties.get(CLAUSE),
    Why.NAME: lambda node: node.name,
}


def _only(nodes: Iterable[Node], sign: Callable[[Node], str | None]) -> dict[tuple[str, str], Node]:
    """By kind and sign, those that alone have it."""
    signed = [((node.kind.value, text), node) for node in nodes if (text := sign(node))]
    counted = Counter(key for key, _ in signed)
    return {key: node for key, node in signed if counted[key] == 1}


def faults(session: Session, actor: Actor, plan: Plan) -> list[tuple[Mapped, list[Text]]]:
    """What is wrong with a plan, by its instructions; empty: nothing. Raises as `sides`."""
    found, mapping = sides(session, actor, plan), plan.nodes()
    named = Counter(one.source for one in plan.mapped)
    wrong = [(one, list(_faults(found, one, mapping, named[one.source]))) for one in plan.mapped]
    return [(one, texts) for one, texts in wrong if texts]


def _faults(found: Sides, one: Mapped, mapping: Mapping[str, str], times: int) -> Iterator[Text]:
    source, target = one.source.removesuffix(BODY), one.target.removesuffix(BODY)
    known = (one.source in found.old.spec.task_specs, one.target in found.new.spec.task_specs)
    if known != (True, True):
        text = misfits.NO_TARGET if known[0] else misfits.NO_SOURCE
        yield _filled(text, source=one.source, target=one.target)
        return
    if times > 1 or mapping[source] != target:
        yield _filled(misfits.SEVERAL, source=one.source)
    reason = engine.misfit(found.old.spec, source, found.new.spec, target)
    reason = reason or _misplaced(found, source, target, mapping)
    if reason is None and (one.source == source) != (one.target == target):
        reason = misfits.OTHER_REPETITION
    if reason is not None:
        yield reason
    if one.updated and not engine.has_trigger(found.old.spec, source):
        yield _filled(misfits.NO_TRIGGER, source=one.source)


def _misplaced(found: Sides, source: str, target: str, mapping: Mapping[str, str]) -> Text | None:
    return engine.misplaced(found.old.spec, source, found.new.spec, target, mapping)


def _filled(text: Text, **given: str) -> Text:
    return Text(*(text.get(language).format(**given) for language in LANGUAGES))
