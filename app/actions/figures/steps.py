"""The figures of the steps of a service."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app.actions.models.models import Model, models_of
from app.actions.models.naming import step_name
from app.domain.figures.tally import Tally
from app.domain.terms.calendar import Text
from app.domain.terms.term_properties import term_clause
from app.store import figures
from app.store.figures import Wanted
from app.store.tables import Definition


@dataclass(frozen=True, slots=True)
class Stage:
    """A step, where it stands in its process; tally: `in_time`, `late` and `without_term` add up to those that were completed.

    clause: that gives its term, in the newest version of the process; None also where that has no such step any more.
    """

    process: str
    element: str
    name: Text
    clause: str | None
    tally: Tally

    @property
    def completed(self) -> int:
        return self.tally.in_time + self.tally.late + self.tally.without_term


def stages(session: Session, wanted: Wanted) -> Sequence[Stage]:
    """The steps that were completed in a span, those most often late first."""
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for row in session.execute(figures.step_kinds(wanted)):
        if row.outcome == "completed":
            tally = tallies[row.process, row.element]
            tally.judge(row.n, in_time=row.in_time)
            tally.sums[None] += row.worked
            if row.unit:
                tally.sums[row.unit] += row.counted
    for row in session.execute(figures.step_spreads(wanted)):
        tallies[row.process, row.element].take(row.unit, row.buckets, row.counts)
    models = _newest(session, {process for process, _ in tallies})
    found = [_stage(models, process, element, tally) for (process, element), tally in tallies.items()]
    return sorted(
        (one for one in found if one.completed), key=lambda one: (-one.tally.late, -one.completed, one.element)
    )


def _newest(session: Session, processes: Iterable[str]) -> Mapping[str, Model]:
    newest = (
        select(Definition.key, Definition.id)
        .ext(distinct_on(Definition.key))
        .where(Definition.key.in_(processes))
        .order_by(Definition.key, Definition.version.desc(), Definition.id)
    )
    ids = {row.key: row.id for row in session.execute(newest)}
    models = models_of(session, ids.values())
    return {key: models[definition_id] for key, definition_id in ids.items()}


def _stage(models: Mapping[str, Model], process: str, element: str, tally: Tally) -> Stage:
    try:
        node = models[process].node(element)
    except (KeyError, LookupError):
        return Stage(process, element, Text(element, element, element), None, tally)
    return Stage(process, element, step_name(node), term_clause(node.properties), tally)
