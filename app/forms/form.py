"""A compiled form: takes a person's data in, or says everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from marshmallow import Schema, ValidationError

from app.forms import markup
from app.forms.demands import Demands
from app.forms.expressions import Owner, strange_names
from app.forms.messages import error_text
from app.forms.model import Case, Field, FieldError, FormErrors, FormFinding, Language, Text
from app.forms.paths import Branch, Leaf, root_schema, usual_spec
from app.forms.settling import Evaluator, Path, Settled, TooCostly, settle

MAX_ERRORS = 1_000
MAX_VALUES = 50_000
"""Values, lists and objects in the data of a form; in the rows of lists inside of lists they would become very many."""
_LONGEST_KEY = 100


class Form:
    """A form-js form that the server can check.

    `id` is the form's id, `version_tag` what its designer calls this version; `fields` are its data components in the
    order of the form. `dynamic` forms have expressions or look at the time: they need a case to be loaded.
    """

    def __init__(
        self,
        form_id: str,
        fields: tuple[Field, ...],
        root: Branch,
        *,
        language: Language | None,
        dynamic: bool,
        names: Mapping[str, Owner],
        version_tag: str | None = None,
    ) -> None:
        self.id = form_id
        self.version_tag = version_tag
        self.fields = fields
        self.dynamic = dynamic
        self._root = root
        self._language = language
        self._names = names

    def load(self, data: Mapping[str, object], case: Case | None = None) -> dict[str, object]:
        """The person's data, checked and coerced, nested as form-js submits it, with what the form computes.

        Values of disabled, readonly, hidden and computed fields are dropped. What was not sent is not in the result.
        Numbers become int or float (text with `serializeToString`), dates stay ISO 8601 text.
        Raises FormErrors with the broken rules of all fields, and an error for each key that the form does not have;
        ValueError for a dynamic form without a case, or compiled without a language.
        """
        if _is_large(data):
            raise FormErrors([FieldError("", "size", error_text(f"size:{MAX_VALUES}", {}))])
        if not self.dynamic:
            return self._loaded(self._schema, data)
        if case is None or self._language is None:
            raise ValueError(f"form '{self.id}' depends on data: it is loaded for a case, in a language")
        evaluate = Evaluator(self._language, case)
        try:
            settled = settle(self._root, data, case, evaluate)
            self._refuse(settled)
            schema = root_schema(self._root, Demands(settled, case.variables, case.now, evaluate).of(self._root))
        except TooCostly:
            raise FormErrors([FieldError("", "cost", error_text("cost", {}))]) from None
        loaded = self._loaded(schema, data)
        for path, value in settled.state.computed.items():
            _put(loaded, path, value)
        return loaded

    def markup(self, schema: Mapping[str, Any], case: Case) -> str:
        """The form as well-formed XML, as the case stands: see `forms.markup`. schema: its JSON in one language.

        Raises ValueError for a form that was compiled without a language.
        """
        if self._language is None:
            raise ValueError(f"form '{self.id}' was compiled without a language")
        return markup.write(schema, self._root, case, self._language)

    @cached_property
    def computed(self) -> frozenset[str]:
        """The variables that hold a computed value, alone or among others."""
        return frozenset(field.key.partition(".")[0] for field in self.fields if field.computed)

    @property
    def variables(self) -> frozenset[str]:
        """The variables of the case that the form shows or looks at."""
        return frozenset({*self._root.children, *self._names})

    def strange_names(self, known: Collection[str], elsewhere: Mapping[str, str]) -> list[FormFinding]:
        """What is to be said of the names in the form's expressions that are neither its data nor known variables.

        A warning; of a field that another form has, an error. elsewhere: the ids of the forms that have the fields.
        """
        return list(strange_names(self._names, {*known, *self._root.children}, elsewhere))

    @cached_property
    def _schema(self) -> Schema:
        return root_schema(self._root, usual_spec(self._root))

    def _refuse(self, settled: Settled) -> None:
        failed = [(path, f"computed:{why}") for path, why in settled.state.failed.items()]
        broken = [(path, "circular") for path in settled.unsettled] or failed
        if broken:
            raise self._errors(broken)

    def _loaded(self, schema: Schema, data: Mapping[str, object]) -> dict[str, object]:
        try:
            loaded: dict[str, object] = schema.load(data)
        except ValidationError as error:
            raise self._errors(list(_broken(error.messages, ()))) from error
        return loaded

    def _errors(self, broken: list[tuple[Path, str]]) -> FormErrors:
        broken.sort(key=lambda found: (self._position(found[0]), _key(found[0])))
        return FormErrors([self._error(path, rule) for path, rule in broken[:MAX_ERRORS]])

    def _error(self, path: Path, rule: str) -> FieldError:
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

    def _position(self, path: Path) -> list[int]:
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


def _is_large(data: Mapping[str, object]) -> bool:
    """Whether there are more than MAX_VALUES values in the data."""
    waiting: list[object] = [data]
    count = 0
    while waiting and count <= MAX_VALUES:
        item = waiting.pop()
        inner = item.values() if isinstance(item, Mapping) else item if isinstance(item, list) else ()
        count += len(inner)
        waiting.extend(inner if count <= MAX_VALUES else ())
    return count > MAX_VALUES


def _key(path: Path) -> str:
    """The path as people read it; of a key that no field has it may be a part, without halves of characters."""
    return ".".join(str(part)[:_LONGEST_KEY].encode(errors="replace").decode() for part in path)


def _broken(messages: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _broken(inner, (*path, key))
    elif isinstance(messages, list):
        for rule in messages:
            yield path, str(rule)


def _put(data: Any, path: Path, value: object) -> None:
    """Sets a computed value in loaded data; in rows that were not sent there is no place for it."""
    for part, inner in zip(path, path[1:], strict=False):
        if isinstance(part, str) and part not in data:
            if isinstance(inner, int):
                return
            data[part] = {}
        data = data[part]
    data[path[-1]] = value
