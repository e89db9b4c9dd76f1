"""What the files of a deployment may refer to: each other, and what is deployed in their organisation and for all."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app import definitions, expressions
from app.actions.models.contents import TABLES, Contents, Table
from app.actions.models.editions import edition_of
from app.actions.models.start_events import beginning, fault
from app.actions.running.delegates import DELEGATES
from app.actions.running.evaluation import FUNCTIONS
from app.delegates import REGISTERED
from app.domain.acts.editions import Edition
from app.domain.models.decision_table import Text
from app.domain.models.model import Event
from app.domain.models.references import Bound, Reference, references
from app.domain.terms.calendar import LANGUAGES
from app.domain.terms.calendar import Text as Words
from app.expressions import dmn
from app.store.tables import DecisionDefinition, Definition, FormDefinition, Group

KNOWN_FUNCTIONS = frozenset({*FUNCTIONS, "date", "dateTime"})
NO_ROLE = Words("'{role}' деген рөл жоқ", "нет роли '{role}'", "there is no role '{role}'")
_MEMBERS = re.compile(r"""\bmembersOf\(\s*(['"])(?P<role>[^'"]*)\1\s*\)""")


@dataclass(frozen=True, slots=True)
class Known:
    """What is there beside the files: the keys of roles, and of processes, decisions and forms that can be referred to.

    check_beginning, versions, editions: as in `definitions.Surroundings`.
    """

    roles: frozenset[str]
    forms: frozenset[str]
    processes: frozenset[str]
    decisions: frozenset[str]
    check_beginning: Callable[[Event], str | None]
    versions: Mapping[Bound, definitions.Versions] = field(default_factory=dict)
    editions: Mapping[str, tuple[Edition, ...]] = field(default_factory=dict)


def around(session: Session, contents: Contents, tenant: str | None, now: datetime) -> definitions.Surroundings:
    """What files may refer to in an organisation: each other, and what is deployed there and for all."""
    known = Known(
        roles=frozenset(session.scalars(select(Group.id))),
        forms=_known(session, FormDefinition, tenant),
        processes=_known(session, Definition, tenant),
        decisions=_known(session, DecisionDefinition, tenant),
        check_beginning=lambda event: fault(beginning(session, tenant, now), event),
        versions=_versions(session, contents, tenant),
        editions=_editions(session, tenant, [one.id for model in contents.models.values() for one in model.processes]),
    )
    return surroundings_of(contents, known)


def surroundings_of(contents: Contents, known: Known) -> definitions.Surroundings:
    """What files may refer to: each other, and what is known beside them."""
    processes = (process.id for model in contents.models.values() for process in model.processes)
    return definitions.Surroundings(
        roles=known.roles,
        forms=known.forms.union(form.id for form in contents.forms.values()),
        delegates=frozenset({*DELEGATES, *REGISTERED}),
        processes=known.processes.union(processes),
        check_expression=lambda source: _fault(source, known.roles),
        decisions=known.decisions.union(decision.id for _, decision in contents.decisions),
        check_feel=_feel_fault,
        check_beginning=known.check_beginning,
        outside=frozenset(REGISTERED),
        versions=known.versions,
        editions=known.editions,
    )


def _editions(session: Session, tenant: str | None, keys: Collection[str]) -> dict[str, tuple[Edition, ...]]:
    """Those of the organisation's own processes, by key."""
    rows = session.scalars(
        select(Definition)
        .ext(distinct_on(Definition.key, Definition.edition))
        .where(Definition.key.in_(keys), Definition.tenant_id.is_not_distinct_from(tenant))
        .order_by(Definition.key, Definition.edition, Definition.version.desc())
    )
    return {key: tuple(map(edition_of, found)) for key, found in groupby(rows, lambda row: row.key)}


def _versions(session: Session, contents: Contents, tenant: str | None) -> dict[Bound, definitions.Versions]:
    """Those of what the models bind by number or tag: deployed, or about to be."""
    processes = [process for model in contents.models.values() for process in model.processes]
    named = [one for process in processes for one in references(process) if one.binding in ("version", "versionTag")]
    return {what: _versions_of(session, what, named, contents, tenant) for what in {one.what for one in named}}


def _versions_of(
    session: Session, what: Bound, named: Iterable[Reference], contents: Contents, tenant: str | None
) -> definitions.Versions:
    here: Mapping[Bound, Mapping[str, str | None]] = {
        Bound.PROCESS: {one.id: one.version_tag for model in contents.models.values() for one in model.processes},
        Bound.FORM: {form.id: form.version_tag for form in contents.forms.values()},
        Bound.DECISION: {decision.id: decision.version_tag for _, decision in contents.decisions},
    }
    table, keys = TABLES[what], {one.key for one in named if one.what is what}
    rows = session.execute(
        select(table.key, table.version, table.version_tag, table.tenant_id).where(
            table.key.in_(keys), table.tenant_id.is_(None) | (table.tenant_id == tenant)
        )
    ).all()
    numbers, tags = {(row.key, row.version) for row in rows}, {(row.key, row.version_tag) for row in rows}
    for key, tag in here[what].items():
        numbers.add(
            (key, 1 + max((row.version for row in rows if (row.key, row.tenant_id) == (key, tenant)), default=0))
        )
        tags.add((key, tag))
    return definitions.Versions(frozenset((key, str(number)) for key, number in numbers), frozenset(tags))


def _known(session: Session, table: Table, tenant: str | None) -> frozenset[str]:
    """The keys of earlier deployments that the organisation sees."""
    seen = table.tenant_id.is_(None) | (table.tenant_id == tenant)
    return frozenset(session.scalars(select(table.key).distinct().where(seen)))


def _fault(source: str, roles: Collection[str]) -> definitions.ExpressionFault | None:
    try:
        used = expressions.compile(source).functions
    except expressions.ParseError as error:
        return definitions.ExpressionFault(error.said, error.position)
    unknown = sorted({name for name, _ in used} - KNOWN_FUNCTIONS)
    if unknown:
        return definitions.ExpressionFault(expressions.said("function", name=unknown[0]))
    strange = next((found for found in _MEMBERS.finditer(source) if found["role"] not in roles), None)
    if strange is None:
        return None
    words = {language: NO_ROLE.get(language).format(role=strange["role"]) for language in LANGUAGES}
    return definitions.ExpressionFault(words, strange.start("role"))


def _feel_fault(source: str) -> definitions.ExpressionFault | None:
    return decision_fault(Text(source))


def decision_fault(text: Text) -> definitions.ExpressionFault | None:
    found = dmn.fault(text)
    return None if found is None else definitions.ExpressionFault(*found)
