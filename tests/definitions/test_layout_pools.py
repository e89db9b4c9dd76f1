"""Automatic layout of pools: where black boxes stand, and that messages are upright lines which cross nothing."""

from itertools import combinations, pairwise

import pytest

from tests.definitions.bpmn_models import file, flow
from tests.definitions.test_layout import Box, Drawn, Points, drawn, faults, meet

LANES = {
    "system": ("s", "g", "portal-intake", "office", "corporation-intake", "j", "deliver", "e"),
    "clerk": ("register", "hand-over"),
}
PROCESS = (
    '<process id="p"><laneSet id="set">'
    + "".join(
        f'<lane id="{lane}">' + "".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in nodes) + "</lane>"
        for lane, nodes in LANES.items()
    )
    + '</laneSet><startEvent id="s" name="Өтініш"/><exclusiveGateway id="g"/><callActivity id="portal-intake"/>'
    '<serviceTask id="office"/><callActivity id="corporation-intake"/><exclusiveGateway id="j"/>'
    '<userTask id="register"/><userTask id="hand-over"/><callActivity id="deliver"/><endEvent id="e"/>'
    + flow("s", "g") + flow("g", "portal-intake") + flow("g", "corporation-intake") + flow("g", "office")
    + flow("portal-intake", "j") + flow("corporation-intake", "j") + flow("office", "j") + flow("j", "register")
    + flow("register", "hand-over") + flow("hand-over", "deliver") + flow("deliver", "e")
    + "</process>"
)  # fmt: skip
OFFICE = ["applicant s", "deliver applicant"]
PORTAL = ["applicant portal", "portal portal-intake", "deliver portal", "portal applicant"]
CORPORATION = [
    "applicant corporation", "corporation corporation-intake", "deliver corporation", "corporation applicant",
]  # fmt: skip
NOTICE = ["register applicant"]
CHANNELS = {
    "portal": PORTAL,
    "office": OFFICE,
    "office and portal": [*OFFICE, *PORTAL],
    "portal and corporation": [*PORTAL, *CORPORATION],
    "office, portal and corporation": [*OFFICE, *PORTAL, *CORPORATION],
    "office at its own step, portal and corporation": ["applicant office", OFFICE[1], *PORTAL, *CORPORATION],
    "corporation, and results by hand": [*CORPORATION, "applicant office", "hand-over applicant", "deliver applicant"],
    "all and a notice": [*NOTICE, *OFFICE, *PORTAL, *CORPORATION],
    "office, corporation and a notice": [*CORPORATION, *NOTICE, *OFFICE],
}


def service(messages: list[str]) -> bytes:
    boxes = [name for name in ("applicant", "portal", "corporation") if any(name in one.split() for one in messages)]
    participants = "".join(f'<participant id="{name}" name="{name} of the state service"/>' for name in boxes)
    flows = "".join(
        f'<messageFlow id="{one.replace(" ", "_")}" name="Өтініш пен құжаттар" sourceRef="{one.split()[0]}" '
        f'targetRef="{one.split()[1]}"/>'
        for one in messages
    )
    provider = '<participant id="provider" name="Қызмет беруші" processRef="p"/>'
    return file(f'<collaboration id="c">{participants}{provider}{flows}</collaboration>{PROCESS}')


def messages(drawing: Drawn) -> dict[str, Points]:
    return {name: path for name, path in drawing.paths.items() if drawing.kind(name) == "messageFlow"}


def box_of(path: Points) -> Box:
    xs, ys = zip(*path, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def crossed_pools(drawing: Drawn) -> list[tuple[str, str]]:
    black = [name for name in ("applicant", "portal", "corporation") if name in drawing.boxes]
    return [
        (name, pool)
        for name, path in messages(drawing).items()
        for pool in black
        if pool not in drawing.ends(name)
        and any(meet(box_of(list(run)), drawing.boxes[pool]) for run in pairwise(path))
    ]


@pytest.mark.parametrize("channels", [name for name in CHANNELS if name != "all and a notice"])
def test_messages_are_upright_lines(channels: str) -> None:
    drawing = drawn(service(CHANNELS[channels]))
    assert faults(drawing) == []
    assert [name for name, path in messages(drawing).items() if len({x for x, _ in path}) > 1] == []


@pytest.mark.parametrize("channels", CHANNELS)
def test_no_message_crosses_a_pool_that_is_not_its_own(channels: str) -> None:
    assert crossed_pools(drawn(service(CHANNELS[channels]))) == []


def test_a_message_that_a_pool_hands_on_runs_straight_on() -> None:
    paths = drawn(service(CHANNELS["office and portal"])).paths
    assert paths["applicant_portal"][0][0] == paths["portal_portal-intake"][0][0]
    assert paths["deliver_portal"][0][0] == paths["portal_applicant"][0][0]


def test_a_message_past_the_provider_runs_outside_on_the_side_where_it_is_needed() -> None:
    drawing = drawn(service(CHANNELS["office, portal and corporation"]))
    left, _, right, _ = drawing.boxes["provider"]
    assert drawing.paths["applicant_corporation"][0][0] < left
    assert right < drawing.paths["corporation_applicant"][0][0]


@pytest.mark.parametrize("channels", CHANNELS)
def test_the_names_of_messages_lie_on_no_message(channels: str) -> None:
    drawing = drawn(service(CHANNELS[channels]))
    runs = [box_of(list(run)) for path in messages(drawing).values() for run in pairwise(path)]
    assert [name for name in messages(drawing) if any(meet(drawing.labels[name], run) for run in runs)] == []


def test_messages_of_one_element_stand_apart() -> None:
    paths = messages(drawn(service(CHANNELS["office, portal and corporation"])))
    for one, other in combinations(paths, 2):
        apart = abs(paths[one][0][0] - paths[other][0][0])
        ends = [sorted(y for _, y in paths[name]) for name in (one, other)]
        beside = ends[0][0] < ends[1][1] and ends[1][0] < ends[0][1]
        assert not beside or apart >= 15, (one, other)


def test_a_message_of_an_upper_lane_makes_the_lower_lanes_keep_its_column_free() -> None:
    drawing = drawn(service(["corporation deliver", *OFFICE]))
    assert len(drawing.paths["corporation_deliver"]) == 2


def test_pools_without_messages_stand_below() -> None:
    silent = '<participant id="silent" name="Банк"/>'
    source = service(PORTAL).replace(b'<participant id="applicant"', silent.encode() + b'<participant id="applicant"')
    boxes = drawn(source).boxes
    assert max(boxes, key=lambda name: boxes[name][3]) == "silent"
