"""Each mistake in an event gives its finding, and nothing beside it."""

from collections.abc import Sequence

import pytest

from tests.definitions.bpmn_models import around, codes, flow, process
from tests.definitions.mistakes import (
    DATE,
    ERROR,
    MESSAGE,
    SERVICE,
    SIGNAL,
    Case,
    boundary,
    catch,
    throw,
    timer,
)

REFUSES = {
    "Error, escalation, compensation or cancel at the start of a process": "10.5.2",
    "Event subprocess that an error begins without interrupting": "10.5.6",
    "Compensation that is not waited for (`waitForCompletion`)": "10.5.5",
}

EVENTS: list[Case] = [
    (
        catch('<messageEventDefinition messageRef="m"/>', f'<message id="m" name="{"a" * 256}"/>'),
        [("name-too-long", "x")],
    ),
    (catch(""), [("event-definition-missing", "x")]),
    (catch(timer("timeDuration", "PT1H") + "<errorEventDefinition/>"), [("event-several-definitions", "x")]),
    (throw("<messageEventDefinition/><compensateEventDefinition/>"), [("event-several-definitions", "x")]),
    (catch(timer("timeDuration", "PT1H") + '<messageEventDefinition messageRef="m"/>', MESSAGE), []),
    *[
        (catch(f"<{kind}EventDefinition id='d'/>"), [("event-not-supported", "x")])
        for kind in ("escalation", "compensate", "error", "terminate", "cancel")
    ],
    *[
        (throw(f"<{kind}EventDefinition id='d'/>"), [("event-not-supported", "x")])
        for kind in ("timer", "conditional", "error", "terminate", "cancel")
    ],
    (catch("<signalEventDefinition/>"), [("signal-missing", "x")]),
    (catch('<signalEventDefinition signalRef="no"/>'), [("reference-unknown", "x")]),
    (catch('<signalEventDefinition signalRef="si"/>', '<signal id="si"/>'), [("signal-name-missing", "x")]),
    (catch('<signalEventDefinition signalRef="si"/>', SIGNAL), []),
    (catch("<conditionalEventDefinition/>"), [("condition-missing", "x")]),
    (
        catch("<conditionalEventDefinition><condition>a</condition></conditionalEventDefinition>"),
        [("condition-not-expression", "x")],
    ),
    (catch("<conditionalEventDefinition><condition>${a}</condition></conditionalEventDefinition>"), []),
    (catch('<linkEventDefinition name="l"/>'), [("link-unpaired", "x"), ("link-in-flow", "x")]),
    (throw("<linkEventDefinition/>"), [("link-name-missing", "x"), ("link-unpaired", "x"), ("link-in-flow", "x")]),
    (throw('<compensateEventDefinition activityRef="no"/>'), [("reference-unknown", "x")]),
    (throw('<compensateEventDefinition waitForCompletion="false"/>'), [("attribute-not-supported", "x")]),
    (throw("<escalationEventDefinition/>"), [("escalation-code-missing", "x")]),
    (boundary("<escalationEventDefinition/>"), [("escalation-never-thrown", "b")]),
    (boundary("<cancelEventDefinition/>"), [("cancel-outside-transaction", "b")]),
    (boundary("<compensateEventDefinition/>"), [("compensation-without-handler", "b")]),
    (
        around(
            '<transaction id="x"><startEvent id="is"/><endEvent id="ie"><cancelEventDefinition/></endEvent>'
            + flow("is", "ie")
            + "</transaction>"
        ),
        [("cancel-not-caught", "ie")],
    ),
    (
        catch("<eventDefinitionRef>d</eventDefinitionRef>"),
        [("reference-unknown", "x"), ("event-definition-missing", "x")],
    ),
    (
        catch("<eventDefinitionRef>d</eventDefinitionRef>", SIGNAL + '<signalEventDefinition id="d" signalRef="si"/>'),
        [],
    ),
    (throw("<messageEventDefinition/>"), [("message-missing", "x")]),
    (throw('<messageEventDefinition messageRef="m"/>', MESSAGE), []),
    (throw(""), []),
    (
        process(f'<startEvent id="s">{timer("timeCycle", "R/P1D")}</startEvent><endEvent id="e"/>{flow("s", "e")}'),
        [],
    ),
    (
        process(f'<startEvent id="s"/><endEvent id="e"><messageEventDefinition/></endEvent>{flow("s", "e")}'),
        [("message-missing", "e")],
    ),
    (
        process(f'<startEvent id="s"/><endEvent id="e"><errorEventDefinition/></endEvent>{flow("s", "e")}'),
        [("error-code-missing", "e")],
    ),
    (boundary('<errorEventDefinition errorRef="er"/>', outside='<error id="er"/>'), [("error-code-missing", "b")]),
    (
        boundary('<errorEventDefinition errorRef="er"/>', outside='<error id="er" errorCode="${code}"/>'),
        [("boundary-error-computed", "b")],
    ),
    (boundary('<errorEventDefinition errorRef="no"/>'), [("reference-unknown", "b")]),
    (boundary("<errorEventDefinition/>"), []),
    (boundary("<errorEventDefinition/>", 'cancelActivity="false"'), [("boundary-error-not-interrupting", "b")]),
    (
        boundary("<errorEventDefinition/>").replace(
            b'<endEvent id="be"/>',
            b'<endEvent id="be"/><boundaryEvent id="c" attachedToRef="x"><errorEventDefinition/></boundaryEvent>'
            + flow("c", "be").encode(),
        ),
        [("boundary-error-duplicate", "c")],
    ),
    (boundary(timer("timeDuration", "P1D"), host='<manualTask id="x"/>'), [("boundary-host-not-supported", "b")]),
    *[
        (boundary(definition, host=SERVICE, outside=MESSAGE + ERROR), [("boundary-never-fires", "b")])
        for definition in (timer("timeDuration", "P1D"), '<messageEventDefinition messageRef="m"/>')
    ],
    (boundary('<errorEventDefinition errorRef="er"/>', host=SERVICE), []),
    (boundary(timer("timeDuration", "P1D"), host='<callChoreography id="x"/>'), [("element-not-supported", "x")]),
    (boundary(timer("timeDuration", "P1D"), host='<parallelGateway id="x"/>'), [("boundary-host-not-supported", "b")]),
    (
        boundary(timer("timeDuration", "P1D"), host='<sendTask id="x" messageRef="m"/>', outside=MESSAGE),
        [("boundary-never-fires", "b")],
    ),
    (
        boundary(timer("timeDuration", "P1D")).replace(b'attachedToRef="x"', b'attachedToRef="no"'),
        [("boundary-attached-unknown", "b"), ("unreachable", "be")],
    ),
    (
        boundary(timer("timeDuration", "P1D")).replace(b'attachedToRef="x"', b""),
        [("boundary-attached-unknown", "b"), ("unreachable", "be")],
    ),
    (
        boundary(timer("timeDuration", "P1D")).replace(b"</process>", flow("be", "b").encode() + b"</process>"),
        [("boundary-incoming", "b"), ("end-event-outgoing", "be")],
    ),
    (boundary("<messageEventDefinition/>"), [("message-missing", "b")]),
    (catch('<messageEventDefinition messageRef="m"/>'), [("reference-unknown", "x")]),
    (catch('<messageEventDefinition messageRef="m"/>', '<message id="m"/>'), [("message-name-missing", "x")]),
    (catch('<messageEventDefinition messageRef="m"/>', MESSAGE), []),
    (around('<receiveTask id="x"/>'), [("message-missing", "x")]),
    (
        around('<receiveTask id="x" instantiate="true" messageRef="m"/>', outside=MESSAGE),
        [("instantiates-in-flow", "x")],
    ),
    (catch("<timerEventDefinition/>"), [("timer-missing", "x")]),
    (
        catch(f"<timerEventDefinition>{DATE}<timeDuration>P1D</timeDuration></timerEventDefinition>"),
        [("timer-missing", "x")],
    ),
    (catch(timer("timeCycle", "R2/P1D")), []),
    (catch(timer("timeCycle", "R/P1D")), [("timer-cycle-once", "x")]),
    (boundary(timer("timeCycle", "R2/P1D")), [("timer-cycle-once", "b")]),
    (boundary(timer("timeCycle", "R2/P1D"), 'cancelActivity="false"'), []),
    (boundary(timer("timeCycle", "R/PT0S"), 'cancelActivity="false"'), [("timer-invalid", "b")]),
    (boundary(timer("timeCycle", "0 0 9 * * ?"), 'cancelActivity="false"'), [("timer-invalid", "b")]),
    (boundary(timer("timeCycle", "R0/P1D"), 'cancelActivity="false"'), [("timer-invalid", "b")]),
    (
        boundary(timer("timeCycle", "R2/2026-01-01T09:00/P1D/2027-01-01T09:00"), 'cancelActivity="false"'),
        [("timer-invalid", "b")],
    ),
    *[(catch(timer("timeDuration", text)), [("timer-invalid", "x")]) for text in ("P", "PT", "1D", "P1H", "tomorrow")],
    *[(catch(timer("timeDuration", text)), []) for text in ("PT15M", "P4D", "P1Y2M", "${workingDays(1)}")],
    *[(catch(timer("timeDate", text)), [("timer-invalid", "x")]) for text in ("2026-02-30T10:00:00", "P1D")],
    (catch(timer("timeDate", "2026-03-20T16:50:00+05:00")), []),
    (catch(timer("timeDate", "${!!}")), [("expression-invalid", "x")]),
]


@pytest.mark.parametrize(("source", "expected"), EVENTS)
def test_a_mistake_gives_its_finding_alone(source: bytes, expected: Sequence[tuple[str, str | None]]) -> None:
    assert codes(source) == expected


def test_a_boundary_event_cannot_stand_on_a_step_of_another_level() -> None:
    nodes = '<startEvent id="is"/><userTask id="it" camunda:assignee="a"/><endEvent id="ie"/>'
    inner = nodes + flow("is", "it") + flow("it", "ie")
    event = f'<boundaryEvent id="b" attachedToRef="it">{timer("timeDuration", "P1D")}</boundaryEvent>'
    source = around(f'<subProcess id="x">{inner}</subProcess>', event + flow("b", "e"))
    assert codes(source) == [("boundary-attached-unknown", "b")]
