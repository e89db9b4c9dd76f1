"""What a form may read beside the variables of the case.

`me.name` is the name of whoever fills it in; `members.<role>` are the people of a role in the organisation of the case, as
the options of a choice (`valuesKey`): [{"value": user id, "label": name}], by name.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import forms
from app.domain.people.access import Actor
from app.store.tables import Membership, User

ME, MEMBERS = "me", "members."


def is_provided(name: str) -> bool:
    """Whether a name in a form stands for something that is given here."""
    return name.partition(".")[0] == ME or name.startswith(MEMBERS)


def provided(session: Session, form: forms.Form, actor: Actor, tenant: str | None) -> dict[str, Any]:
    """The values of what the form reads, by name; nothing is asked where it reads nothing."""
    names = [name for name in form.variables if is_provided(name)]
    roles = {name.removeprefix(MEMBERS) for name in names if name.startswith(MEMBERS)}
    found: dict[str, Any] = {f"{MEMBERS}{role}": [] for role in roles}
    for role, options in _people(session, roles, tenant).items():
        found[f"{MEMBERS}{role}"] = options
    if len(names) > len(roles):
        person = session.get_one(User, actor.user_id)
        found[ME] = {"name": person.full_name}
    return found


def _people(session: Session, roles: Collection[str], tenant: str | None) -> dict[str, list[dict[str, str]]]:
    if not roles or tenant is None:
        return {}
    held = (
        select(Membership.group_id, User.id, User.full_name)
        .join(User, User.id == Membership.user_id)
        .where(Membership.group_id.in_(roles), Membership.tenant_id == tenant)
    )
    options: dict[str, list[dict[str, str]]] = {}
    for row in session.execute(held):
        options.setdefault(row.group_id, []).append({"value": row.id, "label": row.full_name})
    return {role: sorted(people, key=lambda one: (one["label"], one["value"])) for role, people in options.items()}
