"""How a job reaches the database, and what time it is for it."""

from datetime import datetime
from functools import cache

from sqlalchemy.orm import Session, sessionmaker

from app import config
from app.actions.notifying.events import tell_outside
from app.actions.terms import clock
from app.store.session import engine, sessions


@cache
def transactions() -> sessionmaker[Session]:
    settings = config.read()
    return tell_outside(sessions(engine(settings.database_url, pool_size=4)), mail=settings.mail is not None)


def moment(session: Session) -> datetime:
    return clock.moment(session, test_clock=config.read().test_clock)
