"""Which version of the service this is, and which tables it expects."""

from configparser import ConfigParser
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory

ROOT = Path(__file__).parents[3]


@cache
def service() -> str:
    """The version of the service."""
    known = ConfigParser()
    known.read(ROOT / "setup.cfg", encoding="utf-8")
    return known.get("metadata", "version", fallback="")


@cache
def migration() -> str:
    """The last of the migrations."""
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head() or ""
