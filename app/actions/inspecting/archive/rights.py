"""Who may take a whole case out."""

from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.terms.calendar import Text
from app.errors import Forbidden
from app.store.tables import Instance

HEAD = "head"
NOT_YOURS = Text(
    "Істің мұрағатын әкімші, ал аяқталған істікін ұйымның басшысы да шығара алады.",
    "Архив дела выгружает администратор, а оконченного — и руководитель организации.",
    "the archive of a case is for administrators, that of one that has ended for the heads of its organisation, too",
)


def may_export(actor: Actor, root: Instance) -> bool:
    """Administrators may at any time, the heads of the organisation once the case has ended: until then it holds what others
    are to decide without knowing of each other."""
    return actor.administrator or (root.ended_at is not None and HEAD in _roles(actor, root))


def require_export(actor: Actor, root: Instance) -> None:
    """Raises Forbidden."""
    if not may_export(actor, root):
        raise refusals.of(Forbidden, NOT_YOURS)


def _roles(actor: Actor, root: Instance) -> frozenset[str]:
    return frozenset() if root.tenant_id is None else frozenset(actor.groups_in(root.tenant_id))
