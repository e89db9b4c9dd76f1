"""Automatic layout as a change of a file: what stays, what is added, and files that are no models or wrong in places."""

import pytest
from bpmn_models import file, flow, process
from lxml import etree
from test_layout import drawn

from app.definitions import read
from app.definitions.layout import lay_out
from app.errors import ModelRejected


def test_comments_stay_and_old_diagrams_go() -> None:
    old = '<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI" id="old"/>'
    text = lay_out(file(f'<!-- kept --><process id="p"><task id="t"/></process>{old}')).decode()
    assert "<!-- kept -->" in text
    assert 'id="old"' not in text


def test_a_flow_without_an_id_is_drawn_under_the_id_that_it_has_for_the_engine() -> None:
    source = process('<task id="t"/><task id="u"/><sequenceFlow sourceRef="t" targetRef="u"/>')
    assert list(drawn(source).paths) == list(read("model.bpmn", source).processes[0].flows)


def test_each_process_without_a_pool_has_a_diagram_of_its_own() -> None:
    source = file('<process id="p"><task id="t"/></process><process id="q"><task id="u"/></process>')
    planes = etree.fromstring(lay_out(source)).findall(".//{*}BPMNPlane")
    assert [plane.get("bpmnElement") for plane in planes] == ["p", "q"]


def test_ids_of_the_diagram_do_not_collide_with_those_of_the_model() -> None:
    root = etree.fromstring(lay_out(process('<task id="t"/><task id="t_di"/><task id="p_plane"/>')))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "xml-malformed"),
        (b"<a", "xml-malformed"),
        (b"<a/>", "not-bpmn"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "xml-doctype"),
        (b"<a>" * 200 + b"</a>" * 200, "xml-too-deep"),
        (b" " * 5_000_001, "xml-too-large"),
        (process('<task id="t"/>' * 5_001), "model-too-large"),
    ],
)
def test_what_is_not_a_model_is_refused_with_the_usual_finding(source: bytes, code: str) -> None:
    with pytest.raises(ModelRejected) as refused:
        lay_out(source)
    assert [found["code"] for found in refused.value.details or ()] == [code]


@pytest.mark.parametrize(
    "content",
    [
        flow("t", "nowhere") + flow("nowhere", "t"),
        flow("t", "t") + flow("t", "t_t"),
        '<boundaryEvent id="b" attachedToRef="t"/><boundaryEvent id="c" attachedToRef="b"/>' + flow("b", "c"),
        '<laneSet id="set"><lane id="l"><flowNodeRef>nowhere</flowNodeRef></lane><lane/></laneSet>',
        '<laneSet id="set"><lane id="l"><flowNodeRef>t</flowNodeRef></lane><lane id="m"><flowNodeRef>t</flowNodeRef>'
        "</lane></laneSet>",
        '<association id="a" sourceRef="a" targetRef="a"/><association id="b" sourceRef="a" targetRef="t"/>',
        '<subProcess id="k"><subProcess id="t"><task id="k"/></subProcess></subProcess>',
        "<task/><sequenceFlow/><association/><textAnnotation/>",
    ],
)
def test_a_model_with_mistakes_is_drawn_as_far_as_it_goes(content: str) -> None:
    drawing = drawn(process(f'<task id="t"/>{content}'))
    assert "t" in drawing.boxes
