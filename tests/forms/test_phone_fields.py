"""What the forms of the services take for a telephone number."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.forms import Form, FormErrors, compile

NUMBERS = (
    "+77011234567",
    "8 (7132) 21-40-15",
    "(7132) 21 40 15",
    "214-015",
    "+7 701 123-45-67 ",
    "+49 30 66404090",
    "+1 (212) 555 0123",
    "+998 71 200-70-07",
    "123456789012345",
)
NO_NUMBERS = ("жоқ", "12345", "1234567890123456", "+7 701 123 45 6x", "tel: 214015", "+", "+7+7+7+7+7+7", "()- ---")


def fields() -> list[tuple[Path, dict[str, Any]]]:
    read = [(path, json.loads(path.read_bytes())["components"]) for path in sorted(Path("forms").rglob("*.form"))]
    filled = [(path, one) for path, found in read for one in found if not one.get("disabled")]
    return [(path, one) for path, one in filled if one.get("key", "").endswith("Phone")]


def subject(field: dict[str, Any]) -> Form:
    return compile(json.dumps({"type": "default", "id": "f", "components": [field]}))


@pytest.mark.parametrize("field", [pytest.param(one, id=path.stem) for path, one in fields()])
def test_a_phone_field_takes_kazakh_and_foreign_numbers_and_nothing_else(field: dict[str, Any]) -> None:
    form, key = subject(field), field["key"]
    for number in NUMBERS:
        assert form.load({key: number}) == {key: number}
    for text in NO_NUMBERS:
        with pytest.raises(FormErrors) as broken:
            form.load({key: text})
        [error] = broken.value.errors
        assert error.code == "pattern"
        assert set(error.message) == {"kk", "ru", "en"}
        assert len(set(error.message.values())) == 3


def test_a_phone_that_need_not_be_given_may_be_left_out() -> None:
    optional = [one for _, one in fields() if not one["validate"].get("required")]
    assert optional
    for field in optional:
        assert subject(field).load({field["key"]: ""}) == {field["key"]: ""}
