"""Methods of values, functions and `execution`."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from app.expressions import EvaluationError, ParseError, compile

DATA: dict[str, object] = {
    "s": "Reglament",
    "items": ["a", 1, Decimal("2.5"), None],
    "map": {"a": 1, "b": None},
    "at": datetime(2026, 1, 31, 5, tzinfo=UTC),
    "n": 7.9,
}


def value(source: str) -> object:
    return compile(source).evaluate(DATA, {})


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("s.length()", 9),
        ("s.isEmpty()", False),
        ("''.isEmpty()", True),
        ("s.contains('lam')", True),
        ("s.startsWith('Reg')", True),
        ("s.endsWith('x')", False),
        ("s.equals('Reglament')", True),
        ("s.equals(null)", False),
        ("s.equalsIgnoreCase('REGLAMENT')", True),
        ("s.equalsIgnoreCase(1)", False),
        ("s.indexOf('e')", 1),
        ("s.indexOf('z')", -1),
        ("s.lastIndexOf('e')", 6),
        ("s.substring(3)", "lament"),
        ("s.substring(0, 3)", "Reg"),
        ("s.toUpperCase()", "REGLAMENT"),
        ("'ӘҒҚ'.toLowerCase()", "әғқ"),
        ("'  x '.trim()", "x"),
        ("s.replace('e', '.')", "R.glam.nt"),
        ("'a.b'.replace('.', '')", "ab"),
        ("s.charAt(0)", "R"),
        ("s.concat('!')", "Reglament!"),
        ("'a|b||'.split('|')", ["a", "b"]),
        ("''.split(',')", [""]),
        ("s.toString()", "Reglament"),
        ("'a'.compareTo('b')", -1),
        ("'b'.compareTo('b')", 0),
        ("items.size()", 4),
        ("items.isEmpty()", False),
        ("items.contains('a')", True),
        ("items.contains(1.0)", True),
        ("items.contains('1')", False),
        ("items.contains(null)", True),
        ("items.get(0)", "a"),
        ("items.indexOf(2.5)", 2),
        ("items.indexOf('z')", -1),
        ("items.containsAll(items.subList(0, 2))", True),
        ("items.subList(0, 1).containsAll(items)", False),
        ("items.subList(1, 2)", [1]),
        ("items.equals(items)", True),
        ("map.size()", 2),
        ("map.isEmpty()", False),
        ("map.containsKey('b')", True),
        ("map.containsKey('c')", False),
        ("map.containsValue(1.0)", True),
        ("map.get('a')", 1),
        ("map.get('c')", None),
        ("map.getOrDefault('c', 5)", 5),
        ("map.keySet()", ["a", "b"]),
        ("map.values()", [1, None]),
        ("n.intValue()", 7),
        ("(-n).longValue()", -7),
        ("n.doubleValue()", Decimal("7.9")),
        ("n.toString()", "7.9"),
        ("n.equals(7.90)", True),
        ("n.equals('7.9')", False),
        ("n.compareTo(8)", -1),
        ("true.toString()", "true"),
        ("at.toString()", "2026-01-31T05:00:00+00:00"),
        ("at.isBefore('2026-02-01')", True),
        ("at.isAfter(date('2026-02-01'))", False),
        ("at.compareTo(at)", 0),
        ("s.substring(0, 3).toLowerCase().concat('x')", "regx"),
    ],
)
def test_method(call: str, expected: object) -> None:
    assert value("${" + call + "}") == expected


@pytest.mark.parametrize(
    "call",
    [
        "null.length()",
        "map.length()",
        "s.size()",
        "s.substring(-1)",
        "s.substring(5, 2)",
        "s.substring(0, 10)",
        "s.substring('1')",
        "s.charAt(9)",
        "s.contains(1)",
        "s.contains(null)",
        "s.split('')",
        "s.compareTo(null)",
        "items.get(4)",
        "items.get(true)",
        "items.subList(0, 5)",
        "items.containsAll('a')",
        "map.get(items)",
        "n.compareTo(null)",
        "at.isBefore('soon')",
    ],
)
def test_method_with_unsuitable_values_is_an_error_at_its_name(call: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        value("${" + call + "}")
    assert caught.value.position == call.index(".") + 3


def test_missing_method_names_the_receiver() -> None:
    with pytest.raises(EvaluationError, match="a map has no method length with 0 arguments"):
        value("${map.length()}")


def test_unknown_method_and_wrong_number_of_arguments_are_found_by_parsing() -> None:
    with pytest.raises(ParseError, match="unknown method doIt"):
        compile("${bean.doIt(1)}")
    with pytest.raises(ParseError, match=r"method substring takes 1/2 argument\(s\), not 3"):
        compile("${s.substring(1, 2, 3)}")


def test_function_of_the_caller_gets_evaluated_arguments_and_its_result_is_passed_through() -> None:
    class Deadline(datetime):
        pass

    given: list[object] = []

    def working_days(count: object, start: object = None) -> object:
        given.append((count, start))
        return deadline

    deadline = Deadline(2026, 2, 2, tzinfo=UTC)
    expression = compile("${workingDays(limit + 1, from)}")
    assert expression.evaluate({"limit": 4, "from": "x"}, {"workingDays": working_days}) is deadline
    assert given == [(5, "x")]
    assert compile("${workingDays(1) > at}").evaluate(DATA, {"workingDays": working_days}) is True


def test_unknown_function_is_named() -> None:
    with pytest.raises(EvaluationError, match="Unknown function used in expression: getClass"):
        value("${getClass()}")


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count + 0)


def test_function_called_with_a_wrong_number_of_arguments_shows_its_signature() -> None:
    with pytest.raises(EvaluationError, match=r"minutes\(count.*\).* was called with 2 arguments: too many"):
        compile("${minutes(1, 2)}").evaluate({}, {"minutes": minutes})


def test_value_and_type_errors_of_a_function_become_evaluation_errors() -> None:
    with pytest.raises(EvaluationError, match="minutes: can only concatenate") as caught:
        compile("${1 + minutes('5')}").evaluate({}, {"minutes": minutes})
    assert caught.value.position == 6
    with pytest.raises(EvaluationError, match="int: invalid literal"):
        compile("${int('x')}").evaluate({}, {"int": int})


def test_other_exceptions_of_a_function_pass() -> None:
    with pytest.raises(LookupError):
        compile("${find('x')}").evaluate({}, {"find": {}.__getitem__})


def test_date_is_midnight_in_kazakhstan_and_date_time_keeps_its_offset() -> None:
    assert value("${date('2026-01-31')}") == datetime(2026, 1, 31, tzinfo=ZoneInfo("Asia/Almaty"))
    assert value("${date('2026-01-31').toString()}") == "2026-01-31T00:00:00+05:00"
    assert value("${dateTime('2026-01-31T10:00:00+03:00').toString()}") == "2026-01-31T10:00:00+03:00"


@pytest.mark.parametrize("source", ["${date('31.01.2026')}", "${date('2026-02-30')}", "${date(5)}", "${dateTime('x')}"])
def test_date_functions_refuse_other_texts(source: str) -> None:
    with pytest.raises(EvaluationError):
        value(source)


def test_built_in_functions_cannot_be_replaced() -> None:
    found = compile("${date('2026-01-31')}").evaluate({}, {"date": lambda text: "other"})
    assert isinstance(found, datetime)


def test_execution_reads_the_variables() -> None:
    variables: dict[str, object] = {"x": 1, "name": "x"}
    for source, expected in [
        ("${execution.getVariable('x')}", 1),
        ("${execution.getVariable(name)}", 1),
        ("${execution.getVariable('y')}", None),
        ("${execution.hasVariable('x')}", True),
        ("${execution.hasVariable('y') ? 1 : 2}", 2),
        ("${execution.variables.x}", 1),
        ("${execution.variables.size()}", 2),
    ]:
        assert compile(source).evaluate(variables, {}) == expected
    assert compile("${execution.variables}").evaluate(variables, {}) is not variables


def test_other_members_of_execution_are_data_of_the_caller() -> None:
    source = "${execution.processBusinessKey}"
    assert compile(source).evaluate({"execution": {"processBusinessKey": "A-1"}}, {}) == "A-1"
    with pytest.raises(EvaluationError, match="Unknown property used in expression: execution"):
        compile(source).evaluate({}, {})


def test_execution_methods_are_checked() -> None:
    with pytest.raises(ParseError, match=r"takes 1 argument\(s\), not 0"):
        compile("${execution.getVariable()}")
    with pytest.raises(ParseError, match="unknown method setVariable"):
        compile("${execution.setVariable('a', 1)}")
    with pytest.raises(EvaluationError, match="expects the name of a variable, not 5"):
        compile("${execution.getVariable(5)}").evaluate({}, {})
