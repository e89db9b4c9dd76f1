"""Regular expressions of XPath in `matches`, `replace` and `split`."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.expressions import feel
from app.expressions.feel.limits import COMPILED_STEPS, MATCHING_STEPS, MAX_MATCHING, MAX_PROGRAM, MAX_STEPS
from app.expressions.feel.scope import Root
from app.expressions.feel.values import Run


def value(source: str, **variables: object) -> object:
    return feel.compile(source, list(variables)).evaluate(variables).value


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "expected"),
    [
        ("abracadabra", "bra", "", True),
        ("abracadabra", "^a.*a$", "", True),
        ("abracadabra", "^bra", "", False),
        ("Қазақстан", r"^\p{Lu}\p{Ll}+$", "", True),
        ("Қазақстан", r"^\p{IsCyrillic}+$", "", True),
        ("Kazakhstan", r"\p{IsCyrillic}", "", False),
        ("870515300129", r"^\d{12}$", "", True),
        ("87051530012", r"^\d{12}$", "", False),
        ("a1", r"^[\w-[\d]]+$", "", False),
        ("x", "[A-Z-[OI]]", "i", True),
        ("o", "[A-Z-[OI]]", "i", False),
        ("q", "[^Q]", "i", False),
        ("\u212a", "k", "i", True),
        ("ҚАЛА", "қала", "i", True),
        ("a\nb", "a.b", "", False),
        ("a\nb", "a.b", "s", True),
        ("a\nb", "^b$", "m", True),
        ("a\nb", "^b$", "", False),
        ("ab", " a b ", "x", True),
        ("a b", "a[ ]b", "x", True),
        ("a.b", "a.b", "q", True),
        ("axb", "a.b", "q", False),
        ("aa", r"(a)\1", "", True),
        ("aA", r"(a)\1", "i", True),
        ("ab", r"(a)\1", "", False),
        ("abab", "^(?:ab){2}$", "", True),
        ("aaaa", "^a{2,3}$", "", False),
        ("aaa", "^a{2,}$", "", True),
        ("", "^(a?)*$", "", True),
        ("]-", r"^[\]\-]+$", "", True),
        ("-", "^[a-]$", "", True),
    ],
)
def test_matching(text: str, pattern: str, flags: str, expected: bool) -> None:
    assert value("matches(t, p, f)", t=text, p=pattern, f=flags) is expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "[",
        "[]",
        "*a",
        "a**",
        "a{2",
        "a{3,2}",
        "[b-a]",
        r"\q",
        r"\2(a)",
        r"(a\1)",
        r"[\1]",
        r"\p{Xx}",
        "(?=a)",
        "(?i)a",
    ],
)
def test_what_is_no_pattern_of_xpath_is_null_with_a_warning(pattern: str) -> None:
    result = feel.compile("matches(t, p)").evaluate({"t": "a", "p": pattern})
    assert result.value is None
    assert "is not a pattern" in result.warnings[0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', "[1=ab][2=]cd"),
        ('replace("abracadabra", "a(.)", "a$1$1")', "abbraccaddabbra"),
        ('replace("AAAA", "A+?", "b")', "bbbb"),
        (r'replace("0123456789", "(\d{3})(\d{3})(\d{4})", "($1) $2-$3")', "(012) 345-6789"),
        (r'replace("a", "a", "\$\\\\")', "$\\"),
        ('replace("a1", "(a)", "$11")', "a11"),
        ('replace("facetiously", "[iouy]", "[$0]")', "facet[i][o][u]sl[y]"),
        ('replace("a.b", ".", "$", "q")', "a$b"),
        ('replace("abc", "B", "x", "i")', "axc"),
        ('replace("abc", "x*", "-")', None),
        ('replace("abc", "b", "$")', None),
        (r'replace("abc", "b", "\b")', None),
        ('replace("abc", "b", "x", "z")', None),
    ],
)
def test_replacing(source: str, expected: object) -> None:
    assert value(source) == expected


_ATOMS = st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", "(?:a|bc)", "(ab)"])
_PATTERNS = st.lists(st.tuples(_ATOMS, st.sampled_from(["", "*", "+", "?", "*?", "{1,2}"])), min_size=1, max_size=4)


@settings(deadline=None)
@given(_PATTERNS, st.text("abc", max_size=12))
def test_the_first_match_is_that_of_a_backtracking_matcher(parts: list[tuple[str, str]], text: str) -> None:
    pattern = "".join(atom + times for atom, times in parts)
    expected = re.search(pattern, text)
    assert value("matches(t, p)", t=text, p=pattern) is (expected is not None)
    if expected is not None and expected[0]:
        before = re.sub(pattern, lambda match: f"<{match[0]}>" if match[0] else "", text, count=1)
        found = value("replace(t, p, r)", t=text, p=f"^(.*?)({pattern}.*)$", r="$1|$2")
        assert found == before.replace("<", "|", 1).replace(">", "", 1)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a+)+$", "a" * 9000 + "!"),
        ("(a|aa)+$", "a" * 9000 + "!"),
        ("(a*)*b", "a" * 9000),
        ("(.*)(.*)(.*)(.*)x", "a" * 9000),
        (r"(a*)*\1b", "a" * 9000),
        ("(a{1,60}){1,60}b", "a" * 9000),
    ],
)
def test_no_pattern_takes_long(pattern: str, text: str) -> None:
    run = Run(None, None)
    matched = feel.compile("matches(t, p)").value(Root({"t": text, "p": pattern}, run))
    assert matched in (False, None)
    assert MAX_STEPS - run.left <= MAX_MATCHING / MATCHING_STEPS + MAX_PROGRAM / COMPILED_STEPS + len(text)


def test_what_matching_costs_grows_with_the_text() -> None:
    def cost(size: int) -> int:
        run = Run(None, None)
        feel.compile('matches(t, "(a|aa)+$")').value(Root({"t": "a" * size + "!"}, run))
        return MAX_STEPS - run.left

    assert 3 * cost(1_000) < cost(4_000) < 5 * cost(1_000)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("a" * 501, "a"), ("a", "a" * 10_001), ("(a{1,100}){1,100}", "a"), ("(" * 60 + ")" * 60, "a")],
)
def test_patterns_and_texts_that_are_too_large_are_refused(pattern: str, text: str) -> None:
    assert value("matches(t, p)", t=text, p=pattern) is None
