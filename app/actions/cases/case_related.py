"""Cases that have to do with one another: a complaint, and the case that it is about."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, load_only

from app.actions.cases.case_search import number_of, service_of
from app.domain.people.access import Actor
from app.domain.people.case_access import may_see_case
from app.domain.terms.calendar import Text
from app.store.tables import Instance

COMPLAINED_OF = "complainedCaseId"
"""The variable that holds the id of the case that a complaint is about."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another case: the one complained of, or a complaint about this one."""

    id: UUID
    number: str
    service: Text


def related(session: Session, actor: Actor, root: Instance) -> tuple[Related | None, list[Related]]:
    """The case that this one complains of, and the complaints about this one, as far as the reader may see them."""
    about = _id_of(root.variables.get(COMPLAINED_OF))
    complaint = Instance.variables.contains({COMPLAINED_OF: str(root.id)})
    found = session.scalars(
        select(Instance)
        .where(or_(Instance.id == about, complaint) if about else complaint)
        .options(
            load_only(
                Instance.definition_key,
                Instance.business_key,
                Instance.variables,
                Instance.tenant_id,
                Instance.root_id,
                Instance.viewers,
                Instance.started_at,
            )
        )
        .order_by(Instance.started_at)
    ).all()
    seen = [one for one in found if may_see_case(actor, tenant=one.tenant_id, viewers=one.viewers or ())]
    cases = {one.id: Related(one.id, number_of(one), service_of(one)) for one in seen if one.root_id == one.id}
    complained_of = cases.pop(about, None) if about else None
    return complained_of, list(cases.values())


def _id_of(given: object) -> UUID | None:
    """An id among variables; None if it is none."""
    try:
        return UUID(str(given)) if given else None
    except ValueError:
        return None
