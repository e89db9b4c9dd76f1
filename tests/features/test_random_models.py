"""Random models run like an interpreter of another kind says they should."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.features import block_models as blocks
from tests.features.feature_runs import Run

RUNS = {
    "Nested gateways, subprocesses, loops and events in any combination": "13",
}

VARIABLES = ("x0", "x1", "x2")
TASK: blocks.Block = ("task",)
LEAVES = st.one_of(
    st.just(TASK),
    st.just(TASK),
    st.just(("pass",)),
    st.tuples(st.just("votes"), st.integers(1, 3), st.integers(1, 3), st.booleans()),
)


def followed(block: blocks.Block) -> blocks.Block:
    """A task behind a join shows when the join lets go."""
    return ("seq", (block, TASK))


def composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.tuples(st.just("seq"), several),
        st.tuples(st.just("xor"), st.sampled_from(VARIABLES), several),
        st.tuples(st.just("and"), several).map(followed),
        st.tuples(st.just("or"), several).map(followed),
        st.tuples(st.just("loop"), st.integers(1, 3), inner),
        st.tuples(st.just("sub"), st.integers(1, 2), inner),
        st.tuples(st.just("timed"), inner, inner),
        st.tuples(st.just("stopped"), st.booleans(), inner, inner),
    )


MODELS = st.recursive(LEAVES, composed, max_leaves=9)
CHOICES = st.lists(
    st.tuples(st.integers(0, 10**6), st.sampled_from(VARIABLES), st.integers(0, 2)), min_size=25, max_size=25
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MODELS, CHOICES, st.tuples(*[st.integers(0, 2)] * 3))
def test_a_structured_model_opens_what_its_structure_says(
    model: blocks.Block, choices: list[tuple[int, str, int]], begin: tuple[int, int, int]
) -> None:
    x = dict(zip(VARIABLES, begin, strict=True))
    run = Run(blocks.bpmn(model), **x)
    live = blocks.enter(model, "n", x)
    for number, variable, value in choices:
        expected = [] if live is None else sorted(blocks.possible(model, "n", live))
        seen = [("complete", node) for node in run.open] + sorted(("fire", node) for _, node in run.timers)
        assert (seen, run.ended) == (expected, live is None)
        if live is None:
            break
        event = expected[number % len(expected)]
        if event[0] == "complete":
            x[variable] = value
            run.complete(event[1], **{variable: value})
        else:
            run.fire(event[1])
        live = blocks.happen(model, "n", live, event, x)
