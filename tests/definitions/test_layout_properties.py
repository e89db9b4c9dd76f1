"""Automatic layout of random models: whatever the shape of a process, its drawing is sound."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.definitions.layout import lay_out
from tests.definitions.bpmn_models import file, flow
from tests.definitions.test_layout import TIMER, drawn, faults

Block = tuple[Any, ...]
"""("task",), ("seq", blocks), ("fork", blocks; an empty sequence is a way past), ("loop", block), ("sub", block),
("late", block beside which a boundary timer leads on).
"""

NAMES = ("", "Тексеру", "Проверить комплектность документов", "Құжаттарды «Е-лицензиялау» жүйесінде тіркеу")
LEAF: st.SearchStrategy[Block] = st.just(("task",))


def composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.tuples(st.just("seq"), several),
        st.tuples(st.just("fork"), several),
        st.tuples(st.just("fork"), st.tuples(inner, st.just(("seq", ())))),
        st.tuples(st.just("loop"), inner),
        st.tuples(st.just("sub"), inner),
        st.tuples(st.just("late"), inner),
    )


BLOCKS = st.recursive(LEAF, composed, max_leaves=10)


@dataclass
class Writer:
    """choices: numbers that decide on names and lanes, used in turn."""

    choices: list[int]
    nodes: list[tuple[str, str]] = field(default_factory=list)
    lanes: dict[str, int] = field(default_factory=dict)
    number: int = 0
    depth: int = 0

    def node(self, kind: str, content: str = "", attributes: str = "") -> tuple[str, str]:
        self.number += 1
        name = f"n{self.number}"
        choice = self.choices[self.number % len(self.choices)]
        if not self.depth:
            self.lanes[name] = choice // 4 % 3
        return name, f'<{kind} id="{name}" name="{NAMES[choice % 4]}"{attributes}>{content}</{kind}>'

    def link(self, source: str, target: str) -> str:
        name = NAMES[self.choices[self.number % len(self.choices)] // 2 % 3]
        return flow(source, target).replace("<sequenceFlow", f'<sequenceFlow name="{name}"', 1)

    def scope(self, block: Block) -> str:
        start, xml = self.node("startEvent")
        end, closing = self.node("endEvent")
        first, last, inner = self.write(block)
        return xml + inner + closing + flow(start, first) + flow(last, end)

    def write(self, block: Block) -> tuple[str, str, str]:
        """The nodes at which the block begins and ends, and its XML."""
        match block:
            case ("task",):
                name, xml = self.node("userTask")
                return name, name, xml
            case ("seq", parts):
                written = [self.write(part) for part in parts or (("task",),)]
                joints = [flow(one[1], two[0]) for one, two in zip(written, written[1:], strict=False)]
                return written[0][0], written[-1][1], "".join([part[2] for part in written] + joints)
            case ("fork", parts):
                first, xml = self.node("exclusiveGateway")
                last, more = self.node("parallelGateway")
                for part in parts:
                    if part == ("seq", ()):
                        more += self.link(first, last)
                    else:
                        entry, leave, inner = self.write(part)
                        more += inner + self.link(first, entry) + flow(leave, last)
                return first, last, xml + more
            case ("loop", inner):
                first, xml = self.node("exclusiveGateway")
                last, more = self.node("exclusiveGateway")
                entry, leave, content = self.write(inner)
                return (
                    first,
                    last,
                    xml + more + content + flow(first, entry) + flow(leave, last) + self.link(last, first),
                )
            case ("sub", inner):
                self.depth += 1
                content = self.scope(inner)
                self.depth -= 1
                name, xml = self.node("subProcess", content)
                return name, name, xml
            case ("late", inner):
                name, xml = self.node("userTask")
                timer, more = self.node("boundaryEvent", TIMER, f' attachedToRef="{name}"')
                self.lanes |= {timer: self.lanes[name]} if name in self.lanes else {}
                entry, leave, content = self.write(inner)
                last, closing = self.node("exclusiveGateway")
                links = flow(name, last) + flow(timer, entry) + flow(leave, last)
                return name, last, xml + more + content + closing + links
        raise AssertionError(block)


def structured(block: Block, choices: list[int], lanes: bool) -> bytes:
    writer = Writer(choices)
    content = writer.scope(block)
    if not lanes:
        return file(f'<process id="p">{content}</process>')
    sets = "".join(
        f'<lane id="lane{lane}" name="Рөл {lane}">'
        + "".join(f"<flowNodeRef>{name}</flowNodeRef>" for name, one in writer.lanes.items() if one == lane)
        + "</lane>"
        for lane in range(3)
    )
    pool = '<collaboration id="c"><participant id="pool" name="Қызмет беруші" processRef="p"/></collaboration>'
    return file(f'{pool}<process id="p"><laneSet id="set">{sets}</laneSet>{content}</process>')


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BLOCKS, st.lists(st.integers(0, 23), min_size=1, max_size=12), st.booleans())
def test_the_drawing_of_a_structured_model_is_sound(block: Block, choices: list[int], lanes: bool) -> None:
    source = structured(block, choices, lanes)
    assert faults(drawn(source)) == []
    assert lay_out(lay_out(source)) == lay_out(source)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=16, unique=True))
def test_the_drawing_of_any_graph_is_sound(pairs: list[tuple[int, int]]) -> None:
    used = sorted({node for pair in pairs for node in pair})
    kinds = ("userTask", "exclusiveGateway", "userTask")
    content = "".join(f'<{kinds[node % 3]} id="n{node}" name="Қадам {node}"/>' for node in used)
    content += "".join(flow(f"n{one}", f"n{two}") for one, two in pairs)
    assert faults(drawn(file(f'<process id="p">{content}</process>'))) == []


ENDS = ("A", "B", "C", "n0", "n1", "n2", "n3", "n4")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(ENDS), st.sampled_from(ENDS)), min_size=1, max_size=10, unique=True))
def test_the_drawing_of_any_messages_is_sound(pairs: list[tuple[str, str]]) -> None:
    messages = "".join(
        f'<messageFlow id="m{number}" name="{NAMES[number % 4]}" sourceRef="{one}" targetRef="{two}"/>'
        for number, (one, two) in enumerate(pairs)
        if one != two and not one.startswith("n") & two.startswith("n")
    )
    boxes = "".join(f'<participant id="{name}" name="Ұйым {name}"/>' for name in "ABC")
    pool = f'<collaboration id="c">{boxes}<participant id="P" name="Қызмет беруші" processRef="p"/>{messages}</collaboration>'
    lanes = "".join(
        f'<lane id="l{lane}">'
        + "".join(f"<flowNodeRef>n{one}</flowNodeRef>" for one in range(5) if one % 2 == lane)
        + "</lane>"
        for lane in range(2)
    )
    tasks = "".join(f'<userTask id="n{one}" name="Қадам {one}"/>' for one in range(5))
    flows = flow("n0", "n1") + flow("n0", "n2") + flow("n1", "n3") + flow("n2", "n3") + flow("n3", "n4")
    source = file(f'{pool}<process id="p"><laneSet id="set">{lanes}</laneSet>{tasks}{flows}</process>')
    assert faults(drawn(source)) == []
