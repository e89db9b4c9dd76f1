"""What all tables share: names of constraints, and the columns that Python's types mean. Moments are timestamptz (UTC)."""

import uuid
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Date, DateTime, LargeBinary, MetaData, SmallInteger, Text, Time, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

Moment = DateTime(timezone=True)


class Names(TypeDecorator[list[str]]):
    """A list of names; an empty one takes no room."""

    impl = ARRAY(Text)
    cache_ok = True

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> list[str] | None:  # noqa: ARG002
        return value or None

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> list[str]:  # noqa: ARG002
        return value or []


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        str: Text,
        datetime: Moment,
        date: Date,
        time: Time,
        uuid.UUID: Uuid,
        bytes: LargeBinary,
        dict[str, Any]: JSONB(none_as_null=True),
        list[Any]: JSONB(none_as_null=True),
        list[str]: Names,
        list[int]: ARRAY(SmallInteger),
    }
