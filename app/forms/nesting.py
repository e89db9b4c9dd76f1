"""Objects and lists of a form's data as marshmallow fields, and values that are dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, missing

MAX_ITEMS = 1_000


class Ignored(fields.Field[Any]):
    """A value that is never the person's: dropped, whatever is sent."""

    def __init__(self, key: str) -> None:
        super().__init__(data_key=key, attribute=key, allow_none=True, pre_load=[lambda _: missing])


class DataSchema(Schema):
    """A schema that tells of keys which the form does not have."""

    error_messages = {"unknown": "unknown"}


def schema_of(children: Mapping[str, fields.Field[Any]]) -> Schema:
    """A schema of fields that carry their own keys; marshmallow must not meet a key as an attribute of a class."""
    return DataSchema.from_dict({f"field_{number}": child for number, child in enumerate(children.values())})()


def list_of(value: object, kind: str) -> list[Any]:
    """The value as the list that it must be; raises ValidationError `type` or `maxItems`."""
    if not isinstance(value, list):
        raise ValidationError([f"type:{kind}"])
    if len(value) > MAX_ITEMS:
        raise ValidationError([f"maxItems:{MAX_ITEMS}"])
    return value


class Group(fields.Field[Any]):
    """A nested object. An absent one is checked as empty, so that what is required in it is missed."""

    def __init__(self, schema: Schema, key: str) -> None:
        super().__init__(
            data_key=key,
            attribute=key,
            allow_none=True,
            load_default=self._absent,
            pre_load=[self._taken],
        )
        self.schema = schema

    def _absent(self) -> Any:
        return self.schema.load({}) or missing

    def _taken(self, value: object) -> Any:
        if value is None:
            return self._absent()
        if not isinstance(value, Mapping):
            raise ValidationError(["type:group"])
        return self.schema.load(value) or missing


class Rows(fields.Field[Any]):
    """The rows of a dynamic list, each with its own schema. form-js puts no rule on their number."""

    def __init__(self, schema_at: Callable[[int], Schema], key: str) -> None:
        super().__init__(data_key=key, attribute=key, allow_none=True, pre_load=[self._taken])
        self.schema_at = schema_at

    def _taken(self, value: object) -> Any:
        if value is None:
            return []
        loaded: list[Any] = []
        broken: dict[int, Any] = {}
        for number, row in enumerate(list_of(value, "rows")):
            if not isinstance(row, Mapping):
                broken[number] = ["type:group"]
                continue
            try:
                loaded.append(self.schema_at(number).load(row))
            except ValidationError as error:
                broken[number] = error.messages
        if broken:
            raise ValidationError(broken)
        return loaded
