"""Tokens of process instances moved by hand."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from app import engine
from app.actions.running import modifying
from app.actions.running.modifying import Instruction, Placement
from app.api.chosen_instances import NAMED, chosen_instances
from app.api.openapi import DONE, WHY, taken
from app.api.replies import done, flag_in, identifier, text_in, variables_in
from app.domain.models.values import Variable
from app.engine import Where, Withdraw
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import unit
from app.store.listing import token_of, uuid_of

FLAGS = ("skipCustomListeners", "skipIoMappings")
MODIFICATION = {"instructions": "array", **WHY, **dict.fromkeys(FLAGS, "boolean")}

of_one = Blueprint(
    "modification", __name__, url_prefix="/engine-rest/process-instance", description="Tokens moved by hand"
)
of_many = Blueprint(
    "modifications", __name__, url_prefix="/engine-rest/modification", description="Tokens of many moved by hand"
)


@of_one.route("/<instance_id>/modification", methods=["POST"])
@of_one.doc(**DONE, **taken(MODIFICATION))
def modify(instance_id: str) -> Response:
    """Begin before or after activities or on sequence flows, and cancel activities: all of it in this order, or nothing."""
    u, body = unit(), json_body()
    _refuse_flags(body)
    found = identifier(instance_id, "Process instance")
    told = [_instruction(one, found) for one in instructions_in(body)]
    modifying.modify(u.session, u.actor, found, told, u.now, annotation=text_in(body, "annotation"))
    return done()


@of_many.route("/execute", methods=["POST"])
@of_many.doc(**DONE, **taken({"processDefinitionId": "string", **MODIFICATION, **NAMED}))
def modify_many() -> Response:
    """The same in several instances of one definition: in all of them, or in none."""
    u, body = unit(), json_body()
    _refuse_flags(body)
    told = [_instruction(one, None) for one in instructions_in(body)]
    ids, definition_id = chosen_instances(u, body), text_in(body, "processDefinitionId")
    modifying.modify_all(u.session, u.actor, ids, definition_id, told, u.now, annotation=text_in(body, "annotation"))
    return done()


def instructions_in(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Raises Invalid where there are none."""
    given = body.get("instructions")
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        raise Invalid("instructions must be a list of objects that is not empty")
    return given


def _refuse_flags(body: Mapping[str, Any]) -> None:
    """There are no listeners to be skipped."""
    flags = {name: flag_in(body.get(name), name) for name in FLAGS}
    if flags["skipIoMappings"]:
        raise Invalid("skipIoMappings is not supported: input and output parameters are part of their step")


def _instruction(given: Mapping[str, Any], instance_id: UUID | None) -> Instruction:
    kind = text_in(given, "type")
    return _withdraw(given, instance_id) if kind == "cancel" else placement(given, instance_id)


def placement(given: Mapping[str, Any], instance_id: UUID | None) -> Placement:
    """Raises Invalid. instance_id: None where the same is done in several."""
    kind = text_in(given, "type")
    if kind not in list(Where):
        raise Invalid(f"an instruction cannot have the type '{kind}': it is cancel, {', '.join(Where)}")
    where = Where(kind)
    name, other = ("transitionId", "activityId") if where is Where.FLOW else ("activityId", "transitionId")
    at = text_in(given, name)
    if not at or text_in(given, other):
        raise Invalid(f"an instruction of type '{kind}' has an {name}, and no {other}")
    inside = text_in(given, "ancestorActivityInstanceId")
    own, others = _variables(given.get("variables"))
    return Placement(where, at, None if inside is None else _token(inside, instance_id), others, own)


def _withdraw(given: Mapping[str, Any], instance_id: UUID | None) -> Withdraw:
    names = ("activityId", "activityInstanceId", "transitionInstanceId")
    named = {name: text for name in names if (text := text_in(given, name))}
    if len(named) != 1:
        raise Invalid(f"an instruction of type 'cancel' has one of {', '.join(names)}")
    ((name, text),) = named.items()
    if name == "activityId":
        flag = "cancelCurrentActiveActivityInstances"
        return Withdraw(text, from_before=flag_in(given.get(flag), flag))
    return Withdraw(token=_token(text, instance_id))


def _token(text: str, instance_id: UUID | None) -> int:
    """Of the id of an activity instance. Raises Invalid for that of another instance."""
    found = token_of(text)
    if uuid_of(text) is not None and uuid_of(text) == instance_id:
        return engine.PROCESS
    if found is None or found[0] != instance_id:
        raise Invalid(f"'{text}' is no activity instance of the process instance")
    return found[1]


def _variables(given: Any) -> tuple[dict[str, Variable], dict[str, Variable]]:
    """(those of the new token alone, the others)."""
    typed = variables_in(given)
    local = {name for name in typed if flag_in(given[name].get("local"), "local")}
    return (
        {name: variable for name, variable in typed.items() if name in local},
        {name: variable for name, variable in typed.items() if name not in local},
    )
