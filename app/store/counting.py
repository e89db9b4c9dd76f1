"""How many rows there are of which something holds, as a part of a larger query."""

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from app.store.tables.base import Base


def rows_of(table: type[Base], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()
