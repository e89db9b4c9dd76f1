"""Who works here, and with which rights."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, ColumnElement, ForeignKey, Index, SmallInteger, Text, func, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class Organisation(Base):
    """A provider of services: the tenant. names: {"kk", "ru", "en"}.

    reminder_percent: how much of a term is left when it is told that it ends. webhook_url, webhook_secret: whom events are
    told, and the key by which they are signed; both or none.
    """

    __tablename__ = "organisation"
    id: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[dict[str, Any]]
    reminder_percent: Mapped[int] = mapped_column(SmallInteger, server_default=text("20"))
    webhook_url: Mapped[str | None]
    webhook_secret: Mapped[str | None]


class Group(Base):
    """A role of the regulations, the same for all organisations."""

    __tablename__ = "user_group"
    id: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[dict[str, Any]]


class User(Base):
    """administrator: sees and mends everything, in every organisation. full_name: first and last name, else the id.

    language: of the pages, as the person chose last; programs that act for him are answered in it. mail: what comes by
    e-mail, see `domain.people.mail.Wishes`; None: what comes to everybody. password_hash: "" of who has not chosen a password
    yet. deactivated_at: from then on the person gets in no more, and holds no role.
    """

    __tablename__ = "user_account"
    id: Mapped[str] = mapped_column(primary_key=True)
    first_name: Mapped[str | None]
    last_name: Mapped[str | None]
    email: Mapped[str | None]
    language: Mapped[str | None]
    mail: Mapped[dict[str, Any] | None]
    password_hash: Mapped[str]
    administrator: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    deactivated_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_user_account_name", "last_name", "first_name", "id"),
        Index("ix_user_account_administrators", "id", postgresql_where=text("administrator")),
    )

    @hybrid_property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.first_name, self.last_name))) or self.id

    @full_name.inplace.expression
    @classmethod
    def _full_name(cls) -> ColumnElement[str]:
        names = (func.nullif(name, "") for name in (cls.first_name, cls.last_name))
        return func.coalesce(func.nullif(func.concat_ws(" ", *names), ""), cls.id, type_=Text)


class Membership(Base):
    """A person holds a role in an organisation."""

    __tablename__ = "membership"
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("user_group.id"), primary_key=True)
    __table_args__ = (Index(None, "tenant_id", "group_id"), Index(None, "group_id"))


class Absence(Base):
    """A person is absent from an organisation and a deputy acts for him, from the first to the last day, both included.

    Days are those of the organisation's zone. order_number: of the order (бұйрық). ended_at: ended before its last day, or
    before its first; from then on it holds no more.
    """

    __tablename__ = "absence"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    first_day: Mapped[date]
    last_day: Mapped[date]
    tenant_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    deputy_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    order_number: Mapped[str]
    made_by: Mapped[str]
    ended_by: Mapped[str | None]
    __table_args__ = (
        Index("ix_absence_deputy", "deputy_id", "last_day", postgresql_where=text("ended_at IS NULL")),
        Index(None, "deputy_id", "first_day"),
        Index(None, "user_id", "first_day"),
        Index(None, "tenant_id", "first_day", "id"),
    )


class AccessToken(Base):
    """A signed-in browser or a bearer token, known by the SHA-256 of its secret. seen_at: about when it was used last.

    name: of a bearer token, what it is for; made_by: the administrator who made it for another.
    """

    __tablename__ = "access_token"
    digest: Mapped[bytes] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]  # session | bearer
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    name: Mapped[str | None]
    made_by: Mapped[str | None]


class FamiliarAddress(Base):
    """From where a person has signed in with the password, and when last. address: see `actions.people`."""

    __tablename__ = "familiar_address"
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[datetime]


class LoginFailure(Base):
    """Failed attempts within a window: of one user name, of one address, of one name from one address."""

    __tablename__ = "login_failure"
    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime]
