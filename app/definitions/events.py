"""Reading what an event waits for or does, and the messages and errors that a file defines."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.definitions.supported import EVENTS, is_event_definition
from app.definitions.survey import Reading
from app.definitions.xml import Element, attribute, camunda, child, children, local, text
from app.domain.models.model import Event, EventKind, Kind, TimerKind

_DEFINITIONS = {
    "timerEventDefinition": EventKind.TIMER,
    "messageEventDefinition": EventKind.MESSAGE,
    "errorEventDefinition": EventKind.ERROR,
    "terminateEventDefinition": EventKind.TERMINATE,
}


@dataclass(frozen=True, slots=True)
class Definitions:
    """What a file defines beside its processes, by id."""

    messages: Mapping[str, Element]
    errors: Mapping[str, Element]


def definitions(root: Element) -> Definitions:
    return Definitions(_by_id(root, "message"), _by_id(root, "error"))


def _by_id(root: Element, name: str) -> dict[str, Element]:
    return {found: element for element in children(root, name) if (found := attribute(element, "id"))}


def event(element: Element, kind: Kind, known: Definitions, reading: Reading) -> Event:
    """The event; one that the engine does not run is reported, marked as refused and given as a plain event."""
    found = [inner for inner in element if is_event_definition(local(inner))]
    allowed = ", ".join(EVENTS[kind])
    event_kind = _DEFINITIONS.get(local(found[0])) if found else EventKind.NONE
    if len(found) > 1:
        reading.report("event-several-definitions", element)
    elif not found and EventKind.NONE not in EVENTS[kind]:
        reading.report("event-definition-missing", element, allowed=allowed)
    elif event_kind is None or event_kind not in EVENTS[kind]:
        words = {"step": local(element), "definition": local(found[0]), "allowed": allowed}
        reading.report("event-not-supported", element, **words)
    elif event_kind == EventKind.TIMER:
        return _timer(found[0])
    elif event_kind == EventKind.MESSAGE:
        return message(element, found[0], known, reading)
    elif event_kind == EventKind.ERROR:
        return _error(element, found[0], known, reading)
    else:
        return Event(event_kind)
    reading.refused.add(attribute(element, "id") or "")
    return Event()


def _timer(definition: Element) -> Event:
    """Exactly one of the three times counts; otherwise the timer stays without a time."""
    given = [(kind, value) for kind in TimerKind if (value := text(child(definition, kind)))]
    if len(given) != 1:
        return Event(EventKind.TIMER)
    return Event(EventKind.TIMER, timer_kind=given[0][0], timer=given[0][1])


def message(element: Element, holder: Element, known: Definitions, reading: Reading) -> Event:
    """What `element` waits for, by the messageRef of `holder`: its event definition, or a receive task itself."""
    reference = attribute(holder, "messageRef")
    if reference is None:
        reading.report("message-missing", element)
        return Event(EventKind.MESSAGE)
    found = _lookup(known.messages, reference)
    if found is None:
        reading.report("reference-unknown", element, reference=reference)
    elif attribute(found, "name") is None:
        reading.report("message-name-missing", element)
    return Event(EventKind.MESSAGE, message=None if found is None else attribute(found, "name"))


def _error(element: Element, definition: Element, known: Definitions, reading: Reading) -> Event:
    reference = attribute(definition, "errorRef")
    found = None if reference is None else _lookup(known.errors, reference)
    code = None if found is None else attribute(found, "errorCode")
    if reference and found is None:
        reading.report("reference-unknown", element, reference=reference)
    elif code is None and (reference or local(element) == Kind.END_EVENT):
        reading.report("error-code-missing", element)
    return Event(
        EventKind.ERROR,
        error_code=code,
        error_message=None if found is None else camunda(found, "errorMessage"),
        error_code_variable=camunda(definition, "errorCodeVariable"),
        error_message_variable=camunda(definition, "errorMessageVariable"),
    )


def _lookup(known: Mapping[str, Element], reference: str) -> Element | None:
    """References are qualified names: a prefix may stand before the id."""
    return known.get(reference) if reference in known else known.get(reference.rpartition(":")[2])
