"""The state space of small models: what can and what cannot happen in them."""

from collections.abc import Mapping

from app import definitions
from app.conformity.forms import FormFields
from app.conformity.soundness import soundness
from app.conformity.study import Study, Surroundings, study
from tests.features import feature_models as m


def looked_at(*content: str, forms: Mapping[str, FormFields] | None = None, others: bytes | None = None) -> Study:
    (process,) = definitions.read("model.bpmn", m.file(*content)).processes
    called = definitions.read("called.bpmn", others).processes if others else ()
    return study(process, None, Surroundings({one.id: one for one in called}, forms or {}, None))


def findings(looked: Study) -> set[tuple[str, str | None]]:
    return {(one.code, one.element) for one in soundness(looked)}


def choice(*values: str) -> dict[str, FormFields]:
    return {"f": FormFields({"x": values}, frozenset())}


def around(*inside: str, first: str, last: str) -> tuple[str, ...]:
    return (m.start(), m.end(), m.path("start", first), m.path(last, "end"), *inside)


def test_a_choice_that_was_made_before_stays_made() -> None:
    model = around(
        m.user("ask", formRef="f"),
        m.both("split"), m.both("join"),
        *(m.xor(f"x{n}", default=f"x{n}_e{n}") + m.end(f"e{n}") + m.user(f"t{n}", formRef="none") for n in (1, 2)),
        m.path("ask", "split", "x1"), m.path("split", "x2"),
        *(m.flow(f"x{n}", f"t{n}", "${x == 'a'}") + m.path(f"x{n}", f"e{n}") + m.path(f"t{n}", "join") for n in (1, 2)),
        first="ask", last="join",
    )  # fmt: skip
    assert findings(looked_at(*model, forms=choice("a", "b") | {"none": FormFields({}, frozenset())})) == set()


def test_a_choice_that_is_made_again_is_open_again() -> None:
    model = around(
        m.user("ask", formRef="f"),
        m.both("split"), m.both("join"), m.user("again", formRef="f"),
        *(m.xor(f"x{n}", default=f"x{n}_e{n}") + m.end(f"e{n}") + m.user(f"t{n}", formRef="none") for n in (1, 2)),
        m.path("ask", "split", "x1"), m.path("split", "again", "x2"),
        *(m.flow(f"x{n}", f"t{n}", "${x == 'a'}") + m.path(f"x{n}", f"e{n}") + m.path(f"t{n}", "join") for n in (1, 2)),
        first="ask", last="join",
    )  # fmt: skip
    assert findings(looked_at(*model, forms=choice("a", "b") | {"none": FormFields({}, frozenset())})) == {
        ("deadlock", "join")
    }


def test_what_a_script_computes_decides_a_gateway() -> None:
    model = around(
        m.user("ask", formRef="f"),
        m.script("compute", "${x == 'a' ? 'yes' : 'no'}", "y"),
        m.xor("which", default="which_never"), m.user("one"), m.user("two"), m.user("never"), m.xor("join"),
        m.path("ask", "compute", "which"),
        m.flow("which", "one", "${y == 'yes'}"), m.flow("which", "two", "${y == 'no'}"), m.path("which", "never"),
        m.path("one", "join"), m.path("two", "join"), m.path("never", "join"),
        first="ask", last="join",
    )  # fmt: skip
    assert findings(looked_at(*model, forms=choice("a", "b"))) == {("unreachable", "never")}


def test_a_variable_that_one_branch_alone_sets_may_not_exist() -> None:
    model = around(
        m.user("ask", formRef="f"), m.xor("which", default="which_join"), m.script("set", "${1}", "y"), m.xor("join"),
        m.xor("read", default="read_last"), m.user("one"), m.xor("last"),
        m.path("ask", "which"), m.flow("which", "set", "${x == 'a'}"), m.path("which", "join"), m.path("set", "join"),
        m.path("join", "read"), m.flow("read", "one", "${y == 1}"), m.path("read", "last"), m.path("one", "last"),
        first="ask", last="last",
    )  # fmt: skip
    (only,) = soundness(looked_at(*model, forms=choice("a", "b")))
    assert (only.code, only.element, only.path) == ("unset", "read", ("start", "ask", "which", "join", "read"))


def test_a_form_that_need_not_be_filled_may_leave_its_variable_out() -> None:
    model = around(
        m.user("ask", formRef="f"), m.xor("which", default="which_join"), m.user("one"), m.xor("join"),
        m.path("ask", "which"), m.flow("which", "one", "${x == 'a'}"), m.path("which", "join"), m.path("one", "join"),
        first="ask", last="join",
    )  # fmt: skip
    optional = {"f": FormFields({"x": ("a", "b")}, frozenset({"x"}))}
    assert findings(looked_at(*model, forms=optional)) == {("unset", "which")}


def test_a_gateway_whose_conditions_leave_a_case_out_is_found() -> None:
    model = around(
        m.user("ask", formRef="f"), m.xor("which"), m.user("one"), m.user("two"), m.xor("join"),
        m.path("ask", "which"), m.flow("which", "one", "${x == 'a'}"), m.flow("which", "two", "${x == 'b'}"),
        m.path("one", "join"), m.path("two", "join"),
        first="ask", last="join",
    )  # fmt: skip
    assert findings(looked_at(*model, forms=choice("a", "b"))) == set()
    assert findings(looked_at(*model, forms=choice("a", "b", "c"))) == {("no-way", "which")}


def test_a_case_that_goes_round_without_a_way_out_is_found() -> None:
    model = (m.start(), m.xor("back"), m.user("work"), m.path("start", "back", "work", "back"))
    assert findings(looked_at(*model)) == {("endless", "work")}


def test_automatic_steps_that_go_round_are_found() -> None:
    model = (m.start(), m.xor("back"), m.script("s", "${1}", "y"), m.path("start", "back", "s", "back"))
    assert {code for code, _ in findings(looked_at(*model))} == {"round"}


def test_tokens_without_end_are_found() -> None:
    model = around(
        m.xor("back"), m.user("work"), m.both("split"), m.user("after"),
        m.path("back", "work", "split", "after"), m.path("split", "back"),
        first="back", last="after",
    )  # fmt: skip
    assert "unbounded" in {code for code, _ in findings(looked_at(*model))}


def test_an_interrupting_event_takes_the_token_and_another_one_adds_one() -> None:
    def model(*, interrupting: bool) -> tuple[str, ...]:
        return around(
            m.user("work"), m.boundary("late", "work", m.timer("Duration", "PT1H"), interrupting=interrupting),
            m.user("remind"), m.xor("join"), m.user("after"),
            m.path("work", "join"), m.path("late", "remind", "join"), m.path("join", "after"),
            first="work", last="after",
        )  # fmt: skip

    assert findings(looked_at(*model(interrupting=True))) == set()
    assert findings(looked_at(*model(interrupting=False))) == {("unsynchronised", "join")}


def test_a_join_inside_a_subprocess_that_a_timer_can_end_is_a_deadlock_all_the_same() -> None:
    inside = m.start("s") + m.end("e") + m.xor("which", default="which_b") + m.user("a") + m.user("b") + m.both("join")
    inside += m.path("s", "which") + m.flow("which", "a", "${x == 1}") + m.path("which", "b", "join", "e")
    inside += m.path("a", "join")
    model = around(
        m.sub("sub", inside), m.boundary("late", "sub", m.timer("Duration", "PT1H")), m.xor("out"),
        m.path("sub", "out"), m.path("late", "out"),
        first="sub", last="out",
    )  # fmt: skip
    assert ("deadlock", "join") in findings(looked_at(*model))


def test_the_instances_of_a_step_are_none_one_or_several() -> None:
    model = around(m.user("vote", m.multi(over="members", item="member")), first="vote", last="vote")
    looked = looked_at(*model)
    assert findings(looked) == set()
    assert looked.space is not None
    waiting = {len(state.tokens[0].inner) for state in looked.space.before if state.tokens}
    assert waiting == {1, 2}
    assert any(looked.space.witness(state).count("vote") == 1 for state in looked.space.finals())


def test_a_called_process_is_looked_through_under_the_name_of_its_call() -> None:
    called = m.file(
        m.start(), m.xor("which", default="which_join"), m.user("inner"), m.both("join"), m.end(),
        m.path("start", "which"), m.flow("which", "inner", "${kind == 'a'}"), m.path("which", "join", "end"),
        m.path("inner", "join"),
    ).replace(b'process id="p"', b'process id="called"')  # fmt: skip
    (inner,) = definitions.read("called.bpmn", called).processes
    model = around(
        m.user("ask", formRef="f"), m.call("do", inner.id, '<camunda:in source="x" target="kind"/>'),
        m.path("ask", "do"), first="ask", last="do",
    )  # fmt: skip
    renamed = m.file(*model).replace(f'process id="{inner.id}"'.encode(), b'process id="caller"')
    (process,) = definitions.read("caller.bpmn", renamed).processes
    looked = study(process, None, Surroundings({inner.id: inner}, choice("b"), None))
    assert ("deadlock", "do/join") in findings(looked)
    assert looked.space is not None
    assert "do/inner" not in looked.space.visited


def test_a_called_process_that_is_not_there_is_found() -> None:
    looked = looked_at(*around(m.call("do", "elsewhere"), first="do", last="do"))
    (only,) = soundness(looked)
    assert (only.code, only.element, only.severity) == ("unknown-call", "do", "finding")


def test_an_error_goes_to_the_event_that_catches_it() -> None:
    inside = m.start("s") + m.user("a") + m.end("e", m.error("E1")) + m.path("s", "a", "e")
    model = around(
        m.sub("sub", inside), m.boundary("failed", "sub", m.error("E1")), m.user("mend"),
        m.path("failed", "mend"), first="sub", last="mend",
    )  # fmt: skip
    assert findings(looked_at(*model)) == set()


def test_a_way_to_a_finding_names_each_step_on_it() -> None:
    model = around(
        m.user("ask", formRef="f"), m.xor("which", default="which_b"), m.user("a"), m.user("b"), m.both("join"),
        m.path("ask", "which"), m.flow("which", "a", "${x == 'a'}"), m.path("which", "b", "join"), m.path("a", "join"),
        first="ask", last="join",
    )  # fmt: skip
    (only,) = [one for one in soundness(looked_at(*model, forms=choice("a"))) if one.code == "deadlock"]
    assert only.path == ("start", "ask", "which", "a", "join")
    assert "b_join" in only.message["en"]


def test_conditions_behind_a_parallel_gateway_are_read_by_nobody() -> None:
    model = around(
        m.both("split"), m.user("a"), m.user("b"), m.both("join"), m.flow("split", "a", "${x == 1}"),
        m.path("split", "b", "join"), m.path("a", "join"), first="split", last="join",
    )  # fmt: skip
    assert findings(looked_at(*model)) == {("condition-unread", "split")}


def test_a_timer_that_says_no_time_is_found() -> None:
    for kind, time in (("Date", "PT1H"), ("Duration", "2026-09-07"), ("Cycle", "daily")):
        model = around(m.catch("wait", m.timer(kind, time)), first="wait", last="wait")
        assert findings(looked_at(*model)) == {("timer-unread", "wait")}
    right = around(m.catch("wait", m.timer("Duration", "PT1H")), first="wait", last="wait")
    assert findings(looked_at(*right)) == set()
