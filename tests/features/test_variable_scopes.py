"""Variables: the nearest scope that has them, local ones, parameters in and out, and joins that lose none."""

import pytest

from app import engine
from tests.features.feature_models import both, end, file, line, parameters, path, script, start, sub, user
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Variables, input and output parameters (Camunda)": "–",
}


def forked(*, join: str) -> bytes:
    return file(
        start(), both("split"), user("a"), user("b"), join, user("after"), end(),
        path("start", "split", "a", "join", "after", "end"), path("split", "b", "join"),
    )  # fmt: skip


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_join_loses_no_update_whichever_branch_ends_last(order: str) -> None:
    run = Run(forked(join=both("join")), x="old", y="old")
    for name in order:
        run.complete(name, **({"x": "from a"} if name == "a" else {"y": "from b"}))
    assert run.open == ["after"]
    assert run.variables == {"x": "from a", "y": "from b"}


def test_the_later_of_two_writes_to_one_variable_stays() -> None:
    run = Run(forked(join=both("join"))).complete("b", x="b").complete("a", x="a")
    assert run.variables == {"x": "a"}


def scoped(*inside: str, inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None) -> bytes:
    content = (start("s"), *inside, end("e"), path("s", "inner", "e"))
    return file(start(), sub("box", parameters(inputs, outputs), *content), end(), path("start", "box", "end"))


def test_an_input_parameter_hides_the_variable_of_the_process() -> None:
    run = Run(scoped(user("inner", name="${x}"), inputs={"x": "${x + 1}"}), x=1)
    assert run.task("inner").name == "2"
    run.complete("inner", x=10)
    assert run.variables == {"x": 1}


def test_an_output_parameter_hands_a_local_value_out() -> None:
    run = Run(scoped(user("inner"), inputs={"x": "${1}"}, outputs={"result": "${x * 2}"}))
    assert run.complete("inner", x=21).variables == {"result": 42}


def test_a_variable_that_no_scope_has_belongs_to_the_process() -> None:
    run = Run(scoped(user("inner"), inputs={"x": "${1}"})).complete("inner", y=2)
    assert run.variables == {"y": 2}


def test_two_scopes_of_one_name_do_not_mix() -> None:
    boxes = "".join(
        sub(f"box{n}", parameters({"x": str(n)}, {f"x{n}": "${x}"}), start(f"s{n}"), user(f"u{n}"), end(f"e{n}"),
            path(f"s{n}", f"u{n}", f"e{n}"))
        for n in (1, 2)
    )  # fmt: skip
    run = Run(file(start(), both("g"), boxes, end(), path("start", "g", "box1", "end"), path("g", "box2", "end")))
    run.complete("u1", x="one").complete("u2", x="two")
    assert run.variables == {"x1": "one", "x2": "two"}


def test_inputs_are_literals_too_and_keep_their_text() -> None:
    run = Run(line(user("a", parameters({"greeting": "Сәлем, ${name}!", "plain": "<b>"}))), name="Ерлан")
    assert run.task("a").local == {"greeting": "Сәлем, Ерлан!", "plain": "<b>"}


def test_a_moment_in_a_scope_survives_the_state() -> None:
    run = Run(
        scoped(user("inner", name="${at == now()}"), inputs={"at": "${now()}", "d": "${box}"}), box={"$date": "x"}
    )
    run.step(engine.SetLocal(run.token("inner"), {"nested": [{"$dict": {"$date": 1}}]}))
    assert run.state is not None
    assert engine.visible_variables(run.state, run.token("inner"), {}) == {
        "at": run.world.now,
        "d": {"$date": "x"},
        "nested": [{"$dict": {"$date": 1}}],
    }


def test_a_local_value_that_cannot_be_kept_fails_the_step() -> None:
    run = Run(line(user("a")))
    for value in (10**40, "\ud800"):
        with pytest.raises(engine.StepFailed, match="local variables"):
            run.step(engine.SetLocal(run.token("a"), {"big": value}))
    assert run.complete("a").ended


def test_a_script_writes_its_result_where_the_variable_is() -> None:
    run = Run(scoped(script("inner", "${x + 1}", "x"), inputs={"x": "${1}"}, outputs={"out": "${x}"}), x=100)
    assert run.variables == {"x": 100, "out": 2}


@pytest.mark.parametrize("name", ["len", "__class__", "print", "self", "None_", "пайдаланушы", "not_a_function"])
def test_a_variable_may_have_any_name(name: str) -> None:
    run = Run(line(user("a"), script("s", "${" + name + " + 1}", name), user("b")), **{name: 1})
    run.complete("a")
    assert run.variables == {name: 2}


@pytest.mark.parametrize(
    "expression",
    [
        "${''.class}", "${''.__class__.__mro__}", "${__import__('os').system('id')}", "${open('/etc/passwd')}",
        "${execution.__class__}", "${items.__len__()}", "${().__class__}", "${eval('1')}", "${[].append(1)}",
        "${''.getClass().forName('java.lang.Runtime')}", "${items.__init__.__globals__}", "${{}.pop}",
    ],
)  # fmt: skip
def test_no_expression_reaches_python(expression: str) -> None:
    source = line(script("s", expression, "x"), user("u"))
    if refusals(source):
        return
    with pytest.raises(engine.StepFailed):
        Run(source, items=[1])
