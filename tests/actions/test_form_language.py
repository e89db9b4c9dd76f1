"""FEEL as the forms read it: what it sees, what it gives."""

from datetime import UTC, datetime

import pytest

from app.actions.forms.form_language import FEEL

NOW = datetime(2026, 5, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a > 1 and not(b.c)", {"a", "b.c"}),
        ('date and time(day) > now() and string length(name) = 2', {"day", "name"}),
        ("x instance of days and time duration or y instance of number", {"x", "y"}),
        ("sum(for r in rows return r.n * rate)", {"rows", "rate"}),
        ("some p in people, d in p.docs satisfies d.kind = kind", {"people", "kind"}),
        ('status in ("new", state)', {"status", "state"}),
        ("people[age > limit].name", {"people"}),
        ("[a, b][1]", {"a", "b"}),
        ("{total: a, twice: total * 2}.twice", {"a", "total"}),
        ("(function(x, n: number) x + n + y)(z)", {"y", "z"}),
        ("if true then this.a else _parent_.b", {"this.a", "_parent_.b"}),
        ('"a + b"', set()),
        ("// c\n d /* e */", {"d"}),
        ("a >", {"a"}),
        ('"', set()),
    ],
)  # fmt: skip
def test_the_names_that_a_source_reads_are_told(source: str, names: set[str]) -> None:
    assert FEEL.names(source) == names


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 + 2", 3),
        ("1 / 4", 0.25),
        ("10 ** 30", 1e30),
        ('date("2026-05-01")', "2026-05-01"),
        ('time("09:30:00")', "09:30:00"),
        ("now()", "2026-05-01T06:00:00+00:00"),
        ("{a: [1, null, true]}", {"a": [1, None, True]}),
    ],
)
def test_values_are_plain_json(source: str, value: object) -> None:
    outcome = FEEL.evaluate(source, {}, NOW)
    assert (outcome.value, type(outcome.value), outcome.faults) == (value, type(value), ())


@pytest.mark.parametrize("source", ["10 ** 400", "[1..2]", 'duration("P1Y")', '"\\u0000"', '{"a": ["\\u0000"]}'])
def test_a_value_that_cannot_be_kept_is_null_with_the_reason(source: str) -> None:
    outcome = FEEL.evaluate(source, {}, NOW)
    assert outcome.value is None
    assert outcome.faults


def test_a_fault_says_where_it_is() -> None:
    for condition in (False, True):
        assert FEEL.fault("a = 1", condition=condition) is None
        assert FEEL.fault("a = (", condition=condition) == {
            "kk": "өрнек күтіледі, ал мұнда өрнектің соңы тұр (1-жол, 6-таңба)",
            "ru": "ожидается выражение, а стоит конец (строка 1, символ 6)",
            "en": "expected an expression but found the end (line 1, column 6)",
        }
    assert FEEL.fault("1, 2", condition=True) is None
    assert FEEL.fault("1, 2", condition=False) is not None


@pytest.mark.parametrize(
    ("condition", "known", "held"),
    [
        ("a > 5", {"a": 6}, True),
        ("a > 5", {"a": 5}, False),
        ("a > 5", {"a": None}, True),
        ("a", {"a": True}, True),
        ("a", {"a": "x"}, False),
        ("a", {}, True),
        ("not(a)", {"a": False}, True),
        ("not(a)", {"a": None}, False),
        ("a = null", {}, True),
        ("list contains(a, 1)", {"a": None}, True),
        ("5", {}, False),
        ("null", {}, True),
    ],
)  # fmt: skip
def test_a_condition_holds_when_it_does_so_in_the_browser(condition: str, known: dict[str, object], held: bool) -> None:
    """What `unaryTest` of feelin 6 says, which form-js 2 decides by."""
    assert FEEL.holds(condition, known, NOW) is held
