"""Names, address and language of a person, as an administrator writes them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.actions.people import accounts
from app.actions.people.administration import Kind, Operation, note
from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import Invalid
from app.mail import is_address

NO_ADDRESS = Text(
    "«{given}» – электрондық пошта мекенжайы емес. Үлгісі: aigul@example.kz.",
    "«{given}» – не адрес электронной почты. Образец: aigul@example.kz.",
    "“{given}” is no e-mail address. An example: aigul@example.kz.",
)
NO_LANGUAGE = Text(
    "«{given}» тілі жоқ: kk, ru немесе en болуы мүмкін.",
    "Языка «{given}» нет: есть kk, ru и en.",
    "there is no language “{given}”: there are kk, ru and en",
)
TOO_LONG = Text(
    "«{given}…»: ең көбі {limit} таңба болуы мүмкін.",
    "«{given}…»: может быть не больше {limit} знаков.",
    "“{given}…”: there may be at most {limit} characters",
)
UNPRINTABLE = Text(
    "«{given}»: басып шығарылмайтын не бүлінген таңба бар.",
    "«{given}»: есть непечатный или испорченный знак.",
    "“{given}”: there is a character that cannot be printed or is broken",
)
NOT_CHOSEN = Text("Ұйым мен рөлді таңдаңыз.", "Выберите организацию и роль.", "choose an organisation and a role")
SHOWN = 40
"""So much of what was given is said again."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Profile:
    """What is written of a person; None: nothing."""

    last_name: str | None
    first_name: str | None
    email: str | None
    language: str | None


def check(profile: Profile) -> None:
    """Raises Invalid for what cannot be written."""
    for text in (profile.last_name, profile.first_name, profile.email):
        if text is not None and len(text) > accounts.LONGEST_NAME:
            raise refusals.of(Invalid, TOO_LONG, given=text[:SHOWN], limit=accounts.LONGEST_NAME)
        if text is not None and (not text.isprintable() or REPLACEMENT in text):
            raise refusals.of(Invalid, UNPRINTABLE, given=text[:SHOWN])
    if profile.email is not None and not is_address(profile.email):
        raise refusals.of(Invalid, NO_ADDRESS, given=profile.email[:SHOWN])
    if profile.language is not None and profile.language not in LANGUAGES:
        raise refusals.of(Invalid, NO_LANGUAGE, given=profile.language[:SHOWN])


def write(session: Session, actor: Actor, user_id: str, profile: Profile) -> None:
    """Write it. Raises Forbidden, NotFound, Invalid."""
    require_administrator(actor)
    check(profile)
    user = accounts.account(session, user_id)
    changes = {"language": (user.language, profile.language)}
    accounts.write_profile(session, actor, user_id, profile.first_name, profile.last_name, profile.email)
    note(session, actor, Operation.PROFILE, Kind.PERSON, user_id, changes)
    user.language = profile.language
    session.flush()


def require_chosen(*keys: str) -> None:
    """Raises Invalid where a choice was left open."""
    if not all(keys):
        raise refusals.of(Invalid, NOT_CHOSEN)
