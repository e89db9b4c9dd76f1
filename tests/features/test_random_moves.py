"""Whatever an instance has come to: taken to another version, or with a task begun anew, it goes on as it would have."""

import re
from collections import Counter

import orjson
import zstandard
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from app.engine import Place, Spec, Where, Withdraw
from tests.features import block_models as blocks
from tests.features.feature_runs import Run, compiled
from tests.features.reference import Going, Waited
from tests.features.test_random_models import MODELS, Models

RUNS = {
    "Migration and modification of any combination of these, at any moment": "13",
}

PROCESS = re.compile(r"(<process [^>]*>)(.*)(</process>)", re.DOTALL)
WRAPPED = (
    r'\1<startEvent id="first"/><sequenceFlow id="in" sourceRef="first" targetRef="whole"/><subProcess id="whole">\2'
    r'</subProcess><sequenceFlow id="out" sourceRef="whole" targetRef="last"/><endEvent id="last"/>\3'
)
IDS = re.compile(r'\b(id|sourceRef|targetRef|attachedToRef|default|\w+Ref)="')


def contents(run: Run) -> Counter[str]:
    """What the state holds, without the numbers of the tokens."""
    state = orjson.loads(zstandard.ZstdDecompressor().decompress(run.state or b""))
    at = {1: "/"} | {token: name for token, _, name, *_ in state["t"]}
    tokens = [[at[parent], name, waiting, data] for _, parent, name, waiting, data in state["t"]]
    return Counter(str(one) for one in [*tokens, *([at[int(token)], scope] for token, scope in state["v"].items())])


def with_younger(going: Going, waited: Waited) -> None:
    """What a task that is begun anew is in the reference: the same one, waited for since now."""
    if waited in going.own:
        going.own[going.own.index(waited)] = going.world.wait(waited.kind, waited.at)
    for inner in going.inside:
        with_younger(inner, waited)


class MovedModels(Models):
    """As `Models`, but now and then the instance is moved, which must change nothing."""

    @initialize(model=MODELS, begin=st.tuples(*[st.integers(0, 2)] * 3))
    def begin(self, model: blocks.Block, begin: tuple[int, int, int]) -> None:
        super().begin(model, begin)
        self.plain = blocks.bpmn(model).decode()
        self.wrapped = False

    def version(self) -> Spec:
        source = PROCESS.sub(WRAPPED, self.plain) if self.wrapped else self.plain
        return compiled(IDS.sub(rf"\g<0>{self.prefix}", source).encode())

    @rule()
    def to_a_version_in_which_everything_has_another_id(self) -> None:
        if self.going.over:
            return
        self.prefix += "v"
        before = contents(self.run)
        done = self.run.migrate(self.version(), {one: f"v{one}" for one in self.run.spec.process.nodes})
        outcome = done.outcome
        changes = (outcome.tasks, outcome.timers, outcome.subscriptions, outcome.closed, outcome.disarmed)
        assert changes == ([], [], [], [], [])
        assert sum(contents(self.run).values()) == sum(before.values())

    @rule()
    def to_a_version_in_which_all_stands_in_a_subprocess_and_back(self) -> None:
        if not self.going.over:
            self.wrapped = not self.wrapped
            self.run.migrate(self.version())

    def may_begin(self, node_id: str) -> bool:
        """What is repeated begins as a whole, what undoes another thing does not begin by hand."""
        node = self.run.spec.process.nodes[node_id]
        return node.loop is None and not node.for_compensation

    @rule(number=st.integers(0, 10**6))
    def a_task_is_begun_anew(self, number: int) -> None:
        anew = sorted((one for one in self.run.tasks.values() if self.may_begin(one.node)), key=lambda one: one.token)
        if not anew:
            return
        task, before = anew[number % len(anew)], contents(self.run)
        here = [one.token for one in anew if one.node == task.node].index(task.token)
        self.run.modify(Place(Where.BEFORE, task.node, inside=task.parent), Withdraw(token=task.token))
        assert contents(self.run) == before
        at = task.node.removeprefix(self.prefix)
        waits = sorted((one for one in self.going.waits() if one[:2] == ("complete", at)), key=lambda one: one.age)
        with_younger(self.going, waits[here])


TestMovedModels = MovedModels.TestCase
TestMovedModels.settings = settings(
    max_examples=40,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
