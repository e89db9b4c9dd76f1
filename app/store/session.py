"""How a transaction is opened."""

import orjson
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker


def engine(database_url: str, pool_size: int = 8) -> Engine:
    """An engine for a libpq URL. Sessions see UTC; a statement that runs for a minute is cut off."""
    address = database_url.replace("postgres://", "postgresql://", 1).replace(
        "postgresql://", "postgresql+psycopg://", 1
    )
    return create_engine(
        address,
        pool_size=pool_size,
        max_overflow=8,
        pool_pre_ping=False,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
        connect_args={
            "options": "-c timezone=UTC -c statement_timeout=60s -c idle_in_transaction_session_timeout=120s"
        },
    )


def sessions(database: Engine) -> sessionmaker[Session]:
    """Sessions whose objects stay readable after the commit, without a second transaction."""
    return sessionmaker(database, expire_on_commit=False)
