"""Who someone is: passwords, sessions, bearer tokens, memberships."""

import hashlib
import hmac
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Date, Row, and_, bindparam, cast, delete, func, or_, select, type_coerce, update
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session, aliased

from app.actions.people import guessing
from app.actions.people.passwords import hash_password, verify_password
from app.domain.people.access import Actor, Away, Profile, Substitution
from app.domain.terms.calendar import ONE_DAY, Text
from app.errors import NotFound, Unauthenticated
from app.store import rights
from app.store.tables import (
    Absence,
    AccessToken,
    Calendar,
    Membership,
    Organisation,
    User,
)
from app.store.tables.base import Moment

SESSION, BEARER = "session", "bearer"
SESSION_LASTS = timedelta(hours=12)
SEEN_AGAIN = timedelta(minutes=1)
"""How exactly it is noted when a person was here last."""
BEARER_LASTS = timedelta(days=90)
_process_key = secrets.token_bytes(32)
_verified: dict[bytes, str] = {}
_VERIFIED_LIMIT = 10_000
_no_such_user = hash_password(secrets.token_hex(16))


_PERSON = (
    # who is deactivated is nobody any more, whatever he knows
    select(
        User.id,
        User.administrator,
        User.password_hash,
        func.array_agg(array([Membership.group_id, Membership.tenant_id])).label("held"),
    )
    .outerjoin(Membership, Membership.user_id == User.id)
    .where(User.deactivated_at.is_(None))
    .group_by(User.id)
)
_Absent, _Held = aliased(User), aliased(Membership)
_today = cast(func.timezone(Calendar.zone, bindparam("at", type_=Moment)), Date)
_SUBSTITUTIONS = (
    select(
        func.array_agg(
            array(
                [
                    Absence.user_id,
                    _Absent.full_name,
                    Absence.tenant_id,
                    _Held.group_id,
                ]
            )
        )
    )
    .join(Calendar, Calendar.tenant_id == Absence.tenant_id)
    .join(_Absent, _Absent.id == Absence.user_id)
    .join(_Held, and_(_Held.user_id == Absence.user_id, _Held.tenant_id == Absence.tenant_id))
    .where(
        Absence.deputy_id == User.id,
        Absence.ended_at.is_(None),
        Absence.last_day >= bindparam("since", type_=Date),  # what the index knows, whatever the zone
        Absence.first_day <= _today,
        Absence.last_day >= _today,
    )
    .correlate(User)
    .scalar_subquery()
)
"""Those for whom a person acts at a moment: the day of their organisation decides. One row a role that they hold there."""
_AWAY = (
    select(func.json_build_array(Absence.last_day, _Absent.full_name))
    .join(Calendar, Calendar.tenant_id == Absence.tenant_id)
    .join(_Absent, _Absent.id == Absence.deputy_id)
    .where(
        Absence.user_id == User.id,
        Absence.ended_at.is_(None),
        Absence.first_day <= _today,
        Absence.last_day >= _today,
    )
    .order_by(Absence.last_day)
    .limit(1)
    .correlate(User)
    .scalar_subquery()
)
"""Until when a person is absent himself, and who acts for him."""
_ORGANISATIONS = (
    select(func.json_object_agg(Organisation.id, Organisation.names))
    .where(Organisation.id.in_(select(_Held.tenant_id).where(_Held.user_id == User.id).correlate(User)))
    .correlate(User)
    .scalar_subquery()
)
_ACTING = _PERSON.add_columns(
    _SUBSTITUTIONS.label("substitutions"),
    User.full_name.label("name"),
    User.language,
    type_coerce(_AWAY, JSON).label("away"),
    type_coerce(_ORGANISATIONS, JSON).label("organisations"),
)
_BY_NAME = _PERSON.where(User.id == bindparam("name"))
_ACTING_BY_NAME = _ACTING.where(User.id == bindparam("name"))
_good = and_(
    AccessToken.digest == bindparam("secret"),
    AccessToken.expires_at > bindparam("now"),
    or_(AccessToken.kind != SESSION, AccessToken.seen_at > bindparam("awake")),
)
_BY_SECRET = _ACTING.join(AccessToken, AccessToken.user_id == User.id).where(_good)
_long_ago = select(AccessToken.digest).where(_good, AccessToken.seen_at < bindparam("lately"))
_BY_SECRET_OF_PERSON = _BY_SECRET.add_cte(
    update(AccessToken)
    .where(AccessToken.digest.in_(_long_ago.with_for_update(skip_locked=True)))
    .values(seen_at=bindparam("now"))
    .returning(AccessToken.digest)
    .cte("seen")
)
"""Notes, too, that the person was here; without waiting for another request of his that does."""


def actor_of(session: Session, user_id: str) -> Actor:
    """A person with all memberships, in one statement: his own rights, not those of a deputy. Raises NotFound."""
    row = session.execute(_BY_NAME, {"name": user_id}).one_or_none()
    if row is None:
        raise NotFound(f"User with id {user_id} does not exist")
    return Actor(row.id, row.administrator, _memberships(row.held))


def _moment(at: datetime) -> dict[str, date | datetime]:
    """at: aware. since: no zone has an earlier day then."""
    return {"at": at, "since": at.astimezone(UTC).date() - timedelta(days=1)}


def _memberships(held: list[list[str | None]]) -> frozenset[tuple[str, str]]:
    return frozenset((group, tenant) for group, tenant in held if group is not None and tenant is not None)


def _acting(row: Row[Any]) -> Actor:
    """Somebody with the substitutions in force, in the organisations that he is of himself."""
    memberships = _memberships(row.held)
    tenants = {tenant for _, tenant in memberships}
    groups: dict[tuple[str, str, str], set[str]] = {}
    for absent, name, tenant, group in row.substitutions or ():
        if tenant in tenants:
            groups.setdefault((absent, name, tenant), set()).add(group)
    acts_for = tuple(Substitution(*one, frozenset(groups[one])) for one in sorted(groups))
    return Actor(row.id, row.administrator, memberships, acts_for, _profile(row))


def _away(last: str, deputy: str) -> Away:
    return Away(date.fromisoformat(last), deputy)


def _profile(row: Row[Any]) -> Profile:
    return Profile(
        name=row.name,
        organisations={tenant: Text(**names) for tenant, names in sorted((row.organisations or {}).items())},
        away=None if row.away is None else _away(*row.away),
        language=row.language,
    )


def by_password(
    session: Session, user_id: str, password: str, address: str, now: datetime, at: datetime | None = None
) -> Actor:
    """The person with this password. Raises Unauthenticated, TooManyAttempts. at: see `by_secret`.

    Who guesses at a name from everywhere closes it to strange addresses alone: from a familiar one its person gets in.

    A password that was right a moment ago, from the same address, is not hashed again: the process remembers a keyed digest
    of it together
    with the stored hash, so that a changed password is asked for at once.
    """
    address = guessing.network(address)
    row = session.execute(_ACTING_BY_NAME, {"name": user_id, **_moment(at or now)}).one_or_none()
    digest = hmac.digest(_process_key, f"{address}\0{user_id}\0{password}".encode(errors="surrogatepass"), "sha256")
    if row is not None and _verified.get(digest) == row.password_hash:
        return _acting(row)
    limits = guessing.limits(session, user_id, address, now)
    guessing.refuse(session, limits, now)
    kept = _no_such_user if row is None else row.password_hash or _no_such_user  # who has chosen none takes as long
    if not verify_password(kept, password) or row is None:
        guessing.count(session, limits, now)
        raise Unauthenticated("user name or password is wrong")
    guessing.forgive(session, user_id, address, now)
    if len(_verified) >= _VERIFIED_LIMIT:
        _verified.clear()
    _verified[digest] = row.password_hash
    return _acting(row)


def sign_in(session: Session, actor: Actor, kind: str, now: datetime, name: str | None = None) -> tuple[str, datetime]:
    """A new secret for a browser (`session`) or a program (`bearer`), and when it ends. Only its digest is kept.

    name: what it is for.
    """
    secret = secrets.token_urlsafe(32)
    expires = now + (SESSION_LASTS if kind == SESSION else BEARER_LASTS)
    session.add(
        AccessToken(
            digest=digest_of(secret),
            user_id=actor.user_id,
            kind=kind,
            created_at=now,
            seen_at=now,
            expires_at=expires,
            name=name,
        )
    )
    return secret, expires


def by_secret(
    session: Session, secret: str, now: datetime, idle: timedelta, at: datetime | None = None, *, by_hand: bool = True
) -> Actor:
    """The person to whom a session or bearer secret was given, in one statement. Raises Unauthenticated.

    idle: after which a session ends in which the person did nothing; by_hand: it is he himself who asks now. at: when he
    acts, where the service's clock is not the machine's; with whose rights as a deputy depends on it.
    """
    asked = {"secret": digest_of(secret), "now": now, "awake": now - idle, **_moment(at or now)}
    found = (_BY_SECRET_OF_PERSON, {**asked, "lately": now - SEEN_AGAIN}) if by_hand else (_BY_SECRET, asked)
    row = session.execute(*found).one_or_none()
    if row is None:
        raise Unauthenticated("the session or token is not known or has ended")
    return _acting(row)


def rights_last(session: Session, actor: Actor, now: datetime) -> timedelta:
    """For how long a person's rights are sure to stay as they are, if nobody changes them: until the first day ends.

    Absences begin and end with the day, in each organisation by its own zone.
    """
    local = func.timezone(Calendar.zone, now)
    ends = func.timezone(Calendar.zone, func.date_trunc("day", local) + ONE_DAY)
    first = session.scalar(select(func.min(ends)).where(Calendar.tenant_id.in_(actor.tenants)))
    return ONE_DAY if first is None else first - now


def sign_out(session: Session, secret: str) -> None:
    """End a session; the other pages of the person have to say again who they are."""
    ended = delete(AccessToken).where(AccessToken.digest == digest_of(secret)).returning(AccessToken.user_id)
    rights.note_people(session, session.scalars(ended))


def speak(session: Session, secret: str, language: str, now: datetime) -> None:
    """Keep the language that the person of a session has chosen; nothing happens where the session has ended."""
    person = select(AccessToken.user_id).where(AccessToken.digest == digest_of(secret), AccessToken.expires_at > now)
    session.execute(update(User).where(User.id.in_(person)).values(language=language))


def revoke(session: Session, actor: Actor, secret: str) -> None:
    """Make a secret of the actor's own, or (an administrator) of anybody, worthless. Raises NotFound."""
    found = session.get(AccessToken, digest_of(secret))
    if found is None or (found.user_id != actor.user_id and not actor.administrator):
        raise NotFound("the token is not known")
    session.delete(found)


def digest_of(secret: str) -> bytes:
    """What is kept of a secret that is random itself."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).digest()
