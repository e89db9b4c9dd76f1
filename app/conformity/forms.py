"""What people can write: the fields of the forms, as values that a variable can take."""

from collections.abc import Mapping
from dataclasses import dataclass

from app import forms
from app.conformity.values import UNSET, Given, GivenMoment

_TRUTH = ("checkbox",)
_MOMENT = "datetime"


@dataclass(frozen=True, slots=True)
class FormFields:
    """choices: the variables that the form writes; values: those that it can give, None where they are not listed.

    optional: it may write nothing.
    """

    choices: Mapping[str, tuple[object, ...] | None]
    optional: frozenset[str]
    id: str = ""

    def values(self, name: str) -> tuple[object, ...] | None:
        found = self.choices[name]
        return found if found is None or name not in self.optional else (*found, UNSET)


def read(source: bytes) -> FormFields | None:
    """The fields that a person fills; None for a form that cannot be used."""
    try:
        form = forms.compile(source)
    except forms.FormRejected:
        return None
    choices: dict[str, tuple[object, ...] | None] = {}
    optional = set()
    for field in form.fields:
        name = field.key.partition(".")[0]
        if field.computed:
            choices[name] = None
        if not field.fillable:
            continue
        listed: tuple[object, ...] | None = None
        if name != field.key or field.repeated or field.type == "checklist":
            listed = (Given(name),)
        elif field.type in _TRUTH:
            listed = (True, False) if not field.required else (True,)
        elif field.choices is not None:
            listed = tuple(value for value, _ in field.choices)
        elif field.type == _MOMENT:
            listed = (GivenMoment(name),)
        choices[name] = listed if name not in choices else None
        if not field.required and field.type not in _TRUTH:
            optional.add(name)
    return FormFields(choices, frozenset(optional), form.id)
