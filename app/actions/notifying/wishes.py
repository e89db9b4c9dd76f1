"""What comes to a person by e-mail, and where to: chosen by himself."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.actions.people import accounts
from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.mail import Wishes
from app.domain.people.notices import OF_TEAMS, Kind
from app.domain.people.team import led_by
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import Invalid
from app.mail import is_address
from app.store.tables import User

NO_ADDRESS = Text(
    "Бұл электрондық пошта мекенжайы емес. Үлгісі: aigul@example.kz.",
    "Это не адрес электронной почты. Образец: aigul@example.kz.",
    "This is no e-mail address. An example: aigul@example.kz.",
)
NO_CHOICE = Text("Мұндай таңдау жоқ.", "Такого выбора нет.", "There is no such choice.")


def of_person(session: Session, actor: Actor) -> tuple[str, Wishes]:
    """A person's address, "" for none, and what he wants."""
    user = session.get_one(User, actor.user_id)
    return user.email or "", Wishes.of(user.mail)


def kinds_for(actor: Actor) -> list[Kind]:
    """What there is to choose from: of teams only who leads one is told."""
    return [kind for kind in Kind if kind not in OF_TEAMS or led_by(actor)]


def choose(session: Session, actor: Actor, email: str, language: str, kinds: Iterable[str]) -> None:
    """Choose for oneself; without an address nothing comes. Raises Invalid."""
    email, chosen, known = email.strip(), set(kinds), {kind.value for kind in Kind}
    if email and not is_address(email):
        raise refusals.of(Invalid, NO_ADDRESS)
    if language not in LANGUAGES or not chosen <= known:
        raise refusals.of(Invalid, NO_CHOICE)
    user = session.get_one(User, actor.user_id)
    accounts.write_profile(session, actor, user.id, user.first_name, user.last_name, email or None)
    user.mail = Wishes(language, frozenset(map(Kind, chosen))).to_dict()
    session.flush()
