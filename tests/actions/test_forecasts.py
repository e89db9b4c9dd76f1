"""Forecasts of open cases: repeatable, and worked out afterwards without a look at what came later."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session

from app.actions.figures import forecast_backtest, forecasting
from app.store.tables import CaseFigure, Forecast, Foretold
from tests.actions.test_kept_figures import LONG, SHORT, TENANT, Office, connection

__all__ = ["connection"]
HOURS = timedelta(hours=3)
BEFORE = [
    *(("start", 0, SHORT) for _ in range(6)),
    ("outer", 0, SHORT),
    *(("complete", number, HOURS) for number in (0, 1, 2, 0, 1, 2, 3)),
    *(("pause", number, SHORT) for number in (0, 2, 3)),
    *(("complete", number, HOURS) for number in (0, 1)),
    ("start", 0, timedelta(days=19)),
    ("outer", 0, SHORT),
    ("complete", 9, HOURS),
]
AFTER = [
    *(("resume", number, LONG) for number in range(4)),
    *(("extend", number, SHORT) for number in range(5)),
    ("calendar", 1, SHORT),
    ("calendar", 2, HOURS),
    *(("pause", number, SHORT) for number in range(4)),
    ("start", 0, SHORT),
    *(("complete", 0, HOURS) for _ in range(9)),
    ("cancel", 3, SHORT),
]


@pytest.fixture
def office(connection: Connection) -> Iterator[Office]:
    """In a transaction that is taken back."""
    with connection.begin_nested() as whole:
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield Office(session)
        whole.rollback()


def told(session: Session) -> dict[object, tuple[float, int]]:
    return {one.case_id: (one.chance, one.finished) for one in session.scalars(select(Foretold))}


def test_a_past_day_is_foretold_as_it_was_on_that_day(office: Office) -> None:
    session = office.session
    for act in BEFORE:
        office.act(*act)
    at = office.now + SHORT
    forecasting.refresh(session, TENANT, at)
    then = told(session)
    assert len(then) > 4
    assert len({chance for chance, _ in then.values()}) > 2
    forecasting.refresh(session, TENANT, at)
    assert told(session) == then
    office.now = at + SHORT
    for act in AFTER:
        office.act(*act)
    session.execute(delete(Foretold))
    forecast_backtest.foretell_as_of(session, TENANT, at)
    assert told(session) == then
    assert session.scalars(select(Foretold.afterwards).distinct()).all() == [True]


def test_a_case_that_has_ended_is_expected_no_more(office: Office) -> None:
    for act in BEFORE[:4]:
        office.act(*act)
    session = office.session
    assert forecasting.refresh(session, TENANT, office.now) == 4
    office.act("cancel", 0, SHORT)
    assert forecasting.refresh(session, TENANT, office.now) == 3
    kept = session.scalars(select(Forecast.id)).all()
    assert len(kept) == 3
    assert forecasting.refresh_one(session, kept[0], office.now)
    [gone] = set(session.scalars(select(CaseFigure.id))) - set(kept)
    assert not forecasting.refresh_one(session, gone, office.now)
