"""Instructions and plans as a batch keeps them, as JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from app import engine
from app.actions.running.migration_plans import Mapped, Plan
from app.actions.running.modifying import Instruction, Placement
from app.actions.running.variables import packed, unpacked

CANCEL = "cancel"


def instructions_out(instructions: Sequence[Instruction]) -> list[dict[str, Any]]:
    return [_out(one) for one in instructions]


def _out(one: Instruction) -> dict[str, Any]:
    if isinstance(one, engine.Withdraw):
        return {"type": CANCEL, "at": one.at, "token": one.token, "fromBefore": one.from_before}
    return {
        "type": one.where.value,
        "at": one.at,
        "inside": one.inside,
        "variables": packed(one.variables),
        "local": packed(one.local_variables),
    }


def instructions_in(given: Sequence[Mapping[str, Any]]) -> list[Instruction]:
    """What `instructions_out` wrote."""
    return [
        engine.Withdraw(one["at"], one["token"], one["fromBefore"]) if one["type"] == CANCEL else _placement(one)
        for one in given
    ]


def places_in(given: Sequence[Mapping[str, Any]]) -> list[Placement]:
    """What `instructions_out` wrote of new tokens."""
    return [_placement(one) for one in given]


def _placement(one: Mapping[str, Any]) -> Placement:
    variables, local = unpacked(one["variables"]), unpacked(one["local"])
    return Placement(engine.Where(one["type"]), one["at"], one["inside"], variables, local)


def plan_out(plan: Plan) -> dict[str, Any]:
    mapped = [[one.source, one.target, one.updated] for one in plan.mapped]
    return {
        "source": plan.source_id,
        "target": plan.target_id,
        "mapped": mapped,
        "variables": packed(plan.variables),
    }


def plan_in(given: Mapping[str, Any]) -> Plan:
    """What `plan_out` wrote."""
    mapped = [Mapped(source, target, updated) for source, target, updated in given["mapped"]]
    return Plan(given["source"], given["target"], mapped, unpacked(given["variables"]))
