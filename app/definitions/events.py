"""Reading what an event waits for or throws, and the messages, signals, errors and escalations that a file defines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.definitions.activities import business_key, condition_of, variables
from app.definitions.supported import GLOBAL_TASKS, allowed_events, is_event_definition
from app.definitions.survey import Reading
from app.definitions.xml import Element, attribute, camunda, child, children, flag, local, text
from app.domain.models.model import Event, EventKind, Kind, TimerKind

_DEFINITIONS = {
    "timerEventDefinition": EventKind.TIMER,
    "messageEventDefinition": EventKind.MESSAGE,
    "signalEventDefinition": EventKind.SIGNAL,
    "conditionalEventDefinition": EventKind.CONDITIONAL,
    "errorEventDefinition": EventKind.ERROR,
    "escalationEventDefinition": EventKind.ESCALATION,
    "compensateEventDefinition": EventKind.COMPENSATION,
    "cancelEventDefinition": EventKind.CANCEL,
    "linkEventDefinition": EventKind.LINK,
    "terminateEventDefinition": EventKind.TERMINATE,
}


@dataclass(frozen=True, slots=True)
class Definitions:
    """What a file defines beside its processes, by id. events: event definitions that events may refer to; global_tasks: tasks
    that call activities may call."""

    messages: Mapping[str, Element]
    signals: Mapping[str, Element]
    errors: Mapping[str, Element]
    escalations: Mapping[str, Element]
    events: Mapping[str, Element] = field(default_factory=dict)
    global_tasks: Mapping[str, Element] = field(default_factory=dict)


def definitions(root: Element) -> Definitions:
    events = {
        found: element
        for element in root
        if is_event_definition(local(element)) and (found := attribute(element, "id"))
    }
    return Definitions(
        messages=_by_id(root, "message"),
        signals=_by_id(root, "signal"),
        errors=_by_id(root, "error"),
        escalations=_by_id(root, "escalation"),
        events=events,
        global_tasks={found: element for name in GLOBAL_TASKS for found, element in _by_id(root, name).items()},
    )


def _by_id(root: Element, name: str) -> dict[str, Element]:
    return {found: element for element in children(root, name) if (found := attribute(element, "id"))}


def events(element: Element, kind: Kind, known: Definitions, reading: Reading) -> tuple[Event, ...]:
    """What the event is about, at least one. Where the engine does not run it, that is reported, the element is marked as
    refused, and it is given as a plain event."""
    found = list(_given(element, known, reading))
    allowed = allowed_events(element, kind)
    kinds = [_DEFINITIONS.get(local(one)) for one in found] or [EventKind.NONE]
    names = ", ".join(allowed)
    if len(found) > 1 and not _may_be_several(kind, kinds):
        reading.report("event-several-definitions", element)
    elif not found and EventKind.NONE not in allowed:
        reading.report("event-definition-missing", element, allowed=names)
    elif not set(kinds) <= set(allowed):
        words = {"step": local(element), "definition": ", ".join(local(one) for one in found), "allowed": names}
        reading.report("event-not-supported", element, **words)
    elif not found:
        return (Event(),)
    else:
        return tuple(_event(element, one, known, reading) for one in found)
    reading.refused.add(attribute(element, "id") or "")
    return (Event(),)


def _given(element: Element, known: Definitions, reading: Reading) -> Iterator[Element]:
    """The event definitions written in an event, and those that it refers to."""
    for inner in element:
        if local(inner) == "eventDefinitionRef":
            found = _lookup(known.events, text(inner) or "")
            if found is None:
                reading.report("reference-unknown", element, reference=text(inner) or "")
            else:
                yield found
        elif is_event_definition(local(inner)):
            yield inner


_WAITED_FOR = {EventKind.TIMER, EventKind.MESSAGE, EventKind.SIGNAL, EventKind.CONDITIONAL}
_THROWING = {Kind.END_EVENT, Kind.INTERMEDIATE_THROW_EVENT}
_SENT = {EventKind.MESSAGE, EventKind.SIGNAL, EventKind.ESCALATION}


def _may_be_several(kind: Kind, kinds: list[EventKind | None]) -> bool:
    return set(kinds) <= (_SENT if kind in _THROWING else _WAITED_FOR)


def _event(element: Element, definition: Element, known: Definitions, reading: Reading) -> Event:
    match kind := _DEFINITIONS[local(definition)]:
        case EventKind.TIMER:
            return _timer(definition)
        case EventKind.MESSAGE:
            return message(element, definition, known, reading)
        case EventKind.SIGNAL:
            return _signal(element, definition, known, reading)
        case EventKind.CONDITIONAL:
            return _conditional(element, definition, reading)
        case EventKind.ERROR:
            return _error(element, definition, known, reading)
        case EventKind.ESCALATION:
            return _escalation(element, definition, known, reading)
        case EventKind.COMPENSATION:
            return _compensation(element, definition, reading)
        case EventKind.LINK:
            name = attribute(definition, "name")
            if name is None:
                reading.report("link-name-missing", element)
            return Event(EventKind.LINK, name=name)
        case _:
            return Event(kind)


def _timer(definition: Element) -> Event:
    """Exactly one of the three times counts; otherwise the timer stays without a time."""
    given = [(kind, value) for kind in TimerKind if (value := text(child(definition, kind)))]
    if len(given) != 1:
        return Event(EventKind.TIMER)
    return Event(EventKind.TIMER, timer_kind=given[0][0], timer=given[0][1])


def message(element: Element, holder: Element, known: Definitions, reading: Reading) -> Event:
    """What `element` waits for or sends, by the messageRef of `holder`: its event definition, or the task itself."""
    reference = attribute(holder, "messageRef")
    if reference is None:
        reading.report("message-missing", element)
        return Event(EventKind.MESSAGE)
    found = _referred(known.messages, reference, element, reading)
    if found is not None and attribute(found, "name") is None:
        reading.report("message-name-missing", element)
    name = None if found is None else attribute(found, "name")
    return Event(
        EventKind.MESSAGE, name=name, payload=variables(holder, "in", reading), business_key=business_key(holder)
    )


def _signal(element: Element, definition: Element, known: Definitions, reading: Reading) -> Event:
    reference = attribute(definition, "signalRef")
    if reference is None:
        reading.report("signal-missing", element)
        return Event(EventKind.SIGNAL)
    found = _referred(known.signals, reference, element, reading)
    name = None if found is None else attribute(found, "name")
    if found is not None and name is None:
        reading.report("signal-name-missing", element)
    return Event(
        EventKind.SIGNAL, name=name, payload=variables(definition, "in", reading), business_key=business_key(definition)
    )


def _conditional(element: Element, definition: Element, reading: Reading) -> Event:
    condition, written_in = condition_of(definition, "condition", element, reading)
    if condition is None:
        reading.report("condition-missing", element)
    return Event(EventKind.CONDITIONAL, condition=condition, language=written_in)


def _error(element: Element, definition: Element, known: Definitions, reading: Reading) -> Event:
    reference = attribute(definition, "errorRef")
    found = None if reference is None else _referred(known.errors, reference, element, reading)
    code = None if found is None else attribute(found, "errorCode")
    unknown = reference is not None and found is None
    if code is None and not unknown and (reference or local(element) == Kind.END_EVENT):
        reading.report("error-code-missing", element)
    return Event(
        EventKind.ERROR,
        code=code,
        text=None if found is None else camunda(found, "errorMessage"),
        code_variable=camunda(definition, "errorCodeVariable"),
        text_variable=camunda(definition, "errorMessageVariable"),
    )


def _escalation(element: Element, definition: Element, known: Definitions, reading: Reading) -> Event:
    reference = attribute(definition, "escalationRef")
    found = None if reference is None else _referred(known.escalations, reference, element, reading)
    code = None if found is None else attribute(found, "escalationCode")
    unknown = reference is not None and found is None
    if code is None and not unknown and local(element) in _THROWING:
        reading.report("escalation-code-missing", element)
    return Event(
        EventKind.ESCALATION,
        code=code,
        code_variable=camunda(definition, "escalationCodeVariable"),
    )


def _compensation(element: Element, definition: Element, reading: Reading) -> Event:
    """At the border of an activity, the handler is the one that an association leads to."""
    if not flag(definition, "waitForCompletion", default=True):
        reading.report("attribute-not-supported", element, attribute="waitForCompletion", advice=_WAITS)
    activity = attribute(definition, "activityRef")
    if local(element) == Kind.BOUNDARY_EVENT:
        activity = _associated(element)
        if activity is None:
            reading.report("compensation-without-handler", element)
    return Event(EventKind.COMPENSATION, activity=activity)


_WAITS = {
    "kk": "Өтемақы аяқталғанша күтіледі: бұл атрибутты алып тастаңыз.",
    "ru": "Завершения компенсации ждут: удалите этот атрибут.",
    "en": "The end of the compensation is waited for: remove this attribute.",
}


def _associated(boundary: Element) -> str | None:
    """What an association leads to from a boundary event."""
    scope, boundary_id = boundary.getparent(), attribute(boundary, "id")
    found = [] if scope is None else children(scope, "association")
    return next((attribute(one, "targetRef") for one in found if attribute(one, "sourceRef") == boundary_id), None)


def _referred(known: Mapping[str, Element], reference: str, element: Element, reading: Reading) -> Element | None:
    found = _lookup(known, reference)
    if found is None:
        reading.report("reference-unknown", element, reference=reference)
    return found


def _lookup(known: Mapping[str, Element], reference: str) -> Element | None:
    """References are qualified names: a prefix may stand before the id."""
    return known.get(reference) if reference in known else known.get(reference.rpartition(":")[2])
