"""Reads the JSON of a form: what holds for the document as a whole, and texts in three languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from app.forms.findings import finding_text
from app.forms.model import FormFinding, FormRejected, Text

MAX_BYTES = 256 * 1024


def read_source(source: bytes | str) -> dict[str, Any]:
    """The document of a form with its list of components. Raises FormRejected."""
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(raw) > MAX_BYTES:
        _reject("too_large")
    try:
        document = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        _reject("not_a_form")
    if (
        not isinstance(document, dict)
        or document.get("type") != "default"
        or not isinstance(document.get("components"), list)
    ):
        _reject("not_a_form")
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        _reject("bad_text")
    return document


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _reject(code: str) -> NoReturn:
    raise FormRejected([FormFinding(None, None, *finding_text(code, ""))])


def string(component: Mapping[str, Any], name: str) -> str | None:
    """An attribute that is a text, None if it is anything else."""
    value = component.get(name)
    return value if isinstance(value, str) else None


def texts(component: Mapping[str, Any], kk: object, name: str) -> Text:
    """A text whose translations are the custom properties `<name>.ru` and `<name>.en`."""
    properties = component.get("properties")
    given = properties if isinstance(properties, dict) else {}
    return {"kk": str(kk), "ru": str(given.get(f"{name}.ru") or kk), "en": str(given.get(f"{name}.en") or kk)}
