"""The state services as their legal acts describe them, with the model that runs each."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app.actions.models.acts import ACT, ANY_PROVIDER, load
from app.domain.acts.editions import Edition
from app.domain.acts.regulation import edition_of
from app.domain.people.access import Actor
from app.domain.refusals.edition_refusals import iso
from app.domain.terms.calendar import LANGUAGES
from app.errors import NotFound
from app.store.tables import Definition

FOLDER = Path(__file__).parents[3] / "bpmn"
ROLES = "roles.yaml"
Service = dict[str, Any]


def list_services(session: Session, actor: Actor) -> list[Service]:
    """All services in the order of the acts; `processDefinition` is the newest version that the actor may see, or None."""
    described = _described(FOLDER)
    models = _models(session, actor, list(described))
    return [_with_model(service, models) for service in described.values()]


def service(session: Session, actor: Actor, key: str) -> Service:
    """One service. Raises NotFound."""
    described = _described(FOLDER)
    if key not in described:
        raise NotFound(f"there is no service '{key}'")
    return _with_model(described[key], _models(session, actor, [key]))


def described(key: str) -> Service | None:
    """A service as its act describes it, without its model; None: no act knows it."""
    return _described(FOLDER).get(key)


def all_described() -> list[Service]:
    """All services as their acts describe them, in the order of the acts."""
    return list(_described(FOLDER).values())


def _models(session: Session, actor: Actor, keys: list[str]) -> Mapping[tuple[str, str | None], Definition]:
    """The newest version of each process in each organisation."""
    newest = (
        select(Definition)
        .ext(distinct_on(Definition.key, Definition.tenant_id))
        .where(Definition.key.in_(keys))
        .order_by(Definition.key, Definition.tenant_id, Definition.version.desc())
    )
    found = {(row.key, row.tenant_id): row for row in session.scalars(newest)}
    return {at: row for at, row in found.items() if actor.belongs_to(row.tenant_id)}


def _with_model(described: Service, models: Mapping[tuple[str, str | None], Definition]) -> Service:
    key, provider = described["key"], described["provider"]["key"]
    found = models.get((key, provider)) or models.get((key, None))
    definition = None if found is None else {"id": found.id, "key": found.key, "version": found.version}
    return {**described, "processDefinition": definition}


@cache
def _described(folder: Path) -> Mapping[str, Service]:
    """The services by key, read once: the acts change with the program only."""
    roles = load(folder / ROLES)
    found: dict[str, Service] = {}
    named: dict[str, Mapping[str, Any]] = {}
    for path in sorted(folder.glob(f"*/{ACT}")):
        content = load(path)
        for raw in content["services"]:
            provider = raw["provider"]
            if "kk" in provider:
                named.setdefault(provider["key"], provider)
            found[raw["key"]] = _service(raw, content["act"], roles)
    for described in found.values():
        key = described["provider"]["key"]
        described["provider"] = {"key": key, "names": _names(named.get(key, described["provider"]["names"]))}
    return found


def _service(raw: Mapping[str, Any], act: Mapping[str, Any], roles: Mapping[str, Any]) -> Service:
    provider = raw["provider"]
    return {
        "key": raw["key"],
        "titles": _names(raw["title"]),
        "act": {
            "id": act["id"],
            "number": act["number"],
            "date": act["date"].isoformat(),
            "registered": _dated(act.get("registered")),
            "repealedBy": _dated(act.get("repealed_by")),
            "edition": _edition(edition_of(act)),
            "issuer": _names(act["issuer"]),
            "appendix": raw.get("appendix"),
        },
        "provider": {"key": provider["key"], "names": _names(provider)},
        "anyProvider": provider["key"] == ANY_PROVIDER,
        "channels": raw["channels"],
        "requestKinds": [{"key": kind["key"], "names": _names(kind)} for kind in raw.get("request_kinds", ())],
        "results": [{"key": key, "names": _names(names)} for key, names in raw["results"].items()],
        "refusalGrounds": _grounds(raw.get("refusal_grounds")),
        "totalLimit": raw.get("total_limit"),
        "steps": [_step(step, roles) for step in raw["steps"]],
        "conflicts": [_conflict(entry) for entry in raw.get("conflict", ())],
        "note": raw.get("note"),
    }


def _grounds(raw: object) -> list[dict[str, Any]]:
    """The grounds of a refusal that the act lists; where it names another act, none."""
    listed = raw if isinstance(raw, list) else []
    return [{"key": one["key"], "clause": one["clause"], "names": _names(one)} for one in listed]


def _edition(one: Edition) -> dict[str, Any]:
    return {"name": one.name, "inForceFrom": iso(one.begins), "inForceUntil": iso(one.ends)}


def _step(raw: Mapping[str, Any], roles: Mapping[str, Any]) -> dict[str, Any]:
    limit = raw.get("limit")
    return {
        "clause": raw["clause"],
        "role": {"key": raw["role"], "names": _names(roles[raw["role"]])},
        "titles": _names(raw),
        "limit": None if limit is None else dict(limit),
        "limitClause": raw.get("limit_clause"),
        "from": raw.get("from"),
        "when": raw.get("when"),
        "ends": raw.get("ends"),
        "result": raw.get("result"),
        "note": raw.get("note"),
    }


def _conflict(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Where an act contradicts itself: what a clause says, against which other, and which one the model follows."""
    return {name: raw.get(name) for name in ("clause", "says", "against", "follow")}


def _names(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {language: raw.get(language) for language in LANGUAGES}


def _dated(raw: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if raw is None else {"number": str(raw["number"]), "date": raw["date"].isoformat()}
