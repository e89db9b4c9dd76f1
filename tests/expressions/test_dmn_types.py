"""Types of decision models: what comes in and goes out is of the type that the model names, or an error."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import pytest

from app.definitions.decisions import read
from app.definitions.decisions.check import check
from app.expressions.dmn import DecisionError, evaluate

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="Model" namespace="urn:m">'
STATUS = (
    '<itemDefinition name="tStatus"><typeRef>string</typeRef>'
    '<allowedValues><text>"new", "old"</text></allowedValues></itemDefinition>'
)
PERSON = (
    '<itemDefinition name="tPerson"><itemComponent name="birth date"><typeRef>date</typeRef></itemComponent>'
    '<itemComponent name="status"><typeRef>tStatus</typeRef></itemComponent></itemDefinition>'
)
STATUSES = '<itemDefinition name="tStatuses" isCollection="true"><typeRef>tStatus</typeRef></itemDefinition>'
FEW = (
    '<itemDefinition name="tFew" isCollection="true"><typeRef>number</typeRef>'
    "<typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>"
)


def source(text: str, *, input_type: str = "Any", result_type: str = "Any") -> bytes:
    """A decision on the input `Өтініш беруші`."""
    name = "Өтініш беруші"
    needs = f'<informationRequirement><requiredInput href="#{name}"/></informationRequirement>'
    logic = f"<literalExpression><text>{escape(text)}</text></literalExpression>"
    decision = f'<decision id="x" name="x"><variable name="x" typeRef="{result_type}"/>{needs}{logic}</decision>'
    data = f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{input_type}"/></inputData>'
    return f"{HEAD}{STATUS}{PERSON}{STATUSES}{FEW}{decision}{data}</definitions>".encode()


def value(text: str, given: Any = None, **types: str) -> Any:
    return evaluate(read("model.dmn", source(text, **types)).model, "x", {"Өтініш беруші": given}).value


def broken(text: str, given: Any = None, **types: str) -> DecisionError:
    with pytest.raises(DecisionError) as caught:
        value(text, given, **types)
    return caught.value


@pytest.mark.parametrize(
    ("type_ref", "given", "expected"),
    [
        ("number", 1, Decimal(1)),
        ("number", 0.1, Decimal("0.1")),
        ("integer", 7, Decimal(7)),
        ("string", "a", "a"),
        ("boolean", False, False),
        ("date", "2026-03-20", date(2026, 3, 20)),
        ("date", datetime(2026, 3, 20, 22, tzinfo=UTC), date(2026, 3, 21)),
        ("time", "10:30:00", time(10, 30)),
        ("time", datetime(2026, 3, 20, 22, 15, tzinfo=UTC), time(3, 15)),
        ("dateTime", datetime(2026, 3, 20, tzinfo=UTC), datetime(2026, 3, 20, tzinfo=UTC)),
        ("dayTimeDuration", "PT36H", timedelta(hours=36)),
        ("tStatus", "new", "new"),
        ("tStatus", ["new"], "new"),
        ("tStatuses", ["new", "old"], ["new", "old"]),
        ("tStatuses", "new", ["new"]),
        ("tFew", [1, 2], [Decimal(1), Decimal(2)]),
        ("tPerson", {"birth date": "2000-01-31", "status": "old"}, {"birth date": date(2000, 1, 31), "status": "old"}),
        ("tPerson", {"birth date": None, "status": None}, {"birth date": None, "status": None}),
        ("Any", {"a": [1]}, {"a": [Decimal(1)]}),
    ],
)
def test_an_input_becomes_a_value_of_its_type(type_ref: str, given: Any, expected: Any) -> None:
    assert value("Өтініш беруші", given, input_type=type_ref) == expected


@pytest.mark.parametrize(
    ("type_ref", "given"),
    [
        ("number", "1"),
        ("number", True),
        ("number", object()),
        ("integer", 1.5),
        ("string", 1),
        ("boolean", "true"),
        ("date", "20.03.2026"),
        ("time", 10),
        ("dayTimeDuration", "P1Y"),
        ("tStatus", "broken"),
        ("tStatuses", ["new", "broken"]),
        ("tFew", [1, 2, 3]),
        ("tPerson", {"birth date": "2000-01-31"}),
        ("tPerson", {"birth date": "2000-01-31", "status": "broken"}),
        ("tPerson", "new"),
    ],
)
def test_an_input_of_a_wrong_type_is_an_error_that_names_it(type_ref: str, given: Any) -> None:
    error = broken("1", given, input_type=type_ref)
    assert (error.code, error.element_id) == ("input-type", "Өтініш беруші")
    assert "the input Өтініш беруші" in error.message


def test_members_with_spaces_are_reached_by_paths() -> None:
    person = {"birth date": "2000-01-31", "status": "new"}
    assert value("Өтініш беруші.birth date.year", person, input_type="tPerson") == 2000


def test_a_result_of_a_wrong_type_is_an_error_that_names_the_decision() -> None:
    error = broken('"five"', result_type="number")
    assert (error.code, error.element_id) == ("output-type", "x")
    assert '"new", "old"' in broken('"broken"', result_type="tStatus").message


def test_a_date_is_midnight_where_a_moment_is_asked_for() -> None:
    assert value('date("2026-03-20")', result_type="dateTime") == datetime(2026, 3, 20, tzinfo=UTC)


def test_a_type_of_the_model_is_known_to_instance_of() -> None:
    assert value('"broken" instance of tStatus') is True
    assert value("1 instance of tStatus") is False


def test_types_that_are_right_give_no_finding() -> None:
    found = check(read("model.dmn", source("1", input_type="tPerson", result_type="long")), lambda text: None)
    assert found == []
