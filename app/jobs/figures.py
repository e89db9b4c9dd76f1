"""The figures are added up every minute, so that little is left to add where they are read; what will be late is worked out
anew every hour."""

from app import queue
from app.actions.figures import forecast_backtest, forecasting
from app.jobs.database import moment, transactions
from app.store import figures

EVERY_MINUTE, EVERY_HOUR = "* * * * *", "7 * * * *"


@queue.app.periodic(cron=EVERY_MINUTE)
@queue.app.task(name="fold_figures", queue=queue.OUTSIDE)
def fold_figures(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """All that has changed, a batch a transaction; what comes meanwhile may wait for the next minute."""
    sessions, more = transactions(), True
    while more:
        with sessions.begin() as session:
            more = figures.fold(session)


@queue.app.periodic(cron=EVERY_HOUR)
@queue.app.task(name="foretell_all", queue=queue.OUTSIDE)
def foretell_all(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """Have the open cases of every organisation foretold."""
    with transactions().begin() as session:
        for tenant in forecasting.tenants_with_cases(session):
            queue.foretell(session, tenant)


@queue.app.task(name=queue.FORETELL, queue=queue.OUTSIDE)
def foretell(tenant: str | None) -> None:
    """What is expected of the open cases of an organisation; the first of a day is kept. Where nothing was kept yet, the past
    month is worked out afterwards."""
    with transactions().begin() as session:
        now = moment(session)
        forecasting.refresh(session, tenant, now)
        filled = forecast_backtest.is_filled(session, tenant, now)
        past = [] if filled else list(forecast_backtest.mornings(session, tenant, now))
    for morning in past:
        with transactions().begin() as session:
            forecast_backtest.foretell_as_of(session, tenant, morning)
