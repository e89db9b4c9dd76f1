"""Automatic layout: what is drawn, where it stands, and what it must not touch."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from lxml import etree

from app.definitions import read
from app.definitions.layout import lay_out
from app.definitions.xml import BPMN
from tests.definitions.bpmn_models import file, flow, process

REPOSITORY = Path(__file__).parents[2]
REAL = sorted((REPOSITORY / "bpmn").glob("*/*.bpmn"))
DRAWN_AS_EDGES = {
    "sequenceFlow", "messageFlow", "association", "dataInputAssociation", "dataOutputAssociation",
}  # fmt: skip
CONTAINERS = {"participant", "lane", "subProcess"}
TIMER = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"

Box = tuple[float, float, float, float]
"""left, top, right, bottom"""
Point = tuple[float, float]
Points = list[Point]


@dataclass
class Drawn:
    """A file after layout. elements: by id; boxes, paths, labels: by the id of what they show."""

    elements: dict[str, etree._Element]
    boxes: dict[str, Box]
    paths: dict[str, Points]
    labels: dict[str, Box]

    def kind(self, name: str) -> str:
        return str(etree.QName(self.elements[name]).localname)

    def ends(self, edge: str) -> tuple[str, str]:
        element = self.elements[edge]
        if self.kind(edge).startswith("data"):
            owner = element.getparent().get("id")
            other = element.findtext("{*}sourceRef") if self.kind(edge) == "dataInputAssociation" else None
            return (other, owner) if other else (owner, element.findtext("{*}targetRef"))
        return element.get("sourceRef"), element.get("targetRef")

    def around(self, name: str) -> set[str]:
        """The shapes that the shape stands in or at: sub-processes, lanes, the pool, the host of a boundary event."""
        element = self.elements[name]
        found = {outer.get("id") for outer in element.iterancestors()} & self.boxes.keys()
        processes = [outer for outer in [element, *element.iterancestors()] if outer.tag.endswith("}process")]
        for one, other in self.elements.items():
            if processes and other.get("processRef") == processes[0].get("id"):
                found.add(one)
            if self.kind(one) == "lane":
                inner = {reference.text for reference in other.iter("{*}flowNodeRef")}
                inner |= {lane.get("id") for lane in other.iterdescendants("{*}lane")}
                if inner & {name, *found, element.get("attachedToRef")}:
                    found.add(one)
        return found | ({element.get("attachedToRef")} & self.boxes.keys())


def drawn(source: bytes) -> Drawn:
    root = etree.fromstring(lay_out(source))
    elements = {element.get("id"): element for element in root.iter("{*}*") if element.get("id")}
    boxes, paths, labels = {}, {}, {}
    for shape in root.iter("{*}BPMNShape"):
        boxes[shape.get("bpmnElement")] = _box(shape.find("{*}Bounds"))
    for edge in root.iter("{*}BPMNEdge"):
        points = [(float(point.get("x")), float(point.get("y"))) for point in edge.iter("{*}waypoint")]
        paths[edge.get("bpmnElement")] = points
    for label in root.iter("{*}BPMNLabel"):
        labels[label.getparent().get("bpmnElement")] = _box(label.find("{*}Bounds"))
    return Drawn(elements, boxes, paths, labels)


def _box(bounds: etree._Element) -> Box:
    x, y, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def faults(drawing: Drawn) -> list[str]:
    return [
        *_missing(drawing),
        *_misplaced(drawing),
        *(fault for edge in drawing.paths for fault in _edge_faults(edge, drawing)),
        *_tangled(drawing),
        *_covered(drawing),
    ]


def _missing(drawing: Drawn) -> Iterator[str]:
    for name, element in drawing.elements.items():
        if etree.QName(element).namespace != BPMN:
            continue
        kind = drawing.kind(name)
        is_shape = kind.endswith(("Task", "Event", "Gateway", "Activity", "ObjectReference", "StoreReference"))
        if (is_shape or kind in CONTAINERS | {"task", "textAnnotation"}) and name not in drawing.boxes:
            yield f"{name} has no shape"
        if kind in DRAWN_AS_EDGES and name not in drawing.paths:
            yield f"{name} has no edge"


def _misplaced(drawing: Drawn) -> Iterator[str]:
    around = {name: drawing.around(name) for name in drawing.boxes}
    for name, box in drawing.boxes.items():
        for outer in around[name] - {drawing.elements[name].get("attachedToRef")}:
            outside = drawing.boxes[outer]
            if drawing.kind(name) == "boundaryEvent":
                box = (box[0], box[1], box[2], box[3] - 18)
            if not (outside[0] <= box[0] and outside[1] <= box[1] and box[2] <= outside[2] and box[3] <= outside[3]):
                yield f"{name} is not inside {outer}"
    for one, other in combinations(drawing.boxes, 2):
        apart = one not in around[other] and other not in around[one]
        if apart and meet(drawing.boxes[one], drawing.boxes[other]):
            yield f"{one} and {other} overlap"


def _edge_faults(edge: str, drawing: Drawn) -> Iterator[str]:
    path, ends = drawing.paths[edge], drawing.ends(edge)
    for point, end in ((path[0], ends[0]), (path[-1], ends[1])):
        left, top, right, bottom = drawing.boxes[end]
        depth = min(point[0] - left, right - point[0], point[1] - top, bottom - point[1])
        slanting = drawing.kind(end).endswith(("Gateway", "Event")) and drawing.kind(edge) != "sequenceFlow"
        if not (0 <= depth <= (12 if slanting else 0)):
            yield f"{edge} does not dock at {end}"
    passable = {drawing.elements[end].get("attachedToRef") for end in ends} | set(ends)
    for end in ends:
        passable |= drawing.around(end)
    for one, two in pairwise(path):
        if (one[0] != two[0]) == (one[1] != two[1]):
            yield f"{edge} is neither level nor upright"
        run = (min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))
        for name, box in drawing.boxes.items():
            if drawing.kind(name) in ("lane", "participant"):
                continue
            if meet(run, box) and name not in passable:
                yield f"{edge} runs through {name}"
            if (
                meet(run, (box[0] - 1, box[1], box[2] + 1, box[3]))
                and (one[0] == two[0])
                and one[0] in (box[0], box[2])
            ):
                yield f"{edge} runs along a side of {name}"
            if (
                meet(run, (box[0], box[1] - 1, box[2], box[3] + 1))
                and (one[1] == two[1])
                and one[1] in (box[1], box[3])
            ):
                yield f"{edge} runs along {name}"


def _tangled(drawing: Drawn) -> Iterator[str]:
    """Edges that have no end in common run on separate lines."""
    for one, other in combinations(drawing.paths, 2):
        if set(drawing.ends(one)) & set(drawing.ends(other)):
            continue
        for run in pairwise(drawing.paths[one]):
            for second in pairwise(drawing.paths[other]):
                if any(_overlap(run, second, axis) for axis in (0, 1)):
                    yield f"{one} and {other} lie on each other"


def _overlap(one: tuple[Point, ...], other: tuple[Point, ...], axis: int) -> bool:
    across = 1 - axis
    if len({point[across] for point in (*one, *other)}) > 1:
        return False
    first, second = sorted(point[axis] for point in one), sorted(point[axis] for point in other)
    return first[0] < second[1] and second[0] < first[1]


def _covered(drawing: Drawn) -> Iterator[str]:
    for name, label in drawing.labels.items():
        for shape, box in drawing.boxes.items():
            if drawing.kind(shape) not in CONTAINERS and meet(label, box):
                yield f"the name of {name} lies on {shape}"
    for one, other in combinations(drawing.labels, 2):
        if meet(drawing.labels[one], drawing.labels[other]):
            yield f"the names of {one} and {other} overlap"


SUB = '<startEvent id="s1"/><userTask id="t1" name="Тексеру"/><endEvent id="e1"/>' + flow("s1", "t1") + flow("t1", "e1")
MODELS = {
    "boundary events": process(
        '<startEvent id="s"/><userTask id="t" name="Проверить"/><endEvent id="e"/><userTask id="u"/><userTask id="v"/>'
        f'<boundaryEvent id="b1" name="Через час" attachedToRef="t">{TIMER}</boundaryEvent>'
        f'<boundaryEvent id="b2" name="Через день" attachedToRef="t">{TIMER}</boundaryEvent>'
        + flow("s", "t") + flow("t", "e") + flow("b1", "u") + flow("b2", "v") + flow("u", "t") + flow("v", "e")
    ),
    "a way back from a sub-process": process(
        f'<startEvent id="s"/><task id="t"/><subProcess id="k" name="Қарау">{SUB}</subProcess><endEvent id="e"/>'
        f'<boundaryEvent id="b" name="Мерзім өтті" attachedToRef="k">{TIMER}</boundaryEvent>'
        + flow("s", "t") + flow("t", "k") + flow("k", "e") + flow("b", "t")
    ),
    "a way back inside a sub-process": process(
        f'<subProcess id="k" name="Қарау"><startEvent id="s"/><subProcess id="i" name="Тексеру">{SUB}</subProcess>'
        '<exclusiveGateway id="g"/><endEvent id="e"/>' + flow("s", "i") + flow("i", "g") + flow("g", "e") + flow("g", "i")
        + "</subProcess>"
    ),
    "a message to a boundary event": file(
        '<collaboration id="c"><participant id="A"/><participant id="P" processRef="p"/>'
        '<messageFlow id="m" name="Кері қайтару" sourceRef="A" targetRef="b"/></collaboration><process id="p">'
        '<startEvent id="s"/><task id="t"/><endEvent id="e"/><endEvent id="f"/>'
        '<boundaryEvent id="b" name="Қайтарылды" attachedToRef="t"><messageEventDefinition/></boundaryEvent>'
        + flow("s", "t") + flow("t", "e") + flow("b", "f") + "</process>"
    ),
    "artifacts": process(
        '<userTask id="t" name="Толтыру"><dataOutputAssociation id="o"><targetRef>d</targetRef></dataOutputAssociation>'
        '</userTask><userTask id="u"><dataInputAssociation id="i"><sourceRef>d</sourceRef><targetRef>x</targetRef>'
        '</dataInputAssociation></userTask><dataObject id="x"/><dataObjectReference id="d" name="Сауалнама" '
        'dataObjectRef="x"/><dataStoreReference id="r" name="Тізілім"/><textAnnotation id="n"><text>Бір рет</text>'
        '</textAnnotation><association id="a" sourceRef="t" targetRef="n"/>' + flow("t", "u")
    ),
    "seven branches": process(
        '<exclusiveGateway id="g" name="Қайсысы?"/><exclusiveGateway id="j"/>'
        + "".join(f'<task id="t{one}"/>' + flow("g", f"t{one}") + flow(f"t{one}", "j") for one in range(7))
    ),
    "loops over several columns": process(
        "".join(f'<task id="t{one}"/><exclusiveGateway id="g{one}" name="Иә ме?"/>' for one in range(4))
        + "".join(flow(f"t{one}", f"g{one}") for one in range(4))
        + "".join(flow(f"g{one}", f"t{two}") for one in range(4) for two in range(4) if two <= one + 1)
    ),
    "messages into a sub-process": file(
        '<collaboration id="c"><participant id="A" name="Өтініш беруші"/><participant id="P" processRef="p"/>'
        '<participant id="B" name="Банк"/><messageFlow id="m1" name="Өтініш" sourceRef="A" targetRef="s1"/>'
        '<messageFlow id="m2" name="Төлем" sourceRef="t1" targetRef="B"/>'
        '<messageFlow id="m3" name="Жауап" sourceRef="B" targetRef="A"/></collaboration>'
        f'<process id="p"><startEvent id="s"/><subProcess id="k" name="Қарау">{SUB}</subProcess><endEvent id="e"/>'
        + flow("s", "k") + flow("k", "e") + "</process>"
    ),
    "lanes in lanes": process(
        '<laneSet id="set"><lane id="A" name="Департамент"><childLaneSet id="child">'
        '<lane id="A1" name="Қабылдау"><flowNodeRef>t</flowNodeRef></lane>'
        '<lane id="A2" name="Тексеру"><flowNodeRef>u</flowNodeRef></lane></childLaneSet></lane>'
        '<lane id="B" name="Басшылық"><flowNodeRef>v</flowNodeRef></lane></laneSet>'
        '<task id="t"/><task id="u"/><task id="v"/>' + flow("t", "u") + flow("u", "v"),
        '<collaboration id="c"><participant id="P" processRef="p"/></collaboration>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_every_kind_of_model_is_drawn_soundly(name: str) -> None:
    assert faults(drawn(MODELS[name])) == []


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_real_model_is_drawn_soundly(path: Path) -> None:
    assert faults(drawn(path.read_bytes())) == []


@pytest.mark.parametrize("name", ["aktobe-6435/design-licence", "V2000020340/industrial-safety-attestation"])
def test_names_lie_on_no_edge(name: str) -> None:
    drawing = drawn((REPOSITORY / "bpmn" / f"{name}.bpmn").read_bytes())
    assert {name for name in drawing.labels if _is_crossed(drawing.labels[name], drawing)} == set()


def _is_crossed(label: Box, drawing: Drawn) -> bool:
    runs = [run for path in drawing.paths.values() for run in pairwise(path)]
    return any(
        meet(label, (min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])))
        for one, two in runs
    )


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_layout_changes_nothing_but_the_diagram(path: Path) -> None:
    before, after = read("model.bpmn", path.read_bytes()), read("model.bpmn", lay_out(path.read_bytes()))
    assert (after.processes, after.findings) == (before.processes, before.findings)


@pytest.mark.parametrize("name", MODELS)
def test_a_second_layout_changes_nothing(name: str) -> None:
    once = lay_out(MODELS[name])
    assert lay_out(once) == once


def test_flows_lead_from_left_to_right() -> None:
    drawing = drawn(MODELS["seven branches"])
    for edge in drawing.paths:
        source, target = drawing.ends(edge)
        assert drawing.boxes[source][2] < drawing.boxes[target][0]


def test_the_shapes_have_the_standard_sizes() -> None:
    drawing = drawn(MODELS["boundary events"])
    sizes = {name: (box[2] - box[0], box[3] - box[1]) for name, box in drawing.boxes.items()}
    assert (sizes["u"], sizes["s"], sizes["b1"]) == ((100, 80), (36, 36), (36, 36))


def test_no_edge_runs_over_the_name_of_a_sub_process() -> None:
    drawing = drawn(MODELS["a way back inside a sub-process"])
    left, top, right, _ = drawing.boxes["k"]
    title = left, top + 1, right, top + 24
    runs = [
        (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in pairwise(drawing.paths["g_i"])
    ]
    assert [run for run in runs if meet(run, title)] == []


def test_a_boundary_event_stands_on_the_lower_border_and_its_edge_leaves_downwards() -> None:
    drawing = drawn(MODELS["boundary events"])
    for event, edge in (("b1", "b1_u"), ("b2", "b2_v")):
        box, path = drawing.boxes[event], drawing.paths[edge]
        assert (box[1] + box[3]) / 2 == drawing.boxes["t"][3]
        assert path[0] == ((box[0] + box[2]) / 2, box[3])
        assert path[1][1] > path[0][1]


def test_pools_keep_the_order_of_the_file_where_messages_allow_it() -> None:
    boxes = drawn(MODELS["messages into a sub-process"]).boxes
    assert sorted(("A", "P", "B"), key=lambda name: boxes[name][1]) == ["A", "P", "B"]


def test_a_message_to_the_neighbouring_pool_is_one_upright_line() -> None:
    drawing = drawn(MODELS["messages into a sub-process"])
    assert [len(drawing.paths[name]) for name in ("m1", "m2")] == [2, 2]


def test_a_pool_is_high_enough_for_its_name_in_two_lines() -> None:
    name = "Құрылыс және тұрғын үй-коммуналдық шаруашылық істері комитеті"
    pool = f'<collaboration id="c"><participant id="P" name="{name}" processRef="p"/></collaboration>'
    lanes = '<laneSet id="set"><lane id="A"><flowNodeRef>t</flowNodeRef></lane></laneSet>'
    box = drawn(process(f'{lanes}<task id="t"/>', pool)).boxes["P"]
    assert box[3] - box[1] > len(name) * 7 / 2


def test_a_name_too_long_for_the_standard_size_makes_the_tasks_larger() -> None:
    name = "Құжаттарды қабылдау және «Е-лицензиялау» МДБ АЖ-де тіркеу"
    boxes = drawn(process(f'<task id="t" name="{name}"/><task id="u"/>')).boxes
    widths = [box[2] - box[0] for box in boxes.values()]
    assert widths[0] == widths[1] > 100
