"""What of a deployment is as it was: it gets no new version."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app.actions.models.contents import TABLES, Contents
from app.domain.models.references import Bound, references
from app.store.tables import Deployment, Resource


class Part(NamedTuple):
    """Something that gets versions of its own."""

    what: Bound
    key: str


def parts(contents: Contents) -> dict[Part, str]:
    """All of a deployment, each with its file."""
    return {
        **{Part(Bound.PROCESS, one.id): file for file, model in contents.models.items() for one in model.processes},
        **{Part(Bound.FORM, form.id): file for file, form in contents.forms.items()},
        **{Part(Bound.DECISION, one.id): file for file, one in contents.decisions},
    }


def unchanged(
    session: Session, contents: Contents, digests: Mapping[str, bytes], name: str | None, tenant: str | None
) -> frozenset[Part]:
    """The parts whose newest version was deployed under this name with the same bytes, and means the same things.

    A process that is bound to its deployment has changed with what it is bound to.
    """
    files = parts(contents)
    newest = {part: row for what in Bound for part, row in _newest(session, what, files, tenant)}
    same = {
        part: (row.deployed_at, row.id)
        for part, row in newest.items()
        if (row.name, row.digest) == (name, digests[files[part]])
    }
    bound = {
        Part(Bound.PROCESS, process.id): [
            Part(one.what, one.key) for one in references(process) if one.binding == "deployment"
        ]
        for model in contents.models.values()
        for process in model.processes
    }
    while changed := [
        part
        for part, at in same.items()
        if any(other in files and (other not in same or same[other] > at) for other in bound.get(part, ()))
    ]:
        for part in changed:
            del same[part]
    return frozenset(same)


def _newest(session: Session, what: Bound, files: Iterable[Part], tenant: str | None) -> Iterable[tuple[Part, Any]]:
    """The newest version of each of these parts: when, by which deployment and out of which bytes it was made."""
    table = TABLES[what]
    rows = session.execute(
        select(table.key, Resource.digest, Deployment.name, Deployment.deployed_at, Deployment.id)
        .ext(distinct_on(table.key))
        .join(Resource, Resource.id == table.resource_id)
        .join(Deployment, Deployment.id == table.deployment_id)
        .where(
            table.key.in_([one.key for one in files if one.what is what]), table.tenant_id.is_not_distinct_from(tenant)
        )
        .order_by(table.key, table.version.desc())
    )
    return [(Part(what, row.key), row) for row in rows]
