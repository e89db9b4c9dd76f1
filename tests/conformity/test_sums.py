"""The term of the whole where the act gives none: law.total is the sum of the steps of the longest path."""

from pathlib import Path

import pytest

from app.conformity import Report
from app.conformity.findings import Finding, Severity
from tests.conformity.changed import found
from tests.conformity.small_acts import in_line, law, model, registered, report, service, step, task
from tests.features import feature_models as m

CLERK, HEAD = "clerk", "head"
KINDS = {
    "issue": "workingDays(5, workingDays(1, submittedAt))",
    "duplicate": "workingDays(2, workingDays(1, submittedAt))",
}


def of_two_steps(home: Path, total: str, clause: str = "5.1–5.2", **more: str) -> Report:
    act = service(
        step("5.1", limit={"working_days": 1}), step("5.2", HEAD, limit={"calendar_days": 12}), total_limit=None
    )
    first = (task("accept", "5.1", "workingDays(1)"), CLERK)
    second = (task("decide", "5.2", "calendarDays(12)", HEAD), HEAD)
    return report(home, act, in_line(first, second, total=total, totalClause=clause, **more))


def only(looked: Report) -> Finding:
    (one,) = [one for one in looked.findings if one.severity is Severity.FINDING]
    return one


def test_the_sum_of_the_steps_is_the_total(tmp_path: Path) -> None:
    assert found(of_two_steps(tmp_path, "calendarDays(12, workingDays(1, submittedAt))")) == set()


def test_a_sum_that_leaves_out_a_step_is_too_short_by_it(tmp_path: Path) -> None:
    one = only(of_two_steps(tmp_path, "calendarDays(12, submittedAt)"))
    assert one.code == "sum-shorter"
    assert "ends 28.09.2026 18:30" in one.message["en"]
    assert "gives 23.09.2026 18:30" in one.message["en"]
    assert one.message["en"].endswith("they part at accept")
    assert one.path == ("accept", "decide")


def test_a_sum_that_is_right_by_chance_is_told_by_its_parts(tmp_path: Path) -> None:
    act = service(step("5.1", limit={"hours": 2}), step("5.2", HEAD, limit={"working_days": 5}), total_limit=None)
    tasks = (task("accept", "5.1", "hours(2)"), CLERK), (task("decide", "5.2", "workingDays(5)", HEAD), HEAD)

    def summed(home: str, total: str) -> Report:
        return report(tmp_path / home, act, in_line(*tasks, total=total, totalClause="5.1–5.2"))

    assert found(summed("right", "workingDays(5, hours(2, submittedAt))")) == set()
    one = only(summed("wrong", "workingDays(5, hours(1, submittedAt))"))
    assert (one.code, one.message["en"].rpartition(" ")[2]) == ("sum-other", "accept")


def test_a_sum_that_counts_in_another_unit_is_told_with_both_moments(tmp_path: Path) -> None:
    one = only(of_two_steps(tmp_path, "workingDays(12, workingDays(1, submittedAt))"))
    assert one.code == "sum-longer"
    assert "ends 21.09.2026 18:30" in one.message["en"]
    assert "gives 24.09.2026 18:30" in one.message["en"]
    assert one.message["en"].endswith("they part at decide")
    assert one.message.keys() == {"kk", "ru", "en"}


def test_a_model_without_a_sum_is_told_of_its_longest_path(tmp_path: Path) -> None:
    act = service(step("5.1", limit={"working_days": 1}), total_limit=None)
    source = in_line((task("accept", "5.1", "workingDays(1)"), CLERK), totalClause="5.1")
    looked = report(tmp_path, act, source.replace(b'name="law.total"', b'name="law.other"'))
    assert found(looked) == {("sum-missing", "s")}
    assert "ends 08.09.2026 18:30" in only(looked).message["en"]


def test_the_clauses_of_the_sum_are_those_of_the_act(tmp_path: Path) -> None:
    total = "calendarDays(12, workingDays(1, submittedAt))"
    assert found(of_two_steps(tmp_path / "1", total, "5.1–5.9")) == {("total-clause-unknown", "s")}
    assert found(of_two_steps(tmp_path / "2", total, "")) == {("total-clause-missing", "s")}


def test_a_sum_that_cannot_be_read_is_found(tmp_path: Path) -> None:
    assert found(of_two_steps(tmp_path, "workingDays('many', submittedAt)")) == {("sum-unread", "s")}


def by_kind(home: Path, total: str) -> Report:
    """Accepted in a day; then a decision within five, or of a duplicate within two."""
    act = service(
        step("5.1", limit={"working_days": 1}),
        step("5.2", HEAD, limit={"working_days": 5}, when="request kind is issue"),
        step("5.3", HEAD, limit={"working_days": 2}, when="request kind is duplicate"),
        total_limit=None,
    )
    kind = m.script("choose", "${wanted == 'copy' ? 'duplicate' : 'issue'}", "requestKind")
    tasks = task("accept", "5.1", "workingDays(1)"), task("decide", "5.2", "workingDays(5)", HEAD)
    copy = task("copy", "5.3", "workingDays(2)", HEAD)
    flows = (
        m.xor("which", default="which_decide")
        + m.xor("done")
        + m.flow("which", "copy", "${requestKind == 'duplicate'}")
    )
    ways = m.path("start", "register", "accept", "choose", "which", "decide", "done", "end") + m.path("copy", "done")
    lanes = {"accept": CLERK, "decide": HEAD, "copy": HEAD}
    source = model(registered(), kind, *tasks, copy, flows, ways, lanes=lanes, total=total, totalClause="5.1–5.3")
    return report(home, act, source)


def test_each_kind_of_request_has_its_own_sum(tmp_path: Path) -> None:
    right = f"requestKind == 'duplicate' ? {KINDS['duplicate']} : {KINDS['issue']}"
    assert found(by_kind(tmp_path / "right", right)) == set()
    one = only(by_kind(tmp_path / "wrong", KINDS["issue"]))
    assert one.code == "sum-longer"
    assert "“issued, duplicate”" in one.message["en"]


def test_until_more_is_known_of_a_case_its_total_is_that_of_the_longest_branch(tmp_path: Path) -> None:
    other = f"requestKind == 'issue' ? {KINDS['issue']} : {KINDS['duplicate']}"
    one = only(by_kind(tmp_path, other))
    assert one.code == "sum-shorter-at-registration"
    assert "gives 10.09.2026 18:30" in one.message["en"]


def test_a_total_that_is_longer_while_less_is_known_is_found(tmp_path: Path) -> None:
    longer = "workingDays(9, submittedAt)"
    total = f"requestKind == 'duplicate' ? {KINDS['duplicate']} : requestKind == 'issue' ? {KINDS['issue']} : {longer}"
    assert only(by_kind(tmp_path, total)).code == "sum-longer-at-registration"


def test_a_branch_that_ends_early_may_have_the_total_of_the_longest(tmp_path: Path) -> None:
    act = service(
        step("5.1", limit={"working_days": 1}), step("5.2", HEAD, limit={"working_days": 5}), total_limit=None
    )
    act["results"]["refusal"] = act["results"]["issued"]
    gate = m.xor("complete", default="complete_decide") + m.flow("complete", "refused", "${answer == 'no'}")
    refused = m.node("endEvent", "refused", law(result="refusal"))
    source = model(
        registered(), task("accept", "5.1", "workingDays(1)"), gate, task("decide", "5.2", "workingDays(5)", HEAD),
        m.path("start", "register", "accept", "complete", "decide", "end"), refused,
        lanes={"accept": CLERK, "decide": HEAD}, total=KINDS["issue"], totalClause="5.1–5.2",
    )  # fmt: skip
    assert found(report(tmp_path, act, source)) == set()


@pytest.mark.parametrize(
    ("total", "codes"), [("workingDays(3, submittedAt)", set()), ("workingDays(6, submittedAt)", {"sum-longer"})]
)
def test_a_second_round_of_a_loop_is_not_summed(tmp_path: Path, total: str, codes: set[str]) -> None:
    act = service(step("5.1", limit={"working_days": 3}), total_limit=None)
    gate = m.xor("again", default="again_end") + m.flow("again", "first", "${answer == 'no'}")
    path = m.path("start", "register", "first", "t", "again", "end")
    source = model(
        registered(), m.xor("first"), task("t", "5.1", "workingDays(3)"), gate, path,
        lanes={"t": CLERK}, total=total, totalClause="5.1",
    )  # fmt: skip
    assert {code for code, _ in found(report(tmp_path, act, source))} == codes


def test_what_no_person_does_takes_as_long_as_the_act_allows_it_day_and_night(tmp_path: Path) -> None:
    act = service(
        step("6.2", "system", limit={"minutes": 40}, note="runs day and night (no person acts)"), total_limit=None
    )
    timed = m.node("intermediateCatchEvent", "wait", law(clause="6.2"), m.timer("Duration", "PT20M"))
    path = m.path("start", "register", "wait", "end")

    def looked(home: str, total: str) -> Report:
        source = model(registered(), timed, path, lanes={}, total=total, totalClause="6.2")
        return report(tmp_path / home, act, source)

    right = looked("right", "elapsedMinutes(40, submittedAt)")
    assert (found(right), found(right, Severity.NOTE)) == (set(), set())
    assert found(looked("working", "minutes(40, submittedAt)")) == {("sum-longer", "s")}
    assert found(looked("other", "elapsedMinutes(30, submittedAt)")) == {("sum-shorter", "s")}


def test_a_total_in_elapsed_minutes_is_the_limit_of_an_automatic_step(tmp_path: Path) -> None:
    act = service(
        step("6.2", "system", limit={"minutes": 40}, note="runs day and night (no person acts)"),
        total_limit=None,
    )
    issue = m.service("issue", law(clause="6.2"), delegateExpression="${issueDocument}")
    source = model(
        registered(),
        issue,
        m.path("start", "register", "issue", "end"),
        lanes={},
        total="elapsedMinutes(40, submittedAt)",
        totalClause="6.2",
    )
    looked = report(tmp_path, act, source)
    assert (found(looked), found(looked, Severity.NOTE)) == (set(), set())
