from decimal import Decimal
from typing import Any

import pytest

from app.domain.models.values import Variable, jsonable, parse
from app.errors import Invalid


@pytest.mark.parametrize(
    ("given", "type_name", "kept"),
    [
        ("12", "Integer", 12),
        (" -7 ", "Long", -7),
        ("1.5", "Double", 1.5),
        ("1e3", "Double", 1000.0),
        (2, "Double", 2.0),
    ],
)
def test_a_number_may_come_as_text(given: object, type_name: str, kept: float) -> None:
    assert parse("a", {"value": given, "type": type_name}) == Variable(kept, type_name)


@pytest.mark.parametrize("type_name", ["Integer", "Double"])
@pytest.mark.parametrize("given", ["1_0", "\u0661", "", "ten", "1e", True, [], "NaN", "Infinity", "9" * 5000])
def test_a_text_that_is_no_number_is_refused(given: object, type_name: str) -> None:
    with pytest.raises(Invalid, match="Cannot convert value of variable 'a'") as refused:
        parse("a", {"value": given, "type": type_name})
    assert len(str(refused.value)) < 300


def test_a_date_of_other_digits_is_refused() -> None:
    with pytest.raises(Invalid, match="is not a date"):
        parse("a", {"value": "\u0662\u0660\u0662\u0666-01-01", "type": "Date"})


def test_what_is_no_object_is_refused_however_deep_it_is() -> None:
    deep: list[Any] = []
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises(Invalid, match="expected an object"):
        parse("a", deep)


@pytest.mark.parametrize("number", [10**400, -(10**400), Decimal("1e400"), float("inf"), float("nan"), Decimal("NaN")])
def test_a_number_that_json_cannot_hold_is_refused(number: object) -> None:
    with pytest.raises(Invalid, match="too large"):
        jsonable(number)
