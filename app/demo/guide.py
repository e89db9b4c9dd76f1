"""What whoever starts the demonstration is told: who can be signed in as, and what to open then."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models.seed import DEMO_PASSWORD
from app.store.tables import Group, Membership, Organisation, User

PEOPLE: Mapping[str, Mapping[str, str]] = {
    "aktobe-gask": {
        "clerk": "Tasks > My groups: register within 15 minutes, some are late; Start a case: an application on paper",
        "head": "Tasks > My groups: name executors; choose several results and sign them all; Team: load and delay",
        "executor": "Tasks > Mine: drafts, on hold, delegated, comments, papers, and the tasks of an absent colleague",
        "complaint_officer": "Tasks > All: complaints, some with an extended term",
        "applicant": "Tasks > Mine: requests to sign; Cases: how far one's own have come",
        "designer": "Models: draw a new one, edit a service and deploy it, see what changed, play it on a clock of its own",
    },
    "industrial-safety-committee": {
        "executor": "Tasks > All: attestations whose clock stands still, and why",
        "territorial_officer": "Tasks > All: conclusions that the Committee asks for",
    },
    "energy-supervision-committee": {"commission": "Tasks > Mine: votes to give"},
    "metrology-committee": {"executor": "Tasks > All: type approvals to check and prepare"},
}
"""By organisation and role, what to click and what is seen there."""
WIDE = 49
ADMIN = "All organisations: what each has to do; Cases: everything; Settings: absences and deputies of all"


def introduction(session: Session) -> Iterator[str]:
    """Line by line; only people that there are."""
    organisations = {one.id: one.names["en"] for one in session.scalars(select(Organisation).order_by(Organisation.id))}
    roles = {one.id: one.names["en"] for one in session.scalars(select(Group).order_by(Group.id))}
    known = set(session.scalars(select(User.id)))
    yield f"\nSign in as one of these; everybody's password is `{DEMO_PASSWORD}`:"
    for organisation, people in PEOPLE.items():
        there = {f"{role}.{organisation}": (role, what) for role, what in people.items()}
        if known.isdisjoint(there):
            continue
        yield f"\n{organisations[organisation]}"
        for user_id, (role, what) in there.items():
            if user_id in known:
                yield f"  {user_id:{WIDE}}{roles[role]}. {what}"
    if "admin" in known:
        yield f"\nAll organisations\n  {'admin':{WIDE}}Administrator. {ADMIN}"
    held = sorted(set(session.scalars(select(Membership.group_id))))
    yield "\nOr as any <role>.<organisation>"
    yield f"  roles: {', '.join(held)}"
    yield f"  organisations: {', '.join(organisations)}\n"
