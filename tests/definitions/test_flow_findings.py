"""Each mistake in a file or in how its steps are joined gives its finding, and nothing beside it."""

from collections.abc import Sequence

import pytest

from tests.definitions.bpmn_models import around, codes, file, flow, process
from tests.definitions.mistakes import (
    CAUGHT,
    MESSAGE,
    SUBPROCESS,
    Case,
    ad_hoc,
    gateway,
    handled,
    joined,
    pools,
    waiting,
)

REFUSES = {
    "Flow that is not immediate (`isImmediate`)": "8.4.13",
    "Flow across the border of a subprocess": "10.3.5",
}

FILES: list[Case] = [
    (around('<task id="x"/>', outside='<choreography id="ch"/>'), [("element-not-supported", "ch")]),
    (file(""), [("no-executable-process", None)]),
    (file('<process id="p"/>'), [("no-executable-process", None), ("process-not-executable", "p")]),
    (
        around('<task id="x"/>').replace(b"<process", b'<process id="q" isExecutable="false"/><process'),
        [("process-not-executable", "q")],
    ),
    (around('<task id="x"/>').replace(b'process id="p"', b"process"), [("id-missing", None)]),
    (around('<task id="x"/>', "<task/>"), [("id-missing", None)]),
    (around('<task id="x"/>', '<dataObject id="x"/>'), [("id-duplicate", "x")]),
    (
        around('<task id="x"/>').replace(b"<process", b'<process id="p" isExecutable="false"/><process'),
        [("process-not-executable", "p"), ("process-duplicate", "p")],
    ),
    (around('<task id="x"/>', '<dataObject id="1 a"/>'), [("id-invalid", "1 a")]),
    (around('<task id="x"/>', '<dataObject id="өтініш-1.a"/>'), []),
    (around('<task id="x"/>', f'<dataObject id="{"d" * 256}"/>'), [("id-too-long", "d" * 256)]),
    (
        around('<task id="x"/>').replace(b' targetNamespace="t"', b' modeler:executionPlatform="Camunda Cloud"'),
        [("other-platform", None)],
    ),
]

FLOWS: list[Case] = [
    (around('<task id="x" default="s_x"/>'), [("default-flow-unknown", "x")]),
    (gateway("task", "${a}", "${b}"), [("gateway-without-default", "g")]),
    (gateway("task", "${a}", None), []),
    (pools("other", "s"), []),
    (pools("x", "other"), []),
    (pools("s", "e"), [("message-flow-inside", "mf")]),
    (pools("own", "x"), [("message-flow-inside", "mf")]),
    (pools("s", "other"), [("message-flow-backward", "s")]),
    (pools("other", "e"), [("message-flow-backward", "e")]),
    (process('<endEvent id="e"/>'), [("start-event-missing", "p")]),
    (
        process(f'<startEvent id="s"/><startEvent id="s2"/><endEvent id="e"/>{flow("s", "e")}{flow("s2", "e")}'),
        [("several-start-events", "s2")],
    ),
    (
        process(
            '<startEvent id="s"/><startEvent id="s2"><messageEventDefinition messageRef="m"/></startEvent>'
            f'<endEvent id="e"/>{flow("s", "e")}{flow("s2", "e")}',
            MESSAGE,
        ),
        [],
    ),
    (handled('<startEvent id="hs"/>'), [("event-definition-missing", "hs")]),
    (handled(CAUGHT, flow("x", "h")), [("handler-in-flow", "h")]),
    (
        handled(CAUGHT + '<startEvent id="hs2"><errorEventDefinition/></startEvent>' + flow("hs2", "he")),
        [("several-start-events", "hs2")],
    ),
    (handled(CAUGHT), []),
    (gateway("complexGateway", "${a}", "${b}", 'default="g_b"'), [("default-flow-condition", "g_b")]),
    (gateway("complexGateway", "${a}", None, 'default="g_b"'), []),
    (joined("complexGateway"), [("activation-condition-missing", "j")]),
    (
        joined("complexGateway", "<activationCondition>two</activationCondition>"),
        [("activation-condition-missing", "j")],
    ),
    (joined("complexGateway", "<activationCondition>${activationCount > 1}</activationCondition>"), []),
    (
        gateway("eventBasedGateway", None, None),
        [("event-gateway-target", "a"), ("event-gateway-target", "b")],
    ),
    (waiting("", ""), []),
    (waiting("", flow("s", "c2")), [("event-gateway-target", "c2")]),
    (waiting("${a}", ""), [("condition-at-event-gateway", "g_c1")]),
    (ad_hoc(""), [("ad-hoc-empty", "x")]),
    (ad_hoc('<task id="a"/>'), []),
    (ad_hoc('<task id="a"/><endEvent id="ae"/>' + flow("a", "ae")), [("ad-hoc-event", "ae")]),
    (
        ad_hoc('<startEvent id="as"/><task id="a"/><task id="b"/>' + flow("as", "a")),
        [("ad-hoc-event", "as"), ("unreachable", "b")],
    ),
    (ad_hoc('<task id="a"/><completionCondition>enough</completionCondition>'), [("condition-not-expression", "x")]),
    (
        handled('<startEvent id="hs" isInterrupting="false"><compensateEventDefinition/></startEvent>'),
        [("compensation-not-interrupting", "hs")],
    ),
    (
        around('<task id="x"/>').replace(b'id="x_e"', b'id="x_e" isImmediate="false"'),
        [("attribute-not-supported", "x_e")],
    ),
    (
        around('<task id="x"/>', f'<task id="y"/>{flow("y", "s")}'),
        [("start-event-incoming", "s"), ("unreachable", "y")],
    ),
    (
        around('<task id="x"/>', f'<task id="y"/>{flow("e", "y")}'),
        [("end-event-outgoing", "e"), ("end-not-reachable", "y")],
    ),
    (process(f'<startEvent id="s"/><task id="x"/>{flow("s", "x")}'), [("end-event-missing", "p")]),
    (around('<task id="x"/>', '<task id="y"/>'), [("unreachable", "y")]),
    (around(SUBPROCESS.format("")), [("end-not-reachable", "is"), ("unreachable", "ie")]),
    (around('<subProcess id="x"/>'), [("start-event-missing", "x"), ("end-event-missing", "x")]),
    (around('<task id="x"/>', '<sequenceFlow id="f" sourceRef="x"/>'), [("flow-end-missing", "f")]),
    (around('<task id="x"/>', flow("nowhere", "e")), [("flow-end-missing", "nowhere_e")]),
    (gateway("exclusiveGateway", "${a}", "${b}", 'default="no"'), [("default-flow-unknown", "g")]),
    (gateway("exclusiveGateway", "${a}", None), [("flow-without-condition", "g_b")]),
    (gateway("inclusiveGateway", None, None), [("flow-without-condition", "g_a"), ("flow-without-condition", "g_b")]),
    (gateway("exclusiveGateway", "${a}", None, 'default="g_b"'), []),
    (gateway("inclusiveGateway", "${a}", "${b}"), [("gateway-without-default", "g")]),
    (gateway("exclusiveGateway", "${a}", "${b}", 'default="g_b"'), [("default-flow-condition", "g_b")]),
    (gateway("parallelGateway", "${a}", None), [("condition-at-parallel-gateway", "g_a")]),
    (gateway("parallelGateway", None, None), []),
    (gateway("exclusiveGateway", "a", None, 'default="g_b"'), [("condition-not-expression", "g_a")]),
    (gateway("exclusiveGateway", "${a} and ${b}", None, 'default="g_b"'), [("condition-not-expression", "g_a")]),
    (gateway("exclusiveGateway", "${!!a}", None, 'default="g_b"'), [("expression-invalid", "g_a")]),
    (
        process(
            '<startEvent id="s"/><exclusiveGateway id="g"/><endEvent id="e"/>' + flow("s", "g") + flow("g", "e", "${a}")
        ),
        [("condition-on-single-flow", "g_e")],
    ),
    (
        process('<startEvent id="s"/><parallelGateway id="g"/>' + flow("s", "g")),
        [("end-event-missing", "p"), ("gateway-without-outgoing", "g")],
    ),
    (
        process(f'<startEvent id="s"/><task id="x"/><endEvent id="e"/>{flow("s", "x")}{flow("x", "e", "${a}")}'),
        [("condition-on-single-flow", "x_e")],
    ),
    (process(f'<startEvent id="s"/><endEvent id="e"/>{flow("s", "e", "${a}")}'), [("condition-not-at-gateway", "s_e")]),
    (around('<task id="x"/>', f'<endEvent id="f"/>{flow("x", "f")}'), []),
    (
        gateway("exclusiveGateway", "${a}", None, 'default="g_b"').replace(
            b"<conditionExpression", b'<conditionExpression language="groovy"'
        ),
        [("condition-script", "g_a"), ("flow-without-condition", "g_a")],
    ),
    (
        gateway("exclusiveGateway", "a = 1", None, 'default="g_b"').replace(
            b"<conditionExpression", b'<conditionExpression language="feel"'
        ),
        [],
    ),
    (
        gateway("exclusiveGateway", "a !! 1", None, 'default="g_b"').replace(
            b"<conditionExpression", b'<conditionExpression language="feel"'
        ),
        [("expression-invalid", "g_a")],
    ),
]


@pytest.mark.parametrize(("source", "expected"), FILES + FLOWS)
def test_a_mistake_gives_its_finding_alone(source: bytes, expected: Sequence[tuple[str, str | None]]) -> None:
    assert codes(source) == expected


def test_a_flow_across_the_border_of_a_subprocess_is_found_in_both_directions() -> None:
    inside = '<subProcess id="x"><startEvent id="is"/><task id="it"/><endEvent id="ie"/>{0}</subProcess>'
    source = around(inside.format(flow("is", "it") + flow("it", "ie") + flow("ie", "e")), flow("s", "it"))
    assert [place for code, place in codes(source) if code == "flow-crosses-border"] == ["ie_e", "s_it"]


def test_a_flow_is_written_where_its_ends_are() -> None:
    inner = '<startEvent id="is"/><endEvent id="ie"/>' + flow("is", "ie") + flow("s", "box")
    source = process(
        f'<startEvent id="s"/><subProcess id="box">{inner}</subProcess><endEvent id="e"/>' + flow("box", "e")
    )
    assert [place for code, place in codes(source) if code == "flow-crosses-border"] == ["s_box"]


def test_subprocesses_are_read_to_the_twentieth_level_and_no_further() -> None:
    def nested(levels: int) -> str:
        name = f"n{levels}" if levels < 20 else "x"
        inner = nested(levels - 1) if levels > 1 else f'<task id="{name}i"/>'
        first = f"n{levels - 1}" if levels > 1 else f"{name}i"
        ends = f'<startEvent id="{name}s"/><endEvent id="{name}e"/>{flow(name + "s", first)}{flow(first, name + "e")}'
        return f'<subProcess id="{name}">{ends}{inner}</subProcess>'

    assert codes(around(nested(20))) == []
    assert codes(around(nested(20).replace("<task", "<subProcess"))) == [("subprocess-too-deep", "n1i")]
