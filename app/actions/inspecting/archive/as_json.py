"""case.json: everything that is known of a case but the rows of its history; `case.schema.json` beside this file describes it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import orjson

from app import engine
from app.actions.cases.case_search import number_of, result_of, service_of, state_of
from app.actions.inspecting.archive.records import Kept, Records
from app.actions.models.naming import step_name
from app.actions.tasks.opening import applicant_of
from app.actions.terms.case_deadlines import Step
from app.domain.models import values
from app.domain.models.values import write_date
from app.domain.terms.calendar import LANGUAGES, Text
from app.domain.terms.reckoning import Reckoned
from app.store.tables import Instance

FORMAT = "reglament-case/1"


def case_json(found: Records) -> Iterator[bytes]:
    """A part at a time; the lists, an entry a line."""
    head = {
        "format": FORMAT,
        "case": _case(found),
        "act": found.deployed.edition,
        "terms": _terms(found),
        "people": dict(found.people),
        "deployed": found.deployed.versions,
        "history": {"file": found.history.file.path, "rows": len(found.history.ids), "head": found.history.head},
    }
    lists: Mapping[str, Iterable[dict[str, Any]]] = {
        "instances": (_instance(found, one) for one in found.instances),
        "steps": (_step(found, one) for one in found.terms.steps),
        "documents": (_document(one) for one in found.kept),
        "jobs": (_row(one) for one in found.jobs),
        "subscriptions": (_row(one) for one in found.events),
        "externalTasks": (_row(one) for one in found.workers),
        "externalTaskLog": (_row(one) for one in found.worked),
        "incidents": (_row(one) for one in found.incidents),
    }
    yield orjson.dumps(head, option=orjson.OPT_INDENT_2)[:-2]
    for name, entries in lists.items():
        yield f',\n  "{name}": ['.encode()
        for number, entry in enumerate(entries):
            yield (b",\n    " if number else b"\n    ") + orjson.dumps(entry)
        yield b"\n  ]"
    yield b"\n}\n"


def _in_languages(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {lang: text.get(lang) for lang in LANGUAGES}


def _case(found: Records) -> dict[str, Any]:
    root = found.root
    return {
        "id": str(root.id),
        "number": number_of(root) or None,
        "businessKey": root.business_key,
        "service": {"key": root.definition_key, "names": _in_languages(service_of(root))},
        "organisation": None
        if found.organisation is None
        else {"id": found.organisation.id, "names": found.organisation.names},
        "applicant": applicant_of(root.variables),
        "state": state_of(root).value,
        "result": _in_languages(result_of(root)),
        "started": write_date(root.started_at),
        "startedBy": root.started_by,
        "ended": write_date(root.ended_at),
        "deleteReason": root.delete_reason,
        "zone": str(found.calendar.tz),
    }


def _terms(found: Records) -> dict[str, Any]:
    clock = found.terms.clock
    return {
        "whole": _term(found.terms.whole),
        "inTime": found.terms.in_time,
        "pauses": [
            {
                "start": write_date(one.start),
                "end": write_date(one.end),
                "reason": one.reason,
                "clause": one.clause,
                "by": one.by,
            }
            for one in clock.pauses
        ],
        "extensions": [
            {
                "at": write_date(one.at),
                "unit": one.rule.value,
                "amount": one.amount,
                "reason": one.reason,
                "clause": one.clause,
                "by": one.by,
            }
            for one in clock.extensions
        ],
    }


def _term(term: Reckoned | None) -> dict[str, Any] | None:
    """With its explanation in each language, line by line."""
    return None if term is None else {**term.to_dict(), "lines": {lang: term.lines(lang) for lang in LANGUAGES}}


def _instance(found: Records, one: Instance) -> dict[str, Any]:
    marks = one.types or {}
    known = {name: values.recall(value, marks.get(name)) for name, value in sorted(one.variables.items())}
    state = one.state
    tokens = [] if state is None else engine.tokens(found.deployed.models[one.definition_id].spec, state)
    return {
        "id": str(one.id),
        "calledBy": None if one.super_id is None else str(one.super_id),
        "definition": one.definition_id,
        "businessKey": one.business_key,
        "started": write_date(one.started_at),
        "startedBy": one.started_by,
        "ended": write_date(one.ended_at),
        "state": "RUNNING" if one.ended_at is None else one.end_state,
        "deleteReason": one.delete_reason,
        "suspended": one.suspended,
        "tokens": [
            {"token": at.id, "activityId": at.node, "within": at.parent, "since": write_date(at.started)} for at in tokens
        ],
        "variables": {
            name: {"type": held.type, "value": None if held.type == "File" else values.jsonable(held.value),
                   "info": dict(held.info)}
            for name, held in known.items()
        },
        "localVariables": []
        if state is None
        else [
            {"token": token, "values": values.jsonable(scope)} for token, scope in sorted(engine.scopes(state).items())
        ],
    }  # fmt: skip


def _step(found: Records, step: Step) -> dict[str, Any]:
    task = step.task
    node = found.deployed.models[task.definition_id].process.nodes.get(task.element)
    return {
        "id": str(task.id),
        "instance": str(task.instance_id),
        "activityId": task.element,
        "names": None if node is None else _in_languages(step_name(node)),
        "clause": step.clause,
        "created": write_date(task.created_at),
        "due": write_date(task.due_at),
        "ended": write_date(task.ended_at),
        "state": "open" if task.ended_at is None else task.end_reason,
        "assignee": task.assignee,
        "completedBy": task.completed_by,
        "owner": task.owner,
        "candidateGroups": list(task.candidate_groups or ()),
        "candidateUsers": list(task.candidate_users or ()),
        "given": task.given,
        "inTime": step.in_time,
        "term": _term(step.term),
    }


def _document(kept: Kept) -> dict[str, Any]:
    """A document that somebody has handed in, or the value of a file variable; file null: its bytes are lost."""
    document = kept.document
    return {
        "id": str(kept.id),
        "kind": "variable" if document is None else "document",
        "instance": None if kept.instance_id is None else str(kept.instance_id),
        "name": kept.name,
        "file": None if kept.file is None else kept.file.path,
        "bytes": kept.size,
        "sha256": kept.sha256,
        "mediaType": None if document is None else document.media_type,
        "added": None if document is None else write_date(document.added_at),
        "addedBy": None if document is None else document.added_by,
        "step": None if kept.task is None else str(kept.task.id),
    }


def _row(one: Any) -> dict[str, Any]:
    """A row by its columns."""
    return {
        column.key: write_date(value) if isinstance(value := getattr(one, column.key), datetime) else _plain(value)
        for column in one.__table__.columns
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool | list | dict) else str(value)
