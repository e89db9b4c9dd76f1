"""The paths of a model on a calendar: none of them is left out, and what could not be looked at is said."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.conformity import Report, paths, resting
from app.conformity.findings import Severity
from tests.conformity.changed import found
from tests.conformity.small_acts import in_line, law, model, registered, report, service, step, task
from tests.features import feature_models as m

CLERK, HEAD = "clerk", "head"


def ends(looked: Report) -> dict[str, datetime]:
    """The latest end of each result, by the act's own limits, of the case that begins on a Monday at 10."""
    return {one.results: one.end.replace(tzinfo=None) for one in looked.own}


def test_branches_of_which_there_are_more_than_rounds_are_joined_all_the_same(tmp_path: Path) -> None:
    act = service(*(step(f"5.{n}", limit={"working_days": n}) for n in range(1, 5)))
    several = [task(f"t{n}", f"5.{n}", f"workingDays({n})") for n in range(1, 5)]
    ways = m.path("start", "register", "split") + m.path("join", "end")
    ways += "".join(m.path("split", f"t{n}", "join") for n in range(1, 5))
    lanes = {f"t{n}": CLERK for n in range(1, 5)}
    looked = report(tmp_path, act, model(registered(), *several, m.both("split"), m.both("join"), ways, lanes=lanes))
    assert found(looked) == set()
    assert ends(looked).keys() == {"issued"}


def interrupted(home: Path, due: str, timer: str) -> Report:
    """A timer that ends a task of five working days, and a refusal behind it."""
    act: dict[str, Any] = service(step("5.1", limit={"working_days": 5}))
    act["results"]["refusal"] = act["results"]["issued"]
    refused = m.node("endEvent", "refused", law(result="refusal"))
    late = m.boundary("late", "t", m.timer("Duration", timer))
    ways = m.path("start", "register", "t", "end") + m.path("late", "refused")
    return report(home, act, model(registered(), task("t", "5.1", due), late, refused, ways, lanes={"t": CLERK}))


@pytest.mark.parametrize("timer", ["P1D", "P30D"])
def test_a_task_that_a_timer_can_end_may_just_have_been_done(tmp_path: Path, timer: str) -> None:
    looked = interrupted(tmp_path, "workingDays(5)", timer)
    assert found(looked) == set()
    assert "issued" in ends(looked)
    assert ("refusal" in ends(looked)) == (timer == "P1D")


def test_what_happens_at_the_same_moment_happens_in_any_order(tmp_path: Path) -> None:
    at_once = interrupted(tmp_path, "calendarDays(1)", "PT8H30M")
    assert {one.results for one in at_once.own if one.start.hour == 10} == {"issued", "refusal"}


def told_while_it_waits(
    home: Path, *, noticed: str = "workingDays(3, extendedAt)", extend: str = "workingDays:10"
) -> Report:
    """A term that may be extended while the step is open, and a notice of that; the case ends when both are done."""
    act = service(
        step("15", limit={"working_days": 5}),
        step(
            "16",
            HEAD,
            when="the term was extended",
            limit={"working_days": 3},
            extends={"clause": "15", "by": {"working_days": 10}},
        ),
        total_limit=None,
    )
    consider = task("consider", "15", "workingDays(5)", CLERK, extend=extend, extendClause="16")
    told = m.boundary("told", "consider", m.message("termExtended"), interrupting=False)
    inside = m.start("begun") + consider + told + m.script("note", "${now()}", "extendedAt")
    inside += task("notify", "16", noticed, HEAD) + m.end("considered") + m.end("notified")
    inside += m.path("begun", "consider", "considered") + m.path("told", "note", "notify", "notified")
    ways = m.path("start", "register", "review", "end")
    return report(
        home, act,
        model(
            registered(), m.sub("review", inside), ways, lanes={"consider": CLERK, "notify": HEAD},
            total="workingDays(5, submittedAt)", totalClause="15",
        ),
    )  # fmt: skip


def test_the_notice_of_an_extension_goes_on_beside_the_step(tmp_path: Path) -> None:
    looked = told_while_it_waits(tmp_path)
    assert found(looked) == set()
    assert any("notify" in (step for step, _ in one.course.done) for one in looked.own)


def test_a_term_is_extended_by_as_much_as_the_act_says(tmp_path: Path) -> None:
    assert found(told_while_it_waits(tmp_path / "1", extend="workingDays:15")) == {("extension-other", "consider")}
    assert found(told_while_it_waits(tmp_path / "2", extend="calendarDays:10")) == {("extension-other", "consider")}
    assert found(told_while_it_waits(tmp_path / "3", extend="some")) == {("extension-other", "consider")}


def test_an_extension_that_the_act_does_not_give_and_one_that_the_model_lacks_are_found(tmp_path: Path) -> None:
    act = service(step("15", limit={"working_days": 5}))
    free = in_line((task("t", "15", "workingDays(5)", CLERK, extend="workingDays:10", extendClause="16"), CLERK))
    assert found(report(tmp_path / "1", act, free)) == {("extension-unfounded", "t")}
    extended = service(step("15", limit={"working_days": 5}, extends={"clause": "15", "by": {"working_days": 10}}))
    without = in_line((task("t", "15", "workingDays(5)", CLERK), CLERK))
    assert found(report(tmp_path / "2", extended, without)) == {("extension-missing", "15")}


def test_a_case_without_a_path_that_could_be_summed_is_found(tmp_path: Path) -> None:
    act = service(step("5.1", limit={"working_days": 1}), total_limit=None)
    source = model(
        registered(), m.xor("first"), task("t", "5.1", "workingDays(1)"),
        m.script("none", "${0}", "rounds"), m.script("count", "${rounds + 1}", "rounds"),
        m.xor("again", default="again_first"), m.flow("again", "end", "${rounds == 2}"), m.path("again", "first"),
        m.path("start", "register", "none", "first", "t", "count", "again"),
        lanes={"t": CLERK}, total="workingDays(1, submittedAt)", totalClause="5.1",
    )  # fmt: skip
    assert ("sum-unproved", "s") in found(report(tmp_path, act, source))


def test_a_bound_that_is_hit_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    act = service(step("5.1", limit={"working_days": 1}), step("5.2", limit={"working_days": 1}))
    source = in_line((task("a", "5.1", "workingDays(1)"), CLERK), (task("b", "5.2", "workingDays(1)"), CLERK))
    assert found(report(tmp_path / "whole", act, source)) == set()
    with monkeypatch.context() as bounded:
        bounded.setattr(paths, "MOST_CASES", 2)
        assert found(report(tmp_path / "cases", act, source)) == {("paths-unexplored", "s")}
    with monkeypatch.context() as bounded:
        bounded.setattr(resting, "MOST_MOVES", 3)
        looked = report(tmp_path / "moves", act, source)
        assert {one.code for one in looked.findings if one.severity is Severity.FINDING} >= {"unexplored"}
