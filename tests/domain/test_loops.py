"""Which steps the drawing of a process lets come again."""

import pytest

from app.definitions import read
from app.domain.models.loops import may_reopen
from tests.api.models import bpmn

FLOWS = {
    "start": ["prepare"],
    "prepare": ["check"],
    "check": ["back"],
    "back": ["prepare", "inside", "end"],
    "inside": ["sign"],
    "sign": ["end"],
}
MODEL = bpmn(
    "p",
    '<startEvent id="start"/><userTask id="prepare"/><userTask id="check"/><exclusiveGateway id="back"/>'
    '<subProcess id="inside"><startEvent id="s"/><userTask id="ask"/><endEvent id="e"/>'
    '<sequenceFlow id="in1" sourceRef="s" targetRef="ask"/><sequenceFlow id="in2" sourceRef="ask" targetRef="e"/></subProcess>'
    '<boundaryEvent id="late" attachedToRef="inside"><timerEventDefinition><timeDuration>P1D</timeDuration>'
    '</timerEventDefinition></boundaryEvent><sequenceFlow id="out" sourceRef="late" targetRef="check"/>'
    '<userTask id="sign"/><endEvent id="end"/>'
    + "".join(
        f'<sequenceFlow id="f-{source}-{target}" sourceRef="{source}" targetRef="{target}"/>'
        for source, targets in FLOWS.items()
        for target in targets
    ),
)
PROCESS = read("p.bpmn", MODEL.encode()).processes[0]


@pytest.mark.parametrize(
    ("done", "opened", "again"),
    [
        ("prepare", "check", False),
        ("check", "prepare", True),
        ("check", "ask", False),
        ("ask", "sign", False),
        ("prepare", "prepare", False),
        ("ask", "check", True),
        (None, "check", True),
        (None, "sign", False),
        ("unknown", "check", False),
    ],
)
def test_a_step_comes_again_where_it_can_stand_before_what_was_done_and_after_it(
    done: str | None, opened: str, again: bool
) -> None:
    assert may_reopen(PROCESS, done, opened) is again
