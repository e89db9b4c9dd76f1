"""Compiled sources are kept up to so many characters, and the oldest go first."""

from app.expressions import feel
from app.expressions.kept import Kept


def test_the_oldest_go_when_there_is_no_room() -> None:
    kept: Kept[str] = Kept(10)
    for source in ("aaaa", "bbbb", "cccc"):
        kept.put(source, source.upper(), len(source))
    assert [kept.get(source) for source in ("aaaa", "bbbb", "cccc")] == [None, "BBBB", "CCCC"]


def test_what_is_put_again_takes_no_more_room() -> None:
    kept: Kept[str] = Kept(10)
    for _ in range(5):
        kept.put("aaaa", "A", 4)
    kept.put("bbbb", "B", 4)
    assert len(kept) == 2


def test_what_takes_more_than_all_the_room_leaves_the_others() -> None:
    kept: Kept[str] = Kept(10)
    kept.put("aaaa", "A", 4)
    kept.put("b" * 11, "B", 11)
    assert (kept.get("aaaa"), kept.get("b" * 11)) == ("A", None)


def test_a_source_is_compiled_once() -> None:
    assert feel.compile("1 + kept") is feel.compile("1 + kept")
    assert feel.compile("a b", ["a b"]) is not feel.compile("a b", ["a"])
