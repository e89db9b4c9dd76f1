"""What a form decides, and whether it is signed.

One rule for all forms. The decision is the radio or select with fixed choices that every person must give and that nothing
hides: the one with the key `decision`, else the only one of the form. A form in which several are asked for alike decides
nothing as a whole. It is signed where every person must give a checkbox whose key ends with one of SIGNATURES.
"""

from collections.abc import Mapping
from typing import Any

from app import forms
from app.domain.terms.calendar import LANGUAGES, Text

DECISION = "decision"
SIGNATURES = ("Signature", "Signed")


def decision_of(form: forms.Form) -> forms.Field | None:
    """The field that decides; None: no field does."""
    asked = [
        field
        for field in form.fields
        if field.type in ("radio", "select")
        and field.required
        and field.fillable
        and field.choices
        and not field.repeated
    ]
    named = [field for field in asked if field.key == DECISION]
    found = named or asked
    return found[0] if len(found) == 1 else None


def is_signed(form: forms.Form) -> bool:
    """Whether a person signs by it."""
    return any(
        field.type == "checkbox" and field.required and field.fillable and field.key.endswith(SIGNATURES)
        for field in form.fields
    )


def chosen(form: forms.Form, given: Mapping[str, Any]) -> Text | None:
    """What was decided, in the words of the form; None where it decides nothing."""
    field = decision_of(form)
    if field is None:
        return None
    value = given.get(field.key)
    words = next((label for choice, label in field.choices or () if choice == value), None)
    return None if words is None else Text(*(words[lang] for lang in LANGUAGES))
