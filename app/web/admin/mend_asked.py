"""What a form of mending asks for, as an act on one instance and a batch take it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from app import engine
from app.actions.mending import kinds
from app.actions.mending.kept_instructions import instructions_out, plan_out
from app.actions.running.migration_plans import Plan
from app.actions.running.modifying import Instruction, Placement
from app.actions.running.variables import packed
from app.domain import refusals
from app.domain.models import values
from app.domain.refusals import batch_refusals as why
from app.engine import Where
from app.errors import Invalid

SIMPLE = ("suspend", "activate", "cancel")
"""Acts that need nothing but a reason."""
WHATS = (*SIMPLE, "retry", "change", "move", "migrate", "restart")
TYPES = ("String", "Boolean", "Integer", "Long", "Double", "Date", "Json", "Null")
"""Of variables, those that are typed in."""
RETRIES, LONGEST_NUMBER = 1, 10
STUCK = {"job": kinds.JOB_RETRIES, "external": kinds.TASK_RETRIES, "step": kinds.RESOLUTION}


@dataclass(frozen=True, slots=True)
class Read:
    """subject: where it is not the instance itself."""

    kind: str
    asked: Mapping[str, Any]
    subject: UUID | None = None


def read(what: str, form: MultiDict[str, str], definition_id: str | None, plan: Plan | None) -> Read:
    """definition_id: of which the elements are; plan: of a migration. Raises Invalid."""
    match what:
        case "suspend" | "activate":
            return Read(kinds.SUSPENSION, {"suspended": what == "suspend"})
        case "cancel":
            return Read(kinds.DELETION, {})
        case "retry":
            return _retry(form.get("which", ""))
        case "change":
            return Read(kinds.VARIABLES, _variable(form))
        case "move":
            told: list[Instruction] = [*_places(form), *_withdrawals(form)]
            return Read(kinds.MODIFICATION, {"definition": definition_id, "instructions": instructions_out(told)})
        case "restart":
            places = instructions_out(_places(form))
            return Read(kinds.RESTART, {"definition": definition_id, "instructions": places, "withBusinessKey": True})
        case _:
            if plan is None:
                raise refusals.of(Invalid, why.NO_VERSION)
            return Read(kinds.MIGRATION, plan_out(plan))


def _retry(which: str) -> Read:
    kind, _, text = which.partition(":")
    if kind not in STUCK:
        return Read(kinds.RETRY, {"retries": RETRIES})
    try:
        subject = UUID(text)
    except ValueError:
        raise refusals.of(Invalid, why.NOTHING_STUCK) from None
    return Read(STUCK[kind], {} if kind == "step" else {"retries": RETRIES}, subject)


def _variable(form: MultiDict[str, str]) -> dict[str, Any]:
    name = form.get("name", "").strip() or form.get("new_name", "").strip()
    if not name:
        raise refusals.of(Invalid, why.NO_NAME)
    if "remove" in form:
        return {"variables": {}, "deletions": [name]}
    kind = form.get("type", "String")
    given = values.parse(name, {"value": _value(kind, form.get("value", "")), "type": kind})
    return {"variables": packed({name: given}), "alike": True}


def _value(kind: str, text: str) -> str | None:
    """A text is kept as it is written, whatever else without what stands around it."""
    if kind == "Null":
        return None
    text = text.replace("\r\n", "\n")
    return text if kind == "String" else text.strip()


def _places(form: MultiDict[str, str]) -> list[Placement]:
    """Rows that name no element are left out."""
    insides = form.getlist("inside")
    rows = zip(form.getlist("where"), form.getlist("at"), strict=False)
    return [
        Placement(
            Where.AFTER if where == "after" else Where.BEFORE,
            at,
            _number(insides[number]) if number < len(insides) else None,
            {},
            {},
        )
        for number, (where, at) in enumerate(rows)
        if at
    ]


def _withdrawals(form: MultiDict[str, str]) -> list[Instruction]:
    """Tokens by their numbers, of many instances by the elements; the new ones stay."""
    numbers = [_number(text) for text in form.getlist("token")]
    tokens: list[Instruction] = [engine.Withdraw(token=one) for one in numbers if one is not None]
    return [*tokens, *(engine.Withdraw(one, from_before=True) for one in form.getlist("element") if one)]


def _number(text: str) -> int | None:
    """Of a token; whatever else is written is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER else None
