"""The shape of a finding's text."""

from collections.abc import Mapping
from typing import NamedTuple

ERROR = "error"
WARNING = "warning"


class Text(NamedTuple):
    """message, hint: by language; `{name}` is a gap."""

    severity: str
    message: Mapping[str, str]
    hint: Mapping[str, str]


def error(kk: tuple[str, str], ru: tuple[str, str], en: tuple[str, str]) -> Text:
    """A text that stops a deployment; each language gives message and hint."""
    return _text(ERROR, kk, ru, en)


def warning(kk: tuple[str, str], ru: tuple[str, str], en: tuple[str, str]) -> Text:
    """A text that does not stop a deployment; each language gives message and hint."""
    return _text(WARNING, kk, ru, en)


def _text(severity: str, kk: tuple[str, str], ru: tuple[str, str], en: tuple[str, str]) -> Text:
    return Text(severity, {"kk": kk[0], "ru": ru[0], "en": en[0]}, {"kk": kk[1], "ru": ru[1], "en": en[1]})
