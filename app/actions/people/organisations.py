"""What administrators settle for an organisation: when it is told that a term ends, and where its events are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, distinct, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app import webhook
from app.actions.models.naming import title_of
from app.actions.people.administration import Kind, Operation, note
from app.domain import refusals
from app.domain.outgoing import SECRET_LENGTH
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.errors import Forbidden, Invalid, NotFound
from app.store.tables import Definition, Membership, Organisation

PERCENT = range(1, 91)
URL_LIMIT = 2_000
SETTLED = ("reminderPercent", "webhookUrl", "webhookSecret")
HIDDEN, ANOTHER = "•••", "••• (2)"
"""What the log tells of a secret: that there is one, and that it is another one now."""
PERCENT_WRONG = Text(
    "Ескерту пайызы {least}-ден {most}-ға дейінгі бүтін сан болуы керек.",
    "Процент напоминания – целое число от {least} до {most}.",
    "reminderPercent must be a whole number from {least} to {most}",
)
URL_WRONG = Text(
    "Бұл вебхук мекенжайын қолдануға болмайды: {why}",
    "Этот адрес вебхука использовать нельзя: {why}",
    "webhookUrl cannot be used: {why}",
)
SECRET_WRONG = Text(
    "Вебхук кілті {least}-ден {most}-ға дейінгі таңбадан тұрады.",
    "Ключ вебхука – от {least} до {most} знаков.",
    "webhookSecret must be a text of {least} to {most} characters",
)
SECRET_ALONE = Text(
    "Вебхук кілті мекенжайсыз қолданылмайды.",
    "Ключ вебхука не нужен без адреса.",
    "webhookSecret is of no use without webhookUrl",
)
SECRET_MISSING = Text(
    "Вебхукке кілт керек: оқиғаларға қол қойылады.",
    "Вебхуку нужен ключ: события подписываются.",
    "webhookUrl needs a webhookSecret: events are signed",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """people, services: how many there are."""

    organisation: Organisation
    names: Text
    people: int
    services: int


def organisation(session: Session, actor: Actor, tenant: str) -> Organisation:
    """One of them, for administrators. Raises Forbidden, NotFound."""
    if not actor.administrator:
        raise Forbidden("only an administrator sees and changes how an organisation is set up")
    found = session.get(Organisation, tenant)
    if found is None:
        raise NotFound(f"there is no organisation {tenant}")
    return found


def settle(session: Session, actor: Actor, tenant: str, given: Mapping[str, Any]) -> Organisation:
    """Change what is given of SETTLED, the rest stays. Without an address there is no secret either.

    Raises Forbidden, NotFound, Invalid.
    """
    found = organisation(session, actor, tenant)
    before = (found.reminder_percent, found.webhook_url, found.webhook_secret)
    if unknown := given.keys() - set(SETTLED):
        raise Invalid(f"nothing is known of {', '.join(sorted(unknown))}: there are {', '.join(SETTLED)}")
    if "reminderPercent" in given:
        found.reminder_percent = _percent(given["reminderPercent"])
    if "webhookUrl" in given:
        found.webhook_url = _url(given["webhookUrl"])
    if "webhookSecret" in given:
        found.webhook_secret = _secret(given["webhookSecret"])
    if found.webhook_url is None:
        if given.get("webhookSecret") is not None:
            raise refusals.of(Invalid, SECRET_ALONE)
        found.webhook_secret = None
    elif found.webhook_secret is None:
        raise refusals.of(Invalid, SECRET_MISSING)
    _note(session, actor, found, before)
    session.flush()
    return found


def _note(session: Session, actor: Actor, found: Organisation, before: tuple[int, str | None, str | None]) -> None:
    """Of the secret it is told that it changed, never what it is."""
    percent, url, secret = before
    changes = {
        "reminderPercent": (percent, found.reminder_percent),
        "webhookUrl": (url, found.webhook_url),
        "webhookSecret": (
            secret and HIDDEN,
            found.webhook_secret and (HIDDEN if found.webhook_secret == secret else ANOTHER),
        ),
    }
    note(session, actor, Operation.SETTINGS, Kind.ORGANISATION, found.id, changes)


def listed(session: Session, actor: Actor) -> list[Listed]:
    """All of them by id, in one statement. Raises Forbidden."""
    require_administrator(actor)
    people = _number(Membership.user_id, Membership.tenant_id)
    services = _number(Definition.key, Definition.tenant_id)
    rows = session.execute(select(Organisation, people, services).order_by(Organisation.id))
    return [Listed(one, Text(**one.names), people, services) for one, people, services in rows]


def _number(counted: Any, place: Any) -> ColumnElement[int]:
    """How many different ones an organisation has."""
    found = select(func.count(distinct(counted))).where(place == Organisation.id)
    return found.correlate(Organisation).scalar_subquery()


def services_of(session: Session, actor: Actor, tenant: str) -> list[tuple[str, Text]]:
    """(key, title) of those that run there, by title. Raises Forbidden."""
    require_administrator(actor)
    newest = (
        select(Definition)
        .ext(distinct_on(Definition.key))
        .where(Definition.tenant_id == tenant)
        .order_by(Definition.key, Definition.version.desc())
    )
    return sorted(((one.key, title_of(one)) for one in session.scalars(newest)), key=lambda one: one[1].kk)


def roles_of(session: Session, actor: Actor, tenant: str) -> list[tuple[str, int]]:
    """(role, how many hold it there), by role. Raises Forbidden."""
    require_administrator(actor)
    held = select(Membership.group_id, func.count()).where(Membership.tenant_id == tenant)
    rows = session.execute(held.group_by(Membership.group_id).order_by(Membership.group_id))
    return [(role, number) for role, number in rows]


def _percent(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or given not in PERCENT:
        raise refusals.of(Invalid, PERCENT_WRONG, least=PERCENT[0], most=PERCENT[-1])
    return given


def _url(given: object) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str) or len(given) > URL_LIMIT:
        raise Invalid(f"webhookUrl must be a text of at most {URL_LIMIT} characters, or null")
    try:
        webhook.address(given)
    except ValueError as error:
        raise refusals.of(Invalid, URL_WRONG, why=error) from error
    return given


def _secret(given: object) -> str | None:
    least, most = SECRET_LENGTH
    if given is not None and (not isinstance(given, str) or not least <= len(given) <= most or "\0" in given):
        raise refusals.of(Invalid, SECRET_WRONG, least=least, most=most)
    return given
