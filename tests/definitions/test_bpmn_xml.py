"""Files from outside, hostile ones too."""

import time
from functools import cache
from pathlib import Path

import pytest

from app.definitions import Model, read
from tests.definitions.bpmn_models import around, codes, file, node, process

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE = {
    "billion laughs": f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><d>&l11;</d>'.encode(),
    "laughs in an attribute": f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><d a="&l11;"/>'.encode(),
    "quadratic blowup": f'<!DOCTYPE d [<!ENTITY a "{"a" * 100_000}">]><d>{"&a;" * 100_000}</d>'.encode(),
    "external entity": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>',
    "external subset": b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><d/>',
    "parameter entity": b'<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><d/>',
    "utf-16": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'.encode("utf-16"),
    "utf-16 without a mark": '<?xml version="1.0" encoding="UTF-16LE"?><!DOCTYPE d><d/>'.encode("utf-16-le"),
    "utf-32": '<?xml version="1.0" encoding="UTF-32"?><!DOCTYPE d><d/>'.encode("utf-32"),
    "utf-7": b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE d +AFsAPAAh-ENTITY a +ACI-b+ACIAPgBdAD4-'
    b"<d>+ACY-a;</d>",
    "ebcdic": '<?xml version="1.0" encoding="cp037"?><!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'.encode("cp037"),
}
LARGEST = process("".join(f'<task id="t{n}"/>' for n in range(5_000)))


@cache
def longest() -> float:
    """The seconds of work that the largest model that is taken costs."""
    began = time.process_time()
    read("model.bpmn", LARGEST)
    return time.process_time() - began


def refused(source: bytes) -> Model:
    """What `read` says, which must not cost much more work than a model that is taken."""
    began = time.process_time()
    model = read("model.bpmn", source)
    assert time.process_time() - began < 4 * longest()
    assert model.processes == ()
    return model


def code(source: bytes) -> str:
    (found,) = refused(source).findings
    assert found.severity == "error"
    return found.code


@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_type_declaration_is_refused_at_once_in_any_encoding(name: str) -> None:
    assert code(HOSTILE[name]) in {"xml-doctype", "xml-malformed"}


@pytest.mark.parametrize("name", sorted(set(HOSTILE) - {"utf-7", "ebcdic"}))
def test_a_document_type_declaration_is_named(name: str) -> None:
    assert code(HOSTILE[name]) == "xml-doctype"


def test_the_declaration_is_shown_where_it_stands() -> None:
    (found,) = refused(b'<?xml version="1.0"?>\n  <!DOCTYPE d>\n<d/>').findings
    assert (found.line, found.column) == (2, 3)


def test_an_xinclude_stays_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret-of-the-host")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="{tmp_path}/secret"/>'
    model = read("model.bpmn", around(f'<task id="x"><documentation>{include}</documentation></task>'))
    assert "secret-of-the-host" not in repr(model)


@pytest.mark.parametrize("depth", [101, 200, 100_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    assert code(b"<a>" * depth + b"</a>" * depth) == "xml-too-deep"


def test_a_hundred_levels_are_no_reason_to_refuse() -> None:
    assert code(b"<a>" * 100 + b"</a>" * 100) == "not-bpmn"


def test_more_than_fifty_thousand_elements_are_refused() -> None:
    assert code(file("<a/>" * 50_000)) == "xml-too-many-elements"


def test_a_million_elements_are_refused_in_time() -> None:
    assert code(b"<d>" + b"<a/>" * 1_200_000 + b"</d>") == "xml-too-many-elements"


def test_more_than_five_megabytes_are_refused() -> None:
    assert code(file("<!--" + "x" * 6_000_000 + "-->")) == "xml-too-large"


def test_ten_thousand_flow_elements_are_refused() -> None:
    assert code(process("".join(f'<task id="t{n}"/>' for n in range(10_000)))) == "model-too-large"


def test_five_thousand_flow_elements_are_read() -> None:
    assert len(read("model.bpmn", LARGEST).processes[0].nodes) == 5_000


@pytest.mark.parametrize("number", [201, 300_000])
def test_endless_attributes_are_refused(number: int) -> None:
    assert code(b"<d " + b" ".join(b'a%d=""' % n for n in range(number)) + b"/>") == "xml-too-many-attributes"


def test_an_endless_attribute_is_refused() -> None:
    assert code(around(f'<task id="x" name="{"n" * 10_001}"/>')) == "xml-attribute-too-long"


@pytest.mark.parametrize(
    "source", [b"", b"\0\0\0", b"process", b"<a><b></a>", b"<a>&x;</a>", b"\xff\xfe<", b'<a b="<"/>']
)
def test_what_is_not_xml_is_told(source: bytes) -> None:
    assert code(source) == "xml-malformed"


def test_a_syntax_error_is_shown_with_line_and_column() -> None:
    (found,) = refused(b"<a>\n  <b></c>\n</a>").findings
    assert (found.line, found.column) == (2, 10)
    assert "mismatch" in found.message["en"]


def test_other_xml_is_not_bpmn() -> None:
    assert code(b"<html/>") == "not-bpmn"
    assert code(b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>') == "not-bpmn"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251"])
def test_encodings_are_read(encoding: str) -> None:
    text = around('<task id="x" name="Өтініш">'.replace("Ө", "О") + "</task>").decode()
    model = read("model.bpmn", f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding))
    assert model.processes[0].nodes["x"].name == "Отініш"
    assert model.findings == ()


def test_lines_and_columns_are_those_where_a_tag_begins() -> None:
    source = around('\n<!-- <task id="y"> -->\n <task\n   id="x"\n/>')
    model = read("model.bpmn", source)
    assert (model.places["x"].line, model.places["x"].column) == (3, 2)
    assert model.processes[0].nodes["x"].line == 3


def test_booleans_may_be_written_as_digits() -> None:
    many = '<multiInstanceLoopCharacteristics isSequential="1" camunda:collection="a"/>'
    event = '<boundaryEvent id="b" attachedToRef="x" cancelActivity="0"><timerEventDefinition/></boundaryEvent>'
    source = around(f'<userTask id="x">{many}</userTask>', event).replace(b'isExecutable="true"', b'isExecutable="1"')
    loop = node(source).loop
    assert loop is not None
    assert loop.sequential
    assert not node(source, "b").interrupting
    assert ("handler-in-flow", "x") in codes(around('<subProcess id="x" triggeredByEvent="1"/>'))
