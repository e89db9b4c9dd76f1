"""The models that come as folders: which files are deployed together, and for whom."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from app.actions.models.contents import MODEL_ENDINGS, is_named
from app.actions.models.deployments import Deployed, deploy
from app.domain.people.access import Actor

ACT = "act.yaml"
SHARED = "shared"
"""The folder of the processes that others call; deployed first."""
ANY_PROVIDER = "any"
"""In an act: whichever provider is meant by the case."""
SOURCE = "folder"


def load(path: Path) -> Any:
    """An act or the roles, as data."""
    with path.open("rb") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


def deploy_acts(session: Session, actor: Actor, folder: Path, now: datetime) -> list[Deployed]:
    """Deploy one act's folder, or each act in a folder of acts; what has not changed is left alone.

    The model `<service>.bpmn` goes to the provider of that service, any other model to all providers; the decision
    tables of the act, and its forms in `../forms/<act>/`, go with each. Raises what `deploy` raises.
    """
    return [
        deploy(session, actor, files, now, name=act.name, source=SOURCE, tenant=tenant, filter_duplicates=True)
        for act in _act_folders(folder)
        for tenant, files in _by_provider(act)
    ]


def _act_folders(folder: Path) -> list[Path]:
    if any(_models(folder)):
        return [folder]
    inner = [path for path in folder.iterdir() if path.is_dir() and any(_models(path))]
    return sorted(inner, key=lambda path: (path.name != SHARED, path.name))


def _models(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if is_named(path.name, MODEL_ENDINGS))


def _by_provider(folder: Path) -> list[tuple[str | None, Mapping[str, bytes]]]:
    act = folder.resolve()
    providers = _providers(act / ACT)
    common = [*sorted(act.glob("*.dmn")), *sorted((act.parents[1] / "forms" / act.name).glob("*.form"))]
    groups: dict[str | None, list[Path]] = defaultdict(list)
    for path in _models(act):
        groups[providers.get(path.name.partition(".")[0])].append(path)
    called_first = sorted(groups.items(), key=lambda group: group[0] is not None)
    return [(tenant, {path.name: path.read_bytes() for path in [*paths, *common]}) for tenant, paths in called_first]


def _providers(path: Path) -> dict[str, str | None]:
    """The provider of each service of an act: none where it may be any."""
    services = load(path)["services"] if path.exists() else []
    keys = {service["key"]: service["provider"]["key"] for service in services}
    return {service: None if key == ANY_PROVIDER else key for service, key in keys.items()}
