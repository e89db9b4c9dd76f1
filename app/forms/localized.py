"""The source of a form in one language: labels and descriptions as a person reads them.

A text has its translations beside it, in the custom properties `<name>.ru` and `<name>.en`; of a value among choices they
are named `value.<value>.<language>`. What has no translation stays as it is.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from app.forms.source import read_source

_TEXTS = ("label", "description", "text", "alt", "title", "dateLabel", "timeLabel", "placeholder")
_PATTERN = "patternErrorMessage"
_APPEARANCE = ("prefixAdorner", "suffixAdorner")


def localized(source: bytes, lang: str, *, without: Container[str | None] = ()) -> dict[str, Any]:
    """The form as JSON, for a viewer. lang: kk, ru or en; without: the ids of components left out. Raises FormRejected."""
    return _component(read_source(source), lang, without)


def _component(component: Mapping[str, Any], lang: str, without: Container[str | None]) -> dict[str, Any]:
    given = component.get("properties")
    words: Mapping[str, Any] = given if isinstance(given, dict) else {}
    shown = dict(component)
    for name in _TEXTS:
        if name in component:
            shown[name] = words.get(f"{name}.{lang}") or component[name]
    if isinstance(component.get("appearance"), dict):
        shown["appearance"] = _appearance(component["appearance"], words, lang)
    if isinstance(component.get("validate"), dict) and words.get(f"{_PATTERN}.{lang}"):
        shown["validate"] = {**component["validate"], _PATTERN: words[f"{_PATTERN}.{lang}"]}
    if isinstance(component.get("values"), list):
        shown["values"] = [_choice(choice, words, lang) for choice in component["values"]]
    if isinstance(component.get("components"), list):
        shown["components"] = [
            _component(inner, lang, without) for inner in component["components"] if inner.get("id") not in without
        ]
    return shown


def _appearance(appearance: Mapping[str, Any], words: Mapping[str, Any], lang: str) -> dict[str, Any]:
    return {**appearance, **{name: words[f"{name}.{lang}"] for name in _APPEARANCE if words.get(f"{name}.{lang}")}}


def _choice(choice: Any, words: Mapping[str, Any], lang: str) -> Any:
    if not isinstance(choice, dict):
        return choice
    return {**choice, "label": words.get(f"value.{choice.get('value')}.{lang}") or choice.get("label")}
