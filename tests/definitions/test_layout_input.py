"""Automatic layout as a change of a file: what stays, what is added, and files that are no models or wrong in places."""

import re
from pathlib import Path

import pytest
from lxml import etree

from app.definitions import read
from app.definitions.layout import lay_out
from app.errors import ModelRejected
from tests.definitions.bpmn_models import file, flow, process
from tests.definitions.test_layout import REAL, drawn, meet

OLD = '<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI" id="old"><d:BPMNPlane/></d:BPMNDiagram>'
AWKWARD = f"""<?xml version='1.0' encoding='%s'?>
<!-- first --><definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'  targetNamespace = "t"
   xmlns:x="y"
   ><!-- > {OLD} --><process id='p'><task	id="t" name='a &gt; "b" &#10; 12 > 11 / &#1170;'  /><userTask id="u"
/><?pi > ?><scriptTask id="c"><script><![CDATA[</process> <b> && ]]></script></scriptTask>
</process  >{OLD}<!-- kept --> {OLD.replace("old", "older")}

</definitions
><!-- last -->
"""


def without_diagrams(source: bytes) -> bytes:
    return re.sub(rb"\s*<(\w+):BPMNDiagram .*?</\1:BPMNDiagram>", b"", source, flags=re.DOTALL)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32-le", "windows-1251"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_nothing_but_the_diagram_changes_in_the_file(encoding: str, end: str) -> None:
    named = encoding.removesuffix("-sig").removesuffix("-be").removesuffix("-le")
    mark = "\ufeff" if encoding in ("utf-16-be", "utf-32-le") else ""
    text = (mark + AWKWARD % named).replace("\n", end)
    done = lay_out(text.encode(encoding)).decode(encoding)
    kept = re.sub(r"(?<!<!-- > )<d:BPMNDiagram .*?</d:BPMNDiagram>", "", text)
    before, after = kept.split("<!-- kept -->")[0], kept.split("</definitions")[1]
    assert done.startswith(f"{before}<!-- kept -->{end}  <bpmndi:BPMNDiagram ")
    assert done.endswith(f"</bpmndi:BPMNDiagram>{end}</definitions{after}")
    assert done.count("\n") == done.count(end)
    assert lay_out(done.encode(encoding)).decode(encoding) == done


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_of_a_real_model_nothing_but_the_diagram_changes(path: Path) -> None:
    source = path.read_bytes()
    assert without_diagrams(lay_out(source)).split() == without_diagrams(source).split()


def test_a_file_in_an_encoding_that_cannot_be_written_back_is_refused() -> None:
    source = b"<?xml version='1.0' encoding='UTF-7'?>" + file('<process id="p"><task id="t" name="+AGE-"/></process>')
    with pytest.raises(ModelRejected):
        lay_out(source)


def test_prefixes_of_the_file_are_used_and_not_bound_anew() -> None:
    spaces = ' xmlns:shown="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="urn:other"'
    done = lay_out(file('<process id="p"><task id="t"/></process>', spaces))
    assert b"<shown:BPMNDiagram xmlns:dc_=" in done
    assert len(drawn(done).boxes) == 1


@pytest.mark.parametrize("given", ["", ' id=""', " id=' '"])
def test_a_flow_without_an_id_gets_one_in_its_place(given: str) -> None:
    flow = f'<sequenceFlow name="a id=\'\' b"{given} sourceRef="t" targetRef="u"/>'
    done = lay_out(process(f'<task id="t"/><task id="u"/>{flow}'))
    assert drawn(done).paths.keys() == {"sequenceFlow_1"}
    assert b"name=\"a id='' b\"" in done


def test_a_group_is_drawn_around_what_it_was_around() -> None:
    tasks = "".join(f'<task id="t{one}"/>' for one in range(4)) + "".join(
        flow(f"t{one}", f"t{one + 1}") for one in range(3)
    )
    places = {"g": (0, 0, 500, 200), "t0": (900, 0, 100, 80), "t1": (10, 10, 100, 80), "t2": (300, 100, 100, 80)}
    shapes = "".join(
        f'<i:BPMNShape bpmnElement="{name}"><c:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/></i:BPMNShape>'
        for name, (x, y, width, height) in places.items()
    )
    spaces = 'xmlns:i="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:c="http://www.omg.org/spec/DD/20100524/DC"'
    old = f'<i:BPMNDiagram {spaces}><i:BPMNPlane bpmnElement="p">{shapes}</i:BPMNPlane></i:BPMNDiagram>'
    source = file(f'<process id="p">{tasks}<group id="g"/><group id="unseen"/></process>{old}')
    boxes = drawn(source).boxes
    assert [name for name in ("t0", "t1", "t2", "t3") if meet(boxes[name], boxes["g"])] == ["t1", "t2"]
    assert "unseen" not in boxes
    assert lay_out(lay_out(source)) == lay_out(source)


def test_names_of_many_lines_end_somewhere() -> None:
    lanes = '<laneSet id="set"><lane id="l" name="a&#10;b&#10;c&#10;d"><flowNodeRef>t</flowNodeRef></lane></laneSet>'
    assert "l" in drawn(process(f'{lanes}<task id="t" name="{"Ж" * 9000}"/>')).boxes


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
        (file(f'<collaboration id="c">{"<participant/>" * 5_001}</collaboration>'), "model-too-large"),
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


@pytest.mark.parametrize("target", ["t", "d", "n", "m", "A", "b"])
@pytest.mark.parametrize("kind", ["messageFlow", "association"])
def test_what_joins_things_that_are_not_to_be_joined_is_drawn_all_the_same(kind: str, target: str) -> None:
    tasks = (
        '<task id="t"/><task id="u"/><boundaryEvent id="b" attachedToRef="t"/><dataObjectReference id="d"/>'
        '<textAnnotation id="n"><text>5 күн</text></textAnnotation>'
    )
    source = file(
        '<collaboration id="c"><participant id="A"/><participant id="P" processRef="p"/><participant id="Q" processRef="q"/>'
        f'<messageFlow id="m" sourceRef="A" targetRef="u"/><{kind} id="x" sourceRef="v" targetRef="{target}"/>'
        f'</collaboration><process id="p">{tasks}</process><process id="q"><task id="v"/></process>'
    )
    known = kind == "association" or target != "m"
    assert ("x" in drawn(source).paths) is known


def test_what_no_drawing_makes_readable_is_drawn_all_the_same() -> None:
    everyone = range(45)
    tasks = "".join(f'<task id="t{one}"/>' for one in everyone)
    drawing = drawn(process(tasks + "".join(flow(f"t{one}", f"t{two}") for one in everyone for two in everyone)))
    assert (len(drawing.boxes), len(drawing.paths)) == (45, 45 * 45)


def test_hundreds_of_pools_keep_the_order_of_the_file() -> None:
    pools = "".join(f'<participant id="q{one}"/>' for one in range(150))
    messages = "".join(
        f'<messageFlow id="m{one}" sourceRef="q{one}" targetRef="q{one * 7 % 150}"/>' for one in range(150)
    )
    boxes = drawn(file(f'<collaboration id="c">{pools}{messages}</collaboration>')).boxes
    assert sorted(boxes, key=lambda name: boxes[name][1]) == [f"q{one}" for one in range(150)]
