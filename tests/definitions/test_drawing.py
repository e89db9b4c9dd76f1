"""Diagrams as SVG, drawn from their interchange."""

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.definitions import picture
from app.definitions.layout import lay_out
from tests.api.models import bpmn

MODELS = sorted((Path(__file__).parents[2] / "bpmn").glob("*/*.bpmn"))
SVG = "{http://www.w3.org/2000/svg}"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
RICH = bpmn(
    "rich",
    """<startEvent id="s" name="Start"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></startEvent>
    <sequenceFlow id="f1" sourceRef="s" targetRef="sub"/>
    <subProcess id="sub" name="Inside"><startEvent id="s2"/><sequenceFlow id="f2" sourceRef="s2" targetRef="t"/>
      <userTask id="t" name="&lt;b&gt; &amp; more"><multiInstanceLoopCharacteristics isSequential="true"/></userTask>
      <sequenceFlow id="f3" sourceRef="t" targetRef="e2"/><endEvent id="e2"/></subProcess>
    <boundaryEvent id="late" name="Late" attachedToRef="sub" cancelActivity="false"><timerEventDefinition>
      <timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
    <sequenceFlow id="f4" sourceRef="late" targetRef="e3"/><endEvent id="e3"><messageEventDefinition/></endEvent>
    <sequenceFlow id="f5" sourceRef="sub" targetRef="g"/>
    <exclusiveGateway id="g" name="Which?" default="f6"/>
    <sequenceFlow id="f6" name="usual" sourceRef="g" targetRef="e"/><endEvent id="e"/>
    <sequenceFlow id="f7" sourceRef="g" targetRef="sub"><conditionExpression>${again}</conditionExpression></sequenceFlow>
    <textAnnotation id="n"><text>A note</text></textAnnotation>""",
)


def drawn(source: bytes, process: str) -> ElementTree.Element:
    svg = picture(source, process)
    assert svg is not None
    return ElementTree.fromstring(svg)


def texts(root: ElementTree.Element) -> list[str]:
    return [" ".join(line.text or "" for line in text) for text in root.iter(f"{SVG}text")]


def test_each_kind_of_element_has_its_shape_sign_and_name() -> None:
    root = drawn(lay_out(RICH.encode()), "rich")
    kinds = Counter(element.tag.removeprefix(SVG) for element in root.iter())
    assert (kinds["rect"], kinds["circle"]) == (2, 7)  # the subprocess and its task; six events, one with two rings
    classes = Counter(element.get("class") for element in root.iter())
    assert (classes["thick"], classes["dashed"], classes["glyph"], classes["full"]) == (3, 2, 5, 8)
    assert sorted(texts(root)) == ["<b> & more", "A note", "Inside", "Late", "Start", "Which?", "usual"]


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_every_name_of_a_service_is_within_its_picture(path: Path) -> None:
    source = path.read_bytes()
    root = drawn(source, path.stem)
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    shown = {"".join(text.split()) for text in texts(root)}
    for element in ElementTree.fromstring(source).iter():
        kind = element.tag.removeprefix(BPMN)
        if element.get("name") and kind.endswith(("Task", "Event", "Gateway", "task", "Activity", "lane")):
            assert "".join(element.attrib["name"].split()) in shown
    for line in root.iter(f"{SVG}tspan"):
        x, y = float(line.attrib["x"]), float(line.attrib["y"])
        assert left <= x <= left + width
        assert top <= y <= top + height


@pytest.mark.parametrize("number", ["nan", "inf", "1e99", "", "x", "-5"])
def test_a_shape_without_a_place_is_left_out(number: str) -> None:
    source = lay_out(bpmn("one", '<startEvent id="s"/>').encode())
    assert picture(source.replace(b'width="36"', f'width="{number}"'.encode()), "one") is None


def test_there_is_no_picture_without_a_diagram() -> None:
    assert [picture(source, "one") for source in (bpmn("one", '<startEvent id="s"/>').encode(), b"no BPMN")] == [
        None,
        None,
    ]
