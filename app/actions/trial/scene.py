"""A simulation as it is shown, in one language: JSON-able, for pages and for programs."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from app import definitions, expressions
from app.actions.models.catalogue import drawn
from app.actions.models.naming import role_name, roles, step_name
from app.actions.trial import reasons
from app.actions.trial.choices import Asked, Question, at_start, at_wait
from app.actions.trial.host import host_of
from app.actions.trial.library import callable_from
from app.actions.trial.longest import Longest, Way
from app.actions.trial.playing import Stage
from app.actions.trial.simulation import Simulation
from app.actions.trial.standing import TIMER, WORK, Done, Part, Wait
from app.domain.acts.clauses import cited
from app.domain.in_words.days_in_words import moment_in_words
from app.domain.models import values
from app.domain.models.model import EventKind, Kind, Node
from app.domain.terms.due import Due
from app.domain.terms.term_properties import TOTAL, TOTAL_CLAUSE
from app.errors import NotFound

SHOWN = 30
"""Waits whose ways on are tried out."""


def opening(on: Stage, at: datetime, lang: str) -> dict[str, Any]:
    """What is asked before the case begins, and how it may begin."""
    process = on.played.process
    events = [(key, event, process.nodes[key.partition(":")[0]]) for key, event in process.beginnings()]
    return {
        "process": process.id,
        "name": on.played.title.get(lang),
        "at": at.astimezone(on.world.calendar.tz).isoformat(),
        "plain": process.plain_start is not None,
        "events": [
            {"key": key, "kind": event.kind.value, "name": step_name(node).get(lang)} for key, event, node in events
        ],
        "questions": [_question(one, lang) for one in at_start(on.world.library, on.played, at).questions],
    }


def scene(simulation: Simulation, lang: str) -> dict[str, Any]:
    """All that is to be seen. Moments are ISO 8601 in the zone of the calendar; texts in `lang`."""
    tz = simulation.world.calendar.tz
    root = simulation.parts[0]
    waits = sorted(simulation.waits.values(), key=lambda one: (one.kind == TIMER, one.opened, one.case, one.token))
    tried = {id(one) for one in [one for one in waits if one.kind != TIMER][:SHOWN]}
    return {
        "now": simulation.now.astimezone(tz).isoformat(),
        "nowInWords": moment_in_words(simulation.now.astimezone(tz), lang),
        "ended": simulation.ended,
        "error": root.error,
        "ends": list(dict.fromkeys(_ends(root, lang))) if simulation.ended else [],
        "waits": [_wait(simulation, one, lang, tried=id(one) in tried) for one in waits],
        "done": [_done(simulation, one, lang) for one in simulation.done],
        "marks": _marks(simulation),
        "total": _total(simulation, lang),
        "undelivered": [one.name for _, one in simulation.thrown],
        "variables": dict(root.variables),
    }


def longest_out(found: Longest, lang: str) -> dict[str, Any]:
    """The longest ways, each with its steps and what they come to in words."""
    return {
        "ways": [_way(one, lang) for one in found.ways],
        "unknown": list(found.unknown),
        "complete": found.complete,
    }


def diagrams(on: Stage, lang: str) -> list[dict[str, str]]:
    """The model and all that it may call, by name, the model first."""
    reached = callable_from(on.world.library, on.played)
    return [{"process": one.process.id, "name": one.title.get(lang)} for one in reached]


def diagram(on: Stage, process: str, lang: str) -> str:
    """One of them, with its names in one language. Raises NotFound."""
    found = next((one for one in callable_from(on.world.library, on.played) if one.process.id == process), None)
    if found is None:
        raise NotFound(f"the model calls no process '{process}'")
    nodes = found.process.nodes.values()
    return definitions.in_language(
        drawn(found.source), lang, {one.id: step_name(one).get(lang) for one in nodes if one.name}
    )


def _wait(simulation: Simulation, wait: Wait, lang: str, *, tried: bool) -> dict[str, Any]:
    reckoned = reasons.reckoned(simulation.world, wait)
    due = wait.due if reckoned is None else reckoned.result
    asked = at_wait(simulation, wait) if tried else Asked((), {}, ())
    return {
        **_step(simulation, wait, lang),
        "overdue": due is not None and wait.kind in WORK and due < simulation.now,
        "due": None if due is None else due.astimezone(simulation.world.calendar.tz).isoformat(),
        "dueInWords": None if due is None else moment_in_words(due.astimezone(simulation.world.calendar.tz), lang),
        "why": None if reckoned is None else reckoned.text(lang),
        "whyLines": [] if reckoned is None else reckoned.lines(lang),
        "questions": [_question(one, lang) for one in asked.questions],
        "usual": dict(asked.usual),
        "options": [{"words": one.words.get(lang), "values": dict(one.values)} for one in asked.options],
        "failure": asked.failure,
        "errors": sorted(_errors(simulation.parts[wait.case - 1], wait.node)) if wait.kind in WORK else [],
    }


def _step(simulation: Simulation, wait: Wait, lang: str) -> dict[str, Any]:
    part = simulation.parts[wait.case - 1]
    tz = simulation.world.calendar.tz
    clause = wait.node.properties.get("law.clause")
    return {
        "kind": wait.kind,
        "case": wait.case,
        "process": part.played.title.get(lang),
        "token": wait.token,
        "key": wait.key,
        "element": wait.node.id,
        "name": step_name(wait.node).get(lang),
        "role": _role(wait.role, lang),
        "topic": wait.name,
        "clause": clause,
        "clauseInWords": None if clause is None else cited(clause, lang),
        "opened": wait.opened.astimezone(tz).isoformat(),
        "openedInWords": moment_in_words(wait.opened.astimezone(tz), lang),
    }


def _role(role: str | None, lang: str) -> str | None:
    if role is None:
        return None
    return ", ".join(role_name(one).get(lang) if one in roles() else one for one in role.split(", "))


def _done(simulation: Simulation, done: Done, lang: str) -> dict[str, Any]:
    wait, tz = done.wait, simulation.world.calendar.tz
    reckoned = reasons.reckoned(simulation.world, wait)
    due = wait.due if reckoned is None else reckoned.result
    return {
        **_step(simulation, wait, lang),
        "due": None if due is None else due.astimezone(tz).isoformat(),
        "dueInWords": None if due is None else moment_in_words(due.astimezone(tz), lang),
        "at": done.at.astimezone(tz).isoformat(),
        "atInWords": moment_in_words(done.at.astimezone(tz), lang),
        "cancelled": done.cancelled,
        "late": due is not None and wait.kind in WORK and done.at > due,
    }


def _question(one: Question, lang: str) -> dict[str, Any]:
    options = [{"value": value, "label": words.get(lang)} for value, words in one.options]
    return {"name": one.name, "label": one.label.get(lang), "options": options}


def _errors(part: Part, node: Node) -> Iterator[str]:
    """The codes of business errors that something catches around a step."""
    nodes, at = part.played.process.nodes, node
    while True:
        for other in nodes.values():
            if other.attached_to == at.id and other.event.kind is EventKind.ERROR and other.event.code:
                yield other.event.code
        if at.parent is None:
            return
        at = nodes[at.parent]


def _marks(simulation: Simulation) -> dict[str, dict[str, list[str]]]:
    """By the id of the process: the nodes at which tokens stand, those that were left, and the flows between them."""
    here: dict[str, set[str]] = {}
    walked: dict[str, set[str]] = {}
    for part in simulation.parts:
        process = part.played.process
        stands = {token.node for token in simulation.tokens(part)}
        left = set(part.walked)
        flows = process.flows.values()
        left |= {one.id for one in flows if one.source in left and one.target in left | stands}
        here.setdefault(process.id, set()).update(stands)
        walked.setdefault(process.id, set()).update(left)
    return {key: {"here": sorted(here[key]), "walked": sorted(walked[key])} for key in here}


def _ends(part: Part, lang: str) -> Iterator[str]:
    for node_id in part.walked:
        node = part.played.process.nodes.get(node_id)
        if node is not None and node.kind is Kind.END_EVENT and node.parent is None:
            yield step_name(node).get(lang)


def _total(simulation: Simulation, lang: str) -> dict[str, Any] | None:
    """The term of the whole case as it stands now; None while it has no beginning."""
    root = simulation.parts[0]
    source = root.played.process.properties.get(TOTAL)
    if source is None:
        return None
    text = source if expressions.is_expression(source) else f"${{{source}}}"
    host = host_of(simulation.world, root.played, root.number, root.key, simulation.now)
    try:
        unknown = dict.fromkeys(expressions.compile(text).names)
        due = host.evaluate(text, unknown | values.plain(root.variables, root.types))
    except (ValueError, ArithmeticError, expressions.ExpressionError):
        return None
    if not isinstance(due, Due):
        return None
    at = due.explanation.result
    clause = root.played.process.properties.get(TOTAL_CLAUSE)
    return {
        "due": at.isoformat(),
        "dueInWords": moment_in_words(at, lang),
        "clause": clause,
        "why": due.explanation.text(lang),
    }


def _way(one: Way, lang: str) -> dict[str, Any]:
    return {
        "ends": list(one.ends),
        "name": one.name.get(lang),
        "request": one.request,
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "startInWords": moment_in_words(one.start, lang),
        "endInWords": moment_in_words(one.end, lang),
        "workingDays": one.days,
        "workingMinutes": round(one.working.total_seconds() / 60),
        "steps": [
            {
                "element": stop.element,
                "name": stop.name.get(lang),
                "at": stop.at.isoformat(),
                "atInWords": moment_in_words(stop.at, lang),
            }
            for stop in one.stops
        ],
        "elements": list(one.elements),
    }
