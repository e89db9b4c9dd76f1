"""What there is to decide at a step: the answers of its form on which ways depend, and where each leads.

A form's other fields are filled with what fits them. Where a step has no form, the conditions behind it say which values
they ask for.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, product
from typing import Any

from app import expressions, forms
from app.actions.forms.form_context import is_provided
from app.actions.forms.form_data import read_form
from app.actions.models.naming import step_name
from app.actions.trial.library import Library, Meant, Played
from app.actions.trial.simulation import Simulation
from app.actions.trial.standing import EXTERNAL, TASK, WORK, Wait
from app.domain.models.model import Flow, Kind, Node, Process
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import AppError

TRIED = 24
"""Answers that are tried at one step, at most."""
FAR = timedelta(weeks=5)
"""So far away is a day that a form asks for: enough for every notice that an act demands."""
ID_NUMBERS = "900101300126"
_TEXT, _NUMBER, _NAME = (
    re.compile(r"'([^']*)'|\"([^\"]*)\""),
    re.compile(r"(?<![\w.])\d+(?![\w.])"),
    re.compile(r"[^\W\d]\w*"),
)
_RESTS = {Kind.USER_TASK, Kind.RECEIVE_TASK, Kind.INTERMEDIATE_CATCH_EVENT, Kind.EVENT_BASED_GATEWAY, Kind.END_EVENT}


@dataclass(frozen=True, slots=True)
class Question:
    """A value that is to be given. options: each with its words; none of them for a value that is written."""

    name: str
    label: Text
    options: tuple[tuple[Any, Text], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One way on. values: what is given for it; words: of the flows taken, or else of what is come to; passes: the ids of
    all elements that are passed or come to."""

    values: Mapping[str, Any]
    words: Text
    passes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """All that is to be said of a step before it is done.

    usual: values for the fields that no way depends on. options: the first of them is what happens unless another is
    chosen; failure: why none of them can be taken.
    """

    questions: tuple[Question, ...]
    usual: Mapping[str, Any]
    options: tuple[Option, ...]
    failure: str | None = None


def at_start(library: Library, played: Played, now: datetime) -> Asked:
    """What the start form asks."""
    questions, usual = _form(library, Meant.by_start(played), played, now)
    return Asked(questions, {**usual, **_first(questions)}, ())


def at_wait(simulation: Simulation, wait: Wait) -> Asked:
    """What is asked at a wait, tried out on a copy of the case."""
    part = simulation.parts[wait.case - 1]
    task = wait.node.user_task
    meant = None if task is None else Meant.by_task(task, part.played)
    questions, usual = _form(simulation.world.library, meant, part.played, simulation.now)
    known = {*usual, *(one.name for one in questions), *part.variables}
    questions += tuple(_conditions(part.played.process, wait.node, known))
    options: dict[object, Option] = {}
    failure = None
    for values in _answers(questions):
        try:
            signature, option = _tried(simulation, wait, {**usual, **values}, values)
        except AppError as error:
            failure = failure or str(error)
            continue
        options.setdefault(signature, option)
    return Asked(questions, usual, tuple(options.values()), None if options else failure)


def _answers(questions: Iterable[Question]) -> Iterator[dict[str, Any]]:
    """As many combinations as are tried; a question with written values has its usual one."""
    chosen = [one for one in questions if one.options]
    combined = product(*([(one.name, value) for value, _ in one.options] for one in chosen))
    return (dict(pairs) for pairs in islice(combined, TRIED))


def _first(questions: Iterable[Question]) -> dict[str, Any]:
    return {one.name: one.options[0][0] for one in questions if one.options}


def _tried(
    simulation: Simulation, wait: Wait, given: Mapping[str, Any], values: Mapping[str, Any]
) -> tuple[object, Option]:
    """What came of doing it so. Raises what the step raises."""
    copy = simulation.copy()
    before, walked = set(copy.waits), [len(part.walked) for part in copy.parts]
    if wait.kind in WORK:
        copy.complete(wait, given)
    else:
        copy.arrive(wait, given)
    new = [one for place, one in copy.waits.items() if place not in before]
    passed = [
        (part.played, node)
        for part in copy.parts
        for node in part.walked[walked[part.number - 1] if part.number <= len(walked) else 0 :]
    ]
    reached = {(one.case, one.node.id, one.key) for one in new}
    ways = tuple(dict.fromkeys(flow.id for _, flow in _ways(passed, new, copy)))
    words = _joined(_words(passed, new, copy))
    return (frozenset(reached), ways, copy.ended), Option(
        values, words, frozenset({node for _, node in passed} | {one.node.id for one in new} | set(ways))
    )


def _ways(passed: list[tuple[Played, str]], new: list[Wait], copy: Simulation) -> Iterator[tuple[Played, Flow]]:
    """The flows that were taken where there was another one."""
    come = {node for _, node in passed} | {one.node.id for one in new}
    come |= {token.node for part in copy.parts for token in copy.tokens(part)}
    for played, node_id in passed:
        process = played.process
        node = process.nodes.get(node_id)
        if node is None or len(node.outgoing) < 2 or node.kind is Kind.PARALLEL_GATEWAY:
            continue
        yield from ((played, process.flows[flow]) for flow in node.outgoing if process.flows[flow].target in come)


def _words(passed: list[tuple[Played, str]], new: list[Wait], copy: Simulation) -> list[Text]:
    """Where it goes: the names of the flows that were chosen and of what is waited for next, or of the end."""
    flows = [played.names[flow.id] for played, flow in _ways(passed, new, copy) if flow.id in played.names]
    root = copy.parts[0].played
    tasks = [step_name(one.node) for one in new if one.kind == TASK or one.kind == EXTERNAL]
    ends = [
        step_name(of.process.nodes[node]) for of, node in passed if of is root and _is_end(of.process.nodes.get(node))
    ]
    waits = [step_name(one.node) for one in new]
    return [*flows, *(tasks or ends or waits)] or [Text("→", "→", "→")]


def _is_end(node: Node | None) -> bool:
    return node is not None and node.kind is Kind.END_EVENT and node.parent is None and node.name is not None


def _joined(words: Iterable[Text]) -> Text:
    known = list(dict.fromkeys(words))
    return Text(*(" → ".join(dict.fromkeys(one.get(lang) for one in known)) for lang in LANGUAGES))


def _form(
    library: Library, meant: Meant | None, played: Played, now: datetime
) -> tuple[tuple[Question, ...], dict[str, Any]]:
    """The questions of a form that matter to the process, and values for its other fields that must be given."""
    source = None if meant is None else library.form(meant)
    if source is None:
        return (), {}
    try:
        form = read_form(source)
    except forms.FormRejected:
        return (), {}
    read = names_read(played.process)
    questions, usual = [], {}
    for one in form.fields:
        name = one.key.partition(".")[0]
        if not one.fillable or name != one.key or is_provided(name):
            continue
        options: tuple[tuple[Any, Text], ...] = tuple((value, _text(label)) for value, label in one.choices or ())
        if one.type == "checkbox":
            options = ((True, YES), (False, NO)) if not one.required else ((True, YES),)
        if name in read and one.type not in ("checklist", "taglist"):
            if not one.required and options and one.type != "checkbox":
                options = (*options, (None, NOTHING))
            questions.append(Question(name, _text(one.label), options))
        if one.required or name in read:
            usual[name] = _fitting(one, options, now)
    asked = {one.name for one in questions if one.options}
    return tuple(questions), {name: value for name, value in usual.items() if name not in asked}


YES, NO = Text("иә", "да", "yes"), Text("жоқ", "нет", "no")
NOTHING = Text("берілмеген", "не указано", "not given")


def _text(label: Mapping[str, str]) -> Text:
    return Text(*(label[lang] for lang in LANGUAGES))


def _fitting(field: forms.Field, options: tuple[tuple[Any, Text], ...], now: datetime) -> Any:
    """A value that a field of this type can have."""
    if field.type in ("checklist", "taglist"):
        return [options[0][0]] if options else ["1"]
    if options:
        return options[0][0]
    match field.type:
        case "number":
            return 1
        case "checkbox":
            return True
        case "datetime" | "date":
            return (now + FAR).date().isoformat()
    return ID_NUMBERS if "IdNumber" in field.key else field.label["kk"]


def names_read(process: Process) -> frozenset[str]:
    """The variables that expressions of a process read, and those that it hands to others or lets decisions see."""
    found: set[str] = set()
    for source in _sources(process):
        if not expressions.is_expression(source):
            found.update(_NAME.findall(source))
            continue
        try:
            found |= expressions.compile(source).names
        except expressions.ExpressionError:
            found.update(_NAME.findall(source))
    return frozenset(found)


def _sources(process: Process) -> Iterator[str]:
    yield from (flow.condition for flow in process.flows.values() if flow.condition)
    yield from filter(None, (process.properties.get("law.total"),))
    for node in process.nodes.values():
        task, loop = node.user_task, node.loop
        handed = (*node.inputs, *node.outputs, *(node.call.inputs if node.call else ()))
        yield from filter(None, (node.expression, node.event.timer, node.event.condition, node.activation))
        yield from (source for one in handed for source in (one.source, one.by_name) if source)
        if node.delegate == "extendTerm":
            yield "extensionDays"
        if loop is not None:
            yield from filter(None, (loop.cardinality, loop.collection, loop.completion_condition))
        if task is not None:
            texts = (task.due_date, task.assignee, task.candidate_groups, task.priority)
            yield from (text for text in texts if text and expressions.is_expression(text))


def _conditions(process: Process, node: Node, known: set[str]) -> Iterator[Question]:
    """The variables that nobody has given and the next conditions ask for, with the values that they are compared with."""
    options: dict[str, dict[str, Any]] = {}
    for flow in _next_conditions(process, node):
        source = flow.condition or ""
        try:
            names = expressions.compile(source).names - known
        except expressions.ExpressionError:
            continue
        literals: list[Any] = [one or other for one, other in _TEXT.findall(source)]
        literals += [int(number) for number in _NUMBER.findall(_TEXT.sub("", source))]
        for name in names:
            if re.search(rf"(?<![\w.]){name}\s*[.\[(]", source):
                continue
            options.setdefault(name, {}).update({json.dumps(one): one for one in literals or (True, False)})
    for name, values in options.items():
        shown = [(value, _shown(value)) for value in values.values()]
        if not any(isinstance(value, bool) for value in values.values()):
            shown.append(("–", Text("–", "–", "–")))
        yield Question(name, Text(name, name, name), tuple(shown))


def _shown(value: Any) -> Text:
    if isinstance(value, bool):
        return YES if value else NO
    return Text(*[str(value)] * 3)


def _next_conditions(process: Process, node: Node) -> Iterator[Flow]:
    """Those on the flows that can be come to from a node without a further wait."""
    seen, waiting = {node.id}, [node]
    while waiting:
        for flow_id in waiting.pop().outgoing:
            flow = process.flows[flow_id]
            if flow.condition:
                yield flow
            target = process.nodes[flow.target]
            if target.id not in seen and target.kind not in _RESTS and target.call is None:
                seen.add(target.id)
                waiting.append(target)


def answered(asked: Asked, given: Mapping[str, Any], option: Option | None = None) -> dict[str, Any]:
    """The values to go on with: what is usual, of an option (else the first of each question), and what is given."""
    first = asked.options[0].values if asked.options else _first(asked.questions)
    return {**asked.usual, **(first if option is None else option.values), **given}
