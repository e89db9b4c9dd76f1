"""Settings, read once from the environment into one frozen value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """database_url: a libpq URL (`postgresql://...`), empty for the embedded server; home: the folder for everything that
    the service writes; trusted_proxies: how many reverse proxies in front tell the client's address; file_limit: bytes of
    a document that people hand in; files: the folder for their bytes, of this service alone, None: the database; clamd: host
    and port of the virus scanner that looks at each of them, None: there is none; idle: after which a browser is signed out
    in which the person does nothing; message_life: after which a message that nobody waits for is given up.
    """

    host: str
    port: int
    database_url: str
    home: Path
    test_clock: bool
    demo: bool
    cors_origins: tuple[str, ...]
    web_workers: int
    web_threads: int
    secure_cookies: bool
    trusted_proxies: int
    file_limit: int = 20 * MEGABYTE
    files: Path | None = None
    clamd: tuple[str, int] | None = None
    idle: timedelta = timedelta(minutes=60)
    message_life: timedelta = timedelta(days=30)


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises ValueError naming the variable that cannot be used."""
    return Settings(
        host=environ.get("HOST") or "127.0.0.1",
        port=_number(environ, "PORT", 8080, 1, 65535),
        database_url=_database_url(environ),
        home=Path(environ.get("REGLAMENT_HOME") or "var").resolve(),
        test_clock=environ.get("REGLAMENT_TEST_CLOCK") == "1",
        demo=environ.get("REGLAMENT_DEMO") == "1",
        cors_origins=tuple(environ.get("REGLAMENT_CORS_ORIGINS", "").split()),
        web_workers=_number(environ, "REGLAMENT_WEB_WORKERS", 2, 1, 256),
        web_threads=_number(environ, "REGLAMENT_WEB_THREADS", 4, 1, 256),
        secure_cookies=environ.get("REGLAMENT_SECURE_COOKIES") == "1",
        trusted_proxies=_number(environ, "REGLAMENT_TRUSTED_PROXIES", 0, 0, 10),
        file_limit=_number(environ, "REGLAMENT_FILE_LIMIT", 20, 1, 100) * MEGABYTE,
        files=Path(environ["REGLAMENT_FILES"]).resolve() if environ.get("REGLAMENT_FILES") else None,
        clamd=_host_and_port(environ, "REGLAMENT_CLAMD"),
        idle=timedelta(minutes=_number(environ, "REGLAMENT_IDLE_MINUTES", 60, 5, 720)),
        message_life=timedelta(days=_number(environ, "REGLAMENT_MESSAGE_DAYS", 30, 1, 3650)),
    )


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise ValueError(f"{name} must be a whole number from {low} to {high}, not {text!r}")
    return int(text)


def _host_and_port(environ: Mapping[str, str], name: str) -> tuple[str, int] | None:
    text = environ.get(name, "").strip()
    if not text:
        return None
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or not port or parts.path:
        raise ValueError(f"{name} must be host:port, not {text!r}")
    return host, port


def _database_url(environ: Mapping[str, str]) -> str:
    url = environ.get("DATABASE_URL", "").strip()
    try:
        parts = urlsplit(url)
        usable = not url or (parts.scheme in ("postgresql", "postgres") and "://" in url and parts.port != 0)
    except ValueError:
        usable = False
    if not usable:
        # not shown: there may be a password in it
        raise ValueError("DATABASE_URL must be the address of a PostgreSQL: postgresql://user:password@host:5432/name")
    return url
