"""Thousands of rows as one parameter of one statement."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Select, bindparam, column, func, select
from sqlalchemy.sql.selectable import NamedFromClause

from app.store.tables import Base


def as_table(table: type[Base], names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> NamedFromClause:
    """Rows as something to select from, with the columns of a table that are named."""
    columns = table.__table__.c
    typed = [column(name, columns[name].type) for name in names]
    given = [{name: _written(row.get(name)) for name in names} for row in rows]
    return (
        func.json_to_recordset(bindparam(None, given, type_=JSON, unique=True))
        .table_valued(*typed, name="given")
        .render_derived(with_types=True)
    )


def rows_of(table: type[Base], rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], Select[Any]]:
    """For `insert(table).from_select(*rows_of(table, rows))`. All rows have the same names."""
    names = list(rows[0])
    given = as_table(table, names, rows)
    return names, select(*(given.c[name] for name in names))


def _written(value: Any) -> Any:
    """As PostgreSQL reads it out of JSON."""
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    return value.isoformat() if isinstance(value, datetime) else value
