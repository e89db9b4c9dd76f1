"""Secrets are taken out of what is kept of an error."""

import os
import re
from collections.abc import Mapping

HIDDEN = "***"
SHORTEST = 6
"""A secret of fewer characters is part of ordinary words."""
_SECRET_NAME = re.compile(r"PASS|SECRET|TOKEN|KEY|CREDENTIAL|DSN|_URL$", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(?<=://)[^\s/@]+@")
_NAMED = re.compile(
    r"""(?ix)\b((?:password|passwd|secret|token|api[-_]?key|authorization)["']?\s*[=:]\s*)
    (?:(?:bearer|basic)\s+)?(?:"[^"]*"|'[^']*'|[^\s,;&]+)"""
)


def secrets_of(environ: Mapping[str, str]) -> dict[str, str]:
    """Those variables of an environment that hold a secret."""
    return {name: value for name, value in environ.items() if _SECRET_NAME.search(name) and len(value) >= SHORTEST}


def masked(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """A text without the passwords of addresses, what is said to be a secret, and the secrets of the environment."""
    for value in secrets_of(environ).values():
        text = text.replace(value, HIDDEN)
    return _NAMED.sub(rf"\g<1>{HIDDEN}", _IN_ADDRESS.sub(f"{HIDDEN}@", text))
