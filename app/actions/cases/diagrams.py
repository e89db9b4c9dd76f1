"""The diagram of a process instance: where it is, and the way it came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import engine
from app.actions.models.models import Model, model_of, models_of
from app.actions.models.naming import step_name
from app.definitions import in_language
from app.domain.models.model import Kind
from app.domain.terms.calendar import LANGUAGES, Text
from app.store.activity_lists import definitions_before
from app.store.records import RECORDS
from app.store.tables import Definition, Instance, Resource

NO_STEPS = frozenset(
    {
        Kind.START_EVENT,
        Kind.EXCLUSIVE_GATEWAY,
        Kind.PARALLEL_GATEWAY,
        Kind.INCLUSIVE_GATEWAY,
        Kind.SCRIPT_TASK,
        Kind.BUSINESS_RULE_TASK,
        Kind.SUB_PROCESS,
    }
)
"""What is no step to people, however it is called."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """xml: BPMN with names in one language. walked: the nodes left behind and the flows between them; here: where tokens wait.

    done, open: the same in words, the names of steps: those that were done in the order in which they were, also in a version
    that the case was taken away from, those that wait.
    """

    xml: str
    walked: list[str]
    here: list[str]
    done: list[Text]
    open: list[Text]

    def to_dict(self) -> dict[str, Any]:
        """As JSON; names are {"kk", "ru", "en"}."""
        done, waiting = (
            [{lang: one.get(lang) for lang in LANGUAGES} for one in names] for names in (self.done, self.open)
        )
        return {"xml": self.xml, "walked": self.walked, "here": self.here, "done": done, "open": waiting}


def diagram(session: Session, instance: Instance, lang: str) -> Diagram:
    """The diagram of an instance, running or ended, in one language. Whoever may see the case may see it."""
    model = model_of(session, instance.definition_id)
    here = [] if instance.state is None else [token.node for token in engine.tokens(model.spec, instance.state)]
    order = _left(session, instance)
    return Diagram(
        xml=drawn(session, instance.definition_id, model, lang),
        walked=walked(model, order, here),
        here=sorted(set(here)),
        done=_steps([model, *_former(session, instance, model, order)], order),
        open=_steps([model], here),
    )


def drawn(session: Session, definition_id: str, model: Model, lang: str) -> str:
    """The XML of a definition, with names in one language."""
    source = session.scalar(
        select(Resource.content)
        .join(Definition, Definition.resource_id == Resource.id)
        .where(Definition.id == definition_id)
    )
    return in_language(source or b"", lang, _names(model, lang))


def walked(model: Model, order: Iterable[str], here: Iterable[str]) -> list[str]:
    """The nodes that were left and the flows between them and to where it stands."""
    left = {node for node in order if node in model.process.nodes}
    passed = {*left, *here}
    flows = [key for key, flow in model.process.flows.items() if flow.source in left and flow.target in passed]
    return sorted(left) + flows


def _names(model: Model, lang: str) -> dict[str, str]:
    return {node.id: step_name(node).get(lang) for node in model.process.nodes.values() if node.name}


def _left(session: Session, instance: Instance) -> list[str]:
    """The nodes that were completed, in order, those that were cancelled left out; a node may be there several times."""
    record = RECORDS.c
    rows = session.scalars(
        select(record.activities)
        .where(record.instance_id == instance.id, record.activities.is_not(None))
        .order_by(record.at)
    )
    return [one[0] for activities in rows for one in activities or () if not (len(one) > 4 and one[4])]


def _former(session: Session, instance: Instance, model: Model, nodes: Iterable[str]) -> list[Model]:
    """The versions that the instance was taken away from, the last first, if a node is not in its own."""
    if model.process.nodes.keys() >= set(nodes):
        return []
    before = [definition for _, definition in definitions_before(session, [instance.id])]
    found = models_of(session, before)
    return [found[definition] for definition in before]


def _steps(models: Sequence[Model], nodes: Iterable[str]) -> list[Text]:
    """The names of those among the nodes that are steps: what people, services and called processes do. models: those that
    know the nodes, the first that does counts."""
    known = (next((one.node(node) for one in models if node in one.process.nodes), None) for node in nodes)
    return [step_name(node) for node in known if node and node.name and node.kind not in NO_STEPS]
