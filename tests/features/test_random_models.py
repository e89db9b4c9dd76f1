"""Random models run like an interpreter of another kind says they should, whatever happens to them."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.features import block_models as blocks
from tests.features.feature_runs import Run
from tests.features.going import Waited, World
from tests.features.reference import BLOCKS

RUNS = {
    "Nested gateways, subprocesses, loops and events in any combination": "13",
}

VARIABLES = ("x0", "x1", "x2")
TASK: blocks.Block = ("task",)
LEAVES = st.one_of(
    st.just(TASK),
    st.just(TASK),
    st.just(("kept",)),
    st.just(("pass",)),
    st.tuples(st.just("votes"), st.integers(1, 3), st.integers(1, 3), st.booleans()),
)


def followed(block: blocks.Block) -> blocks.Block:
    """A task behind a join shows when the join lets go."""
    return ("seq", (block, TASK))


def apart(block: blocks.Block) -> blocks.Block:
    """What may be begun several times beside itself has a scope of its own, or its tokens would join each other's."""
    return ("sub", 1, block)


def undone(block: blocks.Block) -> blocks.Block:
    return ("undone", ("seq", (("kept",), block)))


def composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    events = st.lists(st.tuples(st.sampled_from(["timer", "message", "signal"]), inner), min_size=2, max_size=3)
    return st.one_of(
        st.tuples(st.just("seq"), several),
        st.tuples(st.just("xor"), st.sampled_from(VARIABLES), several),
        st.tuples(st.just("and"), several).map(followed),
        st.tuples(st.just("or"), several).map(followed),
        st.tuples(st.sampled_from(["loop", "sub", "repeat"]), st.integers(1, 3), inner),
        events.map(lambda pairs: ("choice", *zip(*pairs, strict=True))),
        st.tuples(
            st.just("bordered"), st.sampled_from(["timer", "message"]), st.booleans(), inner, inner.map(apart)
        ).map(followed),
        st.tuples(st.just("stopped"), st.booleans(), inner, inner),
        st.tuples(st.sampled_from(["handled", "escalated"]), st.booleans(), inner, inner.map(apart)).map(followed),
        inner.map(undone),
    )


MODELS = st.recursive(LEAVES, composed, max_leaves=9)


class Models(RuleBasedStateMachine):
    """An instance and what the interpreter makes of the same events. prefix: of all ids in the instance's model."""

    prefix = ""

    @initialize(model=MODELS, begin=st.tuples(*[st.integers(0, 2)] * 3))
    def begin(self, model: blocks.Block, begin: tuple[int, int, int]) -> None:
        self.world = World(dict(zip(VARIABLES, begin, strict=True)), BLOCKS)
        self.going = BLOCKS[model[0]](self.world, model, "n")
        self.run = Run(blocks.bpmn(model), **self.world.x)

    @rule(number=st.integers(0, 10**6), variable=st.sampled_from(VARIABLES), value=st.integers(0, 2))
    def something_happens(self, number: int, variable: str, value: int) -> None:
        if self.going.over:
            return
        waits = sorted(self.going.waits())
        chosen = waits[number % len(waits)]
        event = min((one for one in waits if one[:2] == chosen[:2]), key=lambda one: one.age)
        match event:
            case Waited("complete", at):
                self.world.x[variable] = value
                self.run.complete(self.prefix + at, **{variable: value})
            case Waited("fire", at):
                self.run.fire(self.prefix + at)
            case Waited("deliver", at):
                self.run.deliver(self.prefix + at)
        self.going.happen(event)

    @invariant()
    def both_wait_for_the_same(self) -> None:
        if not hasattr(self, "run"):
            return
        expected = sorted((one.kind, self.prefix + one.at) for one in self.going.waits())
        seen = [("complete", at) for at in self.run.open]
        seen += [("fire", key) for _, key in self.run.timers] + [("deliver", key) for _, key in self.run.subscriptions]
        assert (sorted(seen), self.run.ended) == (expected, self.going.over)


TestModels = Models.TestCase
TestModels.settings = settings(
    max_examples=120,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
