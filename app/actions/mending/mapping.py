"""A mapping from one version to another as a person looks at it: what is proposed, why, what else there is, what is wrong."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app import engine
from app.actions.models.models import Model, model_of
from app.actions.models.naming import step_name
from app.actions.running import migration_plans
from app.actions.running.migration_plans import BODY, Mapped, Plan
from app.domain.people.access import Actor
from app.domain.terms.calendar import Text
from app.store.tables import Definition


@dataclass(frozen=True, slots=True)
class Line:
    """An element of the old version where a token can be. target: of the new one, "": to nothing. why: id, clause, name,
    chosen or none; choices: (id, name) of those that could take its place; at: how many tokens stand there; faults: what is
    wrong with the line. waits: whether it waits for an event, updated: whether anew."""

    source: str
    name: Text
    target: str
    target_name: Text | None
    why: str
    choices: Sequence[tuple[str, Text]]
    at: int
    faults: Sequence[Text]
    waits: bool
    updated: bool

    @property
    def lost(self) -> bool:
        return bool(self.at) and not self.target


@dataclass(frozen=True, slots=True)
class Proposal:
    """plan: as the lines say."""

    plan: Plan
    target: Definition
    lines: Sequence[Line]


def mapping(
    session: Session,
    actor: Actor,
    source_id: str,
    target_id: str,
    given: Mapping[str, str] | None,
    updated: Collection[str],
    at: Mapping[str, int],
) -> Proposal:
    """given: targets by sources as somebody has chosen them, None: as they are proposed. at: how many tokens stand at each.

    Raises as `migration_plans.sides`.
    """
    proposed = migration_plans.propose(session, actor, source_id, target_id, updated=False)
    proposals = {one.source: one for one in proposed.mapped if not one.source.endswith(BODY)}
    old, new = model_of(session, source_id), model_of(session, target_id)
    sources = [node for node in old.process.nodes if engine.can_rest(old.spec, node)]
    if given is None:
        chosen = {source: one.target for source, one in proposals.items()}
    else:
        chosen = {source: given[source] for source in sources if given.get(source)}
    plan = Plan(source_id, target_id, list(_mapped(old, chosen, updated)))
    faults = {one.source.removesuffix(BODY): texts for one, texts in migration_plans.faults(session, actor, plan)}
    lines = []
    for source in sources:
        target, proposal = chosen.get(source, ""), proposals.get(source)
        as_proposed = proposal is not None and proposal.target == target
        why = proposal.why if proposal is not None and as_proposed else None
        lines.append(
            Line(
                source=source,
                name=step_name(old.node(source)),
                target=target,
                target_name=step_name(new.node(target)) if target in new.process.nodes else None,
                why=why.value if why is not None else "chosen" if target else "none",
                choices=_choices(old, new, source),
                at=at.get(source, 0),
                faults=faults.get(source, ()),
                waits=engine.has_trigger(old.spec, source),
                updated=source in updated,
            )
        )
    target_definition = session.get_one(Definition, target_id)
    return Proposal(plan, target_definition, lines)


def _mapped(old: Model, chosen: Mapping[str, str], updated: Collection[str]) -> list[Mapped]:
    """The body around the instances of what is repeated goes with it."""
    found = []
    for source, target in chosen.items():
        node = old.node(source)
        anew = source in updated and engine.has_trigger(old.spec, source)
        if node.loop is not None or node.standard_loop is not None:
            found.append(Mapped(source + BODY, target + BODY, anew))
        found.append(Mapped(source, target, anew))
    return found


def _choices(old: Model, new: Model, source: str) -> list[tuple[str, Text]]:
    """Those of the new version that are of its kind."""
    return [
        (node.id, step_name(node))
        for node in new.process.nodes.values()
        if engine.misfit(old.spec, source, new.spec, node.id) is None
    ]
