"""A compiled form: takes a person's data in, or says everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from marshmallow import Schema, ValidationError

from app.forms.messages import error_text
from app.forms.model import Field, FieldError, FormErrors, Text
from app.forms.paths import Branch, Leaf

_LONGEST_KEY = 100


class Form:
    """A form-js form that the server can check.

    `id` is the form's id; `fields` are its data components in the order of the form; `schema` is the marshmallow
    schema of the data, whose messages are codes. `load` words them.
    """

    def __init__(self, form_id: str, fields: tuple[Field, ...], root: Branch, schema: Schema) -> None:
        self.id = form_id
        self.fields = fields
        self.schema = schema
        self._root = root

    def load(self, data: Mapping[str, object]) -> dict[str, object]:
        """The person's data, checked and coerced, nested as form-js submits it.

        Values of disabled, readonly, hidden and computed fields are dropped. What was not sent is not in the result.
        Numbers become int or float (text with `serializeToString`), dates stay ISO 8601 text.
        Raises FormErrors with every broken rule of every field, and an error for every key the form does not have.
        """
        try:
            loaded: dict[str, object] = self.schema.load(data)
        except ValidationError as error:
            broken = sorted(_broken(error.messages, ()), key=lambda found: self._position(found[0]))
            raise FormErrors([self._error(path, rule) for path, rule in broken]) from error
        return loaded

    def defaults(self) -> dict[str, object]:
        """The data of an untouched form: default values, or form-js's empty ones (`""`, False, [], None).

        A dynamic list has its default number of rows. Hidden and computed fields are left out.
        """
        return _initial(self._root)

    def _error(self, path: tuple[str | int, ...], rule: str) -> FieldError:
        node = self._root.find([part for part in path if isinstance(part, str)])
        key = ".".join(str(part)[:_LONGEST_KEY] for part in path)
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


def _broken(messages: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _broken(inner, (*path, key))
    elif isinstance(messages, list):
        for rule in messages:
            yield path, str(rule)


def _initial(branch: Branch) -> dict[str, object]:
    data: dict[str, object] = {}
    for segment, child in branch.children.items():
        if isinstance(child, Leaf):
            if not (child.field.hidden or child.field.computed):
                data[segment] = list(child.initial) if isinstance(child.initial, list | tuple) else child.initial
        elif child.hidden:
            continue
        elif child.is_list:
            data[segment] = [_initial(child) for _ in range(child.repetitions)]
        else:
            data[segment] = _initial(child)
    return data
