"""What the fields of a form say, as plain texts: so that two versions can be compared."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.models.parts import Part, PartKind
from app.domain.terms.calendar import Text
from app.forms.source import read_source

_APART = frozenset({"id", "components", "layout"})
"""What people neither see nor fill in, and what is told of by itself."""
_SHORT = 60
"""Characters of a text by which what has no name is called."""


def described(source: bytes) -> dict[str, Part]:
    """The form itself and each of its components, by its key, else its id. Raises FormRejected."""
    form = read_source(source)
    tag = form.get("versionTag")
    found = {"": Part(PartKind.FORM, _same(str(form.get("id", ""))), {"versionTag": str(tag)} if tag else {})}
    components = list(_components(form))
    counted = Counter(_key(one) for one in components)
    for one in components:
        key = _key(one)
        found[key if counted[key] == 1 else f"{key}#{one.get('id')}"] = Part(
            PartKind.FIELD, _name(one), dict(_says(one, ""))
        )
    return found


def _components(around: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for one in around.get("components") or ():
        if isinstance(one, dict):
            yield one
            yield from _components(one)


def _key(component: Mapping[str, Any]) -> str:
    return str(component.get("key") or component.get("path") or component.get("id"))


def _name(component: Mapping[str, Any]) -> Text:
    name = component.get("label")
    if not name:
        return _same(str(component.get("key") or component.get("text") or component.get("id")).strip()[:_SHORT])
    given = component.get("properties")
    words = given if isinstance(given, dict) else {}
    return Text(*(str(words.get(f"label.{lang}") or name) for lang in ("kk", "ru", "en")))


def _same(text: str) -> Text:
    return Text(text, text, text)


def _says(part: Mapping[str, Any], around: str) -> Iterator[tuple[str, str]]:
    """The texts of a component, those of inner objects with the name of the object, but for its custom properties."""
    for name, value in part.items():
        if not around and name in _APART:
            continue
        if isinstance(value, dict):
            yield from _says(value, around if name == "properties" else f"{around}{name}.")
        elif isinstance(value, list):
            yield f"{around}{name}", "; ".join(map(_entry, value))
        elif value not in (None, ""):
            yield f"{around}{name}", _plain(value)


def _entry(value: Any) -> str:
    if isinstance(value, dict) and value.keys() <= {"label", "value"}:
        return f"{value.get('value')} = {value.get('label')}"
    return ", ".join(f"{name}: {text}" for name, text in _says(value, "")) if isinstance(value, dict) else _plain(value)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
