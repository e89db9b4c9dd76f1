"""A compiled form: takes a person's data in, or says everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from marshmallow import Schema, ValidationError

from app.forms.messages import error_text
from app.forms.model import Field, FieldError, FormErrors, Text
from app.forms.paths import Branch, Leaf

MAX_ERRORS = 1_000
_LONGEST_KEY = 100


class Form:
    """A form-js form that the server can check.

    `id` is the form's id; `fields` are its data components in the order of the form.
    """

    def __init__(self, form_id: str, fields: tuple[Field, ...], root: Branch, schema: Schema) -> None:
        self.id = form_id
        self.fields = fields
        self._schema = schema
        self._root = root

    def load(self, data: Mapping[str, object]) -> dict[str, object]:
        """The person's data, checked and coerced, nested as form-js submits it.

        Values of disabled, readonly, hidden and computed fields are dropped. What was not sent is not in the result.
        Numbers become int or float (text with `serializeToString`), dates stay ISO 8601 text.
        Raises FormErrors with the broken rules of all fields, and an error for each key that the form does not have.
        """
        try:
            loaded: dict[str, object] = self._schema.load(data)
        except ValidationError as error:
            broken = sorted(_broken(error.messages, ()), key=lambda found: (self._position(found[0]), _key(found[0])))
            raise FormErrors([self._error(path, rule) for path, rule in broken[:MAX_ERRORS]]) from error
        return loaded

    def _error(self, path: tuple[str | int, ...], rule: str) -> FieldError:
        node = self._root.find([part for part in path if isinstance(part, str)])
        key = _key(path)
        label: Text = dict.fromkeys(("kk", "ru", "en"), key)
        component_id = None
        if isinstance(node, Leaf):
            label, component_id = node.field.label, node.field.component_id
        elif isinstance(node, Branch) and node.label is not None:
            label, component_id = node.label, node.component_id
        if rule == "pattern" and isinstance(node, Leaf) and node.pattern_text is not None:
            return FieldError(key, rule, node.pattern_text, component_id)
        return FieldError(key, rule.partition(":")[0], error_text(rule, label), component_id)

    def _position(self, path: tuple[str | int, ...]) -> list[int]:
        node: Branch | Leaf | None = self._root
        position = []
        for part in path:
            if isinstance(part, int):
                position.append(part)
                continue
            children = node.children if isinstance(node, Branch) else {}
            position.append(list(children).index(part) if part in children else len(children))
            node = children.get(part)
        return position


def _key(path: tuple[str | int, ...]) -> str:
    """The path as people read it; of a key that no field has it may be a part, without halves of characters."""
    return ".".join(str(part)[:_LONGEST_KEY].encode(errors="replace").decode() for part in path)


def _broken(messages: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _broken(inner, (*path, key))
    elif isinstance(messages, list):
        for rule in messages:
            yield path, str(rule)
