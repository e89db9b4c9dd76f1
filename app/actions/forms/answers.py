"""What was entered when a step was completed, by the labels of its form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from app import forms
from app.actions.forms.task_forms import written

OPTIONS = ("select", "radio", "checklist", "taglist")


@dataclass(frozen=True, slots=True)
class Answer:
    """documents: (id, name) of the files of a field for them, whose value is empty."""

    label: str
    value: str
    documents: tuple[tuple[str, str], ...] = ()


def answers(
    form: forms.Form, given: Mapping[str, Any], people: Mapping[str, str], lang: str, zone: ZoneInfo
) -> list[Answer]:
    """In the order of the form, in one language; fields left empty are left out. people: names by id."""
    found = []
    for field in form.fields:
        values = [] if field.hidden else list(_values(given, field.key.split(".")))
        if not values:
            continue
        if field.type == "filepicker":
            files = tuple((str(one["id"]), str(one["filename"])) for one in values if _is_document(one))
            found.append(Answer(field.label[lang], "", files))
            continue
        choices = people if _is_of_people(field) else {value: label[lang] for value, label in field.choices or ()}
        found.append(Answer(field.label[lang], ", ".join(written(one, choices, lang, zone) for one in values)))
    return found


def people_in(form: forms.Form, given: Mapping[str, Any]) -> set[str]:
    """The ids of those who may have been chosen among people."""
    fields = [field for field in form.fields if _is_of_people(field)]
    return {one for field in fields for one in _values(given, field.key.split(".")) if isinstance(one, str)}


def _is_of_people(field: forms.Field) -> bool:
    """Whether the options come from data, as people do."""
    return field.type in OPTIONS and field.choices is None


def _is_document(value: object) -> bool:
    return isinstance(value, Mapping) and "id" in value and "filename" in value


def _values(given: object, path: Sequence[str]) -> Iterator[Any]:
    """What stands at a path, in each row of the lists on its way, without what is empty."""
    if isinstance(given, list):
        for one in given:
            yield from _values(one, path)
    elif path:
        yield from _values(given.get(path[0]), path[1:]) if isinstance(given, Mapping) else ()
    elif given not in (None, ""):
        yield given
