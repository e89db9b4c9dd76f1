"""The pages without a browser: the application of the interface's tests."""

from tests.api.conftest import (
    app,
    as_user,
    cases,
    client,
    database_engine,
    deploy,
    module_app,
    populated,
    start,
    statements,
    together,
)
from tests.web.desk import desk

__all__ = [
    "app",
    "as_user",
    "cases",
    "client",
    "database_engine",
    "deploy",
    "desk",
    "module_app",
    "populated",
    "start",
    "statements",
    "together",
]
