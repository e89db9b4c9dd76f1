"""Deploy files that were deployed before."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models.deployments import Deployed, deploy
from app.domain.people.access import Actor
from app.errors import NotFound
from app.store.tables import Deployment, Resource


def redeploy(
    session: Session,
    actor: Actor,
    deployment: Deployment,
    ids: Collection[str],
    names: Collection[str],
    now: datetime,
    *,
    source: str | None = None,
) -> Deployed:
    """Make new versions of the files of a deployment that have one of these ids or names; of all, where none is given.

    Raises NotFound for a file that it does not have, and as `deploy`.
    """
    files = session.scalars(select(Resource).where(Resource.deployment_id == deployment.id)).all()
    unknown = {*ids} - {str(file.id) for file in files} | {*names} - {file.name for file in files}
    if unknown:
        raise NotFound(f"Deployment '{deployment.id}' has no resource {min(unknown)!r}")
    wanted = [file for file in files if str(file.id) in ids or file.name in names or not (ids or names)]
    return deploy(
        session,
        actor,
        {file.name: file.content for file in wanted},
        now,
        name=deployment.name,
        source=source,
        tenant=deployment.tenant_id,
    )
