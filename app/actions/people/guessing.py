"""The limit on guessing passwords: how often an attempt may fail, and the addresses from which a person is known."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network

from sqlalchemy import and_, case, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.errors import TooManyAttempts
from app.store.tables import FamiliarAddress, LoginFailure

ATTEMPTS = 10
WINDOW = timedelta(minutes=5)
FAMILIAR = timedelta(days=90)
"""How long an address from which a person has signed in stays familiar."""


def limits(session: Session, user_id: str, address: str, now: datetime) -> dict[str, int]:
    """How many failures a window allows by key: one person from one address, one person, one address.

    Many people share an address, so that a few mistyped passwords of one of them stop nobody else. From a familiar address
    a person gets in although others guess at the name.
    """
    name = _of_name(user_id)
    allowed = {_from(name, address): ATTEMPTS, name: ATTEMPTS * 5, f"address:{address}": ATTEMPTS * 20}
    familiar = session.get(FamiliarAddress, (user_id, address))
    if familiar is not None and familiar.last > now - FAMILIAR:
        allowed.pop(name)
    return allowed


def _from(name: str, address: str) -> str:
    return f"{name}@{address}"


def _of_name(user_id: str) -> str:
    return "user:" + hashlib.sha256(user_id.encode(errors="surrogatepass")).hexdigest()[:32]


def forgive(session: Session, user_id: str, address: str, now: datetime) -> None:
    """A person has given the right password: the address is familiar from now on."""
    session.execute(delete(LoginFailure).where(LoginFailure.key == _from(_of_name(user_id), address)))
    seen = insert(FamiliarAddress).values(user_id=user_id, address=address, last=now)
    session.execute(seen.on_conflict_do_update(index_elements=["user_id", "address"], set_={"last": now}))


def forget_failures(session: Session, user_id: str) -> None:
    """Let a person try passwords again, from every address."""
    name = _of_name(user_id)
    session.execute(delete(LoginFailure).where(or_(LoginFailure.key == name, LoginFailure.key.startswith(f"{name}@"))))


def network(address: str) -> str:
    """What one client can have all addresses of: an IPv4 address, the /64 of an IPv6 one (RFC 6177); else as it is."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))


def refuse(session: Session, allowed: Mapping[str, int], now: datetime) -> None:
    """Raises TooManyAttempts where one of the limits is reached."""
    reached = [and_(LoginFailure.key == key, LoginFailure.count >= limit) for key, limit in allowed.items()]
    since = session.scalar(select(func.max(LoginFailure.since)).where(or_(*reached), LoginFailure.since > now - WINDOW))
    if since is not None:
        wait = int((since + WINDOW - now).total_seconds()) + 1
        raise TooManyAttempts(f"too many failed attempts: try again in {wait} seconds", details={"retryAfter": wait})


def count(session: Session, keys: Iterable[str], now: datetime) -> None:
    """Remembered although the request fails: the entry point commits after Unauthenticated."""
    fresh = insert(LoginFailure).values([{"key": key, "count": 1, "since": now} for key in sorted(keys)])
    old = LoginFailure.since <= now - WINDOW
    session.execute(
        fresh.on_conflict_do_update(
            index_elements=[LoginFailure.key],
            set_={
                "count": case((old, 1), else_=LoginFailure.count + 1),
                "since": case((old, now), else_=LoginFailure.since),
            },
        )
    )
