"""Models that are sound by construction are found sound, and a single wrong gateway in them is found."""

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app import definitions
from app.conformity.soundness import soundness
from app.conformity.study import Surroundings, study
from tests.features import block_models as blocks

TASK: blocks.Block = ("task",)
LEAVES = st.one_of(
    st.just(TASK),
    st.just(TASK),
    st.just(("pass",)),
    st.tuples(st.just("votes"), st.integers(1, 3), st.integers(1, 3), st.booleans()),
)
VARIABLES = ("x0", "x1", "x2")


def composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.tuples(st.just("seq"), several),
        st.tuples(st.just("xor"), st.sampled_from(VARIABLES), several),
        st.tuples(st.just("and"), several),
        st.tuples(st.just("or"), several),
        st.tuples(st.just("loop"), st.integers(1, 3), inner),
        st.tuples(st.just("sub"), st.integers(1, 2), inner),
        st.tuples(st.just("bordered"), st.just("timer"), st.just(True), inner, inner),
        st.tuples(st.just("stopped"), st.just(True), inner, inner),
    )


MODELS = st.recursive(LEAVES, composed, max_leaves=6)
STRUCTURED = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def places(block: blocks.Block, kind: str, at: str = "n") -> Iterator[str]:
    """Where the blocks of a kind stand in a model."""
    if block[0] == kind:
        yield at
    inner = next((part for part in block[1:] if isinstance(part, tuple) and part and isinstance(part[0], tuple)), None)
    several = inner if inner is not None else tuple(part for part in block[1:] if isinstance(part, tuple))
    for number, part in enumerate(several):
        yield from places(part, kind, f"{at}_{number}")


def with_other_join(model: blocks.Block, at: str, before: str, after: str) -> bytes:
    """The model with a gateway of another kind where the branches of the block at `at` come together."""
    source = blocks.bpmn(model).decode()
    old, new = (f'<{kind} id="{at}f"></{kind}>' for kind in (before, after))
    assert old in source
    return source.replace(old, new).encode()


def codes(source: bytes) -> dict[str, set[str | None]]:
    """The elements of the findings, by code."""
    (process,) = definitions.read("model.bpmn", source).processes
    found: dict[str, set[str | None]] = {}
    for one in soundness(study(process, None, Surroundings({}, {}, None))):
        found.setdefault(one.code, set()).add(one.element)
    return found


@STRUCTURED
@given(MODELS)
def test_a_structured_model_is_sound(model: blocks.Block) -> None:
    """A block may ask again for what was decided before it, so that one of its branches is never taken."""
    assert codes(blocks.bpmn(model)).keys() <= {"unreachable"}


@STRUCTURED
@given(MODELS, st.integers(0, 100))
def test_parallel_branches_that_are_not_joined_are_found(model: blocks.Block, number: int) -> None:
    splits = list(places(model, "and"))
    assume(splits)
    at = splits[number % len(splits)]
    found = codes(with_other_join(model, at, "parallelGateway", "exclusiveGateway"))
    assume(f"{at}f" not in found.get("unreachable", ()))
    assert f"{at}f" in found.get("unsynchronised", ())


@STRUCTURED
@given(MODELS, st.integers(0, 100))
def test_a_join_of_branches_of_which_one_is_chosen_is_a_deadlock(model: blocks.Block, number: int) -> None:
    choices = list(places(model, "xor"))
    assume(choices)
    at = choices[number % len(choices)]
    found = codes(with_other_join(model, at, "exclusiveGateway", "parallelGateway"))
    assume(f"{at}b" not in found.get("unreachable", ()))
    assert f"{at}f" in found.get("deadlock", ())
