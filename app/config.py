"""Settings, read once from the environment into one frozen value."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """database_url: a libpq URL (`postgresql://...`); home: the folder for everything that the service writes."""

    host: str
    port: int
    database_url: str
    home: Path
    secret_key: str
    test_clock: bool
    demo: bool
    cors_origins: tuple[str, ...]
    web_workers: int
    web_threads: int
    secure_cookies: bool


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises ValueError naming the variable that cannot be used."""
    home = Path(environ.get("REGLAMENT_HOME") or "var").resolve()
    return Settings(
        host=environ.get("HOST") or "127.0.0.1",
        port=_number(environ, "PORT", 8080, 1, 65535),
        database_url=environ.get("DATABASE_URL", ""),
        home=home,
        secret_key=environ.get("REGLAMENT_SECRET_KEY") or _kept_secret(home),
        test_clock=environ.get("REGLAMENT_TEST_CLOCK") == "1",
        demo=environ.get("REGLAMENT_DEMO") == "1",
        cors_origins=tuple(environ.get("REGLAMENT_CORS_ORIGINS", "").split()),
        web_workers=_number(environ, "REGLAMENT_WEB_WORKERS", 2, 1, 256),
        web_threads=_number(environ, "REGLAMENT_WEB_THREADS", 4, 1, 256),
        secure_cookies=environ.get("REGLAMENT_SECURE_COOKIES") == "1",
    )


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise ValueError(f"{name} must be a whole number from {low} to {high}, not {text!r}")
    return int(text)


def _kept_secret(home: Path) -> str:
    """The signing key of this installation: made at the first start, readable by its owner alone."""
    path = home / "secret.key"
    home.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secret := secrets.token_hex(32))
    return secret
