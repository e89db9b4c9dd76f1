"""Settings, read once from the environment into one frozen value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

MEGABYTE = 1024 * 1024
TOKEN_LENGTH = 16
"""Characters of a token that nobody guesses, at least."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """secure: TLS from the first byte (smtps), else STARTTLS. user, password: both or none. sender: as it stands in From."""

    host: str
    port: int
    secure: bool
    user: str | None
    password: str | None = field(repr=False)
    sender: str


@dataclass(frozen=True, slots=True)
class Settings:
    """database_url: a libpq URL (`postgresql://...`), empty for the embedded server; home: the folder for everything that
    the service writes; url: where people open the pages, as links in letters begin; mail: the server that takes letters,
    None: none are written; trusted_proxies: how many reverse proxies in front tell the client's address; file_limit: bytes of
    a document that people hand in; files: the folder for their bytes, of this service alone, None: the database; clamd: host
    and port of the virus scanner that looks at each of them, None: there is none; idle: after which a browser is signed out
    in which the person does nothing; message_life: after which a message that nobody waits for is given up; delegates: the
    modules in which those that reach outside are registered; delegate_limit: after which a call of one is stopped;
    lost_worker: without a sign of life, after which the jobs of a worker are run by others; chain_limit: how many jobs may lead
    to each other with nothing from outside in between; log_format: json or text; metrics_token: with which a program reads the
    metrics, None: administrators alone do.
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
    url: str = "http://127.0.0.1:8080"
    mail: MailServer | None = None
    file_limit: int = 20 * MEGABYTE
    files: Path | None = None
    clamd: tuple[str, int] | None = None
    idle: timedelta = timedelta(minutes=60)
    message_life: timedelta = timedelta(days=30)
    delegates: tuple[str, ...] = ()
    delegate_limit: timedelta = timedelta(seconds=60)
    lost_worker: timedelta = timedelta(seconds=30)
    chain_limit: int = 10_000
    log_format: str = "text"
    metrics_token: str | None = field(default=None, repr=False)


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises ValueError naming the variable that cannot be used."""
    return Settings(
        host=environ.get("HOST") or "127.0.0.1",
        port=_number(environ, "PORT", 8080, 1, 65535),
        database_url=_database_url(environ),
        home=Path(environ.get("REGLAMENT_HOME") or "var").resolve(),
        test_clock=environ.get("REGLAMENT_TEST_CLOCK") == "1",
        demo=environ.get("REGLAMENT_DEMO") == "1",
        url=_url(environ),
        mail=_mail(environ),
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
        delegates=tuple(environ.get("REGLAMENT_DELEGATES", "").replace(",", " ").split()),
        delegate_limit=timedelta(seconds=_number(environ, "REGLAMENT_DELEGATE_SECONDS", 60, 1, 3600)),
        lost_worker=timedelta(seconds=_number(environ, "REGLAMENT_LOST_WORKER_SECONDS", 30, 2, 3600)),
        chain_limit=_number(environ, "REGLAMENT_CHAIN_LIMIT", 10_000, 10, 1_000_000),
        log_format=_log_format(environ),
        metrics_token=_metrics_token(environ),
    )


def _log_format(environ: Mapping[str, str]) -> str:
    text = environ.get("REGLAMENT_LOG_FORMAT", "").strip() or "text"
    if text not in ("json", "text"):
        raise ValueError(f"REGLAMENT_LOG_FORMAT must be json or text, not {text!r}")
    return text


def _metrics_token(environ: Mapping[str, str]) -> str | None:
    text = environ.get("REGLAMENT_METRICS_TOKEN", "").strip()
    if text and not (len(text) >= TOKEN_LENGTH and text.isascii() and text.isprintable() and " " not in text):
        # not shown: it is a secret
        raise ValueError(f"REGLAMENT_METRICS_TOKEN must have at least {TOKEN_LENGTH} characters of ASCII and no space")
    return text or None


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


def _url(environ: Mapping[str, str]) -> str:
    text = environ.get("REGLAMENT_URL", "").strip().rstrip("/")
    host = environ.get("HOST") or "127.0.0.1"
    if not text:
        return f"http://{f'[{host}]' if ':' in host else host}:{_number(environ, 'PORT', 8080, 1, 65535)}"
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and not parts.query and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(
            f"REGLAMENT_URL must be the address of the pages, such as https://reglament.example.kz, not {text!r}"
        )
    return text


def _mail(environ: Mapping[str, str]) -> MailServer | None:
    text, sender = environ.get("REGLAMENT_SMTP", "").strip(), environ.get("REGLAMENT_MAIL_FROM", "").strip()
    if not text:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port or (465 if parts.scheme == "smtps" else 587)
        usable = parts.scheme in ("smtp", "smtps") and parts.hostname and parts.path in ("", "/") and not parts.query
        usable = usable and (parts.username is None) == (parts.password is None)
    except ValueError:
        usable, port = False, 0
    if not usable:
        # not shown: there may be a password in it
        raise ValueError("REGLAMENT_SMTP must be a mail server: smtp://user:password@host:587, or smtps://")
    if not _is_mailbox(sender):
        raise ValueError("REGLAMENT_MAIL_FROM must be the sender of letters: Reglament <reglament@example.kz>")
    user, password = (None if one is None else unquote(one) for one in (parts.username, parts.password))
    return MailServer(parts.hostname or "", port, parts.scheme == "smtps", user, password, sender)


def _is_mailbox(text: str) -> bool:
    name, at, domain = parseaddr(text)[1].rpartition("@")
    return bool(name and at and domain) and text.isprintable()


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
