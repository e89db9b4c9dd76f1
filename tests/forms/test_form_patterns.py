"""The matcher of patterns against ECMAScript's meaning, and against Python's `re` where both agree."""

import re
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from app.forms.pattern_syntax import PatternRefused
from app.forms.patterns import Pattern

_atoms = st.sampled_from(["a", "b", ".", r"\d", r"\w", "[ab]", "[^a]", "[0-9b]", r"\.", "^", "$", r"\b", "(?:ab|c)"])
_marks = st.sampled_from(["", "*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"])


def _join(pairs: list[tuple[str, str]]) -> str:
    return "".join(atom + (mark if atom not in ("^", "$", r"\b") else "") for atom, mark in pairs)


_sequences = st.lists(st.tuples(_atoms, _marks), max_size=4).map(_join)
_patterns = st.recursive(
    _sequences,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("|".join),
        st.tuples(inner, _marks).map(lambda pair: f"({pair[0]}){pair[1]}"),
    ),
    max_leaves=4,
)


@settings(max_examples=300, deadline=None)
@given(pattern=_patterns, text=st.text("abc1. ", max_size=8))
def test_the_matcher_agrees_with_re(pattern: str, text: str) -> None:
    try:
        subject = Pattern(pattern)
    except PatternRefused:
        reject()
    expected = re.search(pattern.replace("$", r"\Z"), text, re.ASCII)
    assert subject.found_in(text) is (expected is not None)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("^a$", "a\n", False),
        ("^.$", "\u2028", False),
        ("^.$", "\r", False),
        ("^.{2}$", "😀", True),
        ("^😀$", "😀", True),
        (r"^\s$", "\u00a0", True),
        (r"^\s$", "\x1c", False),
        (r"^\w$", "қ", False),
        (r"^\d$", "٣", False),
        ("^[А-ЯӘҒҚҢӨҰҮҺІ][а-яәғқңөұүһі]+$", "Қазақстан", True),
        (r"^[\w.-]+$", "a-b.c", True),
        (r"^[^\d]$", "5", False),
        ("[]", "", False),
        ("^[^]$", "\n", True),
        (r"^\u049b\x41$", "қA", True),
        (r"^\/\-$", "/-", True),
        ("^a]}$", "a]}", True),
        ("", "anything", True),
    ],
)
def test_the_matcher_follows_ecmascript(pattern: str, text: str, found: bool) -> None:
    assert Pattern(pattern).found_in(text) is found


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*$", "(a*)*b", ".*.*.*.*.*x", "(.{0,30}a){0,15}b", "(((a?){9}){9}){2}b"]
)
def test_a_text_of_twice_the_length_takes_twice_the_work(pattern: str) -> None:
    compiled = Pattern(pattern)
    once, twice = (lines_run(compiled.found_in, "a" * length + "!") for length in (200, 400))
    assert twice <= 2.1 * once


def lines_run(call: Callable[[str], object], text: str) -> int:
    """How many lines of Python a call runs: a measure of work that is the same on every machine."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Callable[..., Any]:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("pattern", ["((a{100}){100}){100}", "((){1000}){1000}", "(a{500}){500}"])
def test_repetitions_that_multiply_are_refused_at_once(pattern: str) -> None:
    with pytest.raises(PatternRefused, match="too many"):
        Pattern(pattern)


def test_groups_within_groups_are_limited_before_the_stack_is() -> None:
    assert Pattern("(" * 50 + "a" + ")" * 50).found_in("a")
    for pattern in ("(" * 51 + "a" + ")" * 51, "(" * 200):
        with pytest.raises(PatternRefused, match="groups within groups"):
            Pattern(pattern)
    assert Pattern("(a)" * 60).found_in("a" * 60)


@pytest.mark.parametrize(
    "pattern", [")", "[a", "a{2,1}", "a{x}", "{1}", "^*", r"\k", r"\xZZ", "\\", "[\\d-z]", "(?", "😀+", "[😀]"]
)
def test_wrong_patterns_are_refused(pattern: str) -> None:
    with pytest.raises(PatternRefused):
        Pattern(pattern)
