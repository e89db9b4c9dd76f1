"""Where acts, models, forms and roles lie: `bpmn/<act>/act.yaml` and `*.bpmn`, `bpmn/roles.yaml`, `forms/<act>/*.form`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from app import definitions
from app.conformity import forms
from app.conformity.forms import FormFields
from app.conformity.study import Surroundings
from app.domain.calendar import LANGUAGES, Text
from app.domain.model import Process
from app.domain.regulation import Act, Service, act

ACT = "act.yaml"
ROLES = "roles.yaml"
SHARED = "shared"
OF_ACT, OF_SERVICE = "law.act", "law.service"


class UnknownTarget(ValueError):
    """Nothing is known under the name that was given."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One model to check, or a service that has none. path: of the model; unknown: a service that its act does not know."""

    act: Act | None
    service: Service | None
    path: Path | None
    process: Process | None = None
    faults: tuple[definitions.Finding, ...] = ()
    surroundings: Surroundings = field(default_factory=lambda: Surroundings({}, {}, None))
    unknown: str | None = None


def subjects(root: Path, target: str | None) -> list[Subject]:
    """What a target means: an act's id, a service's key, a model's path; None: every act of the folder `root`.

    Raises UnknownTarget, ValueError for an act that is not in the known form, OSError.
    """
    if target is not None and target.endswith(".bpmn"):
        if not Path(target).is_file():
            raise UnknownTarget(f"there is no file {target}")
        path = Path(target)
        return list(_of_file(root, path, _surroundings(root, path.resolve().parent)))
    folders = [path.parent for path in sorted(root.glob(f"*/{ACT}")) if path.parent.name != SHARED]
    if target is None:
        found = [subject for folder in folders for subject in _of_act(root, folder)]
        shared = _surroundings(root, root / SHARED)
        paths = sorted((root / SHARED).glob("*.bpmn"))
        return found + [one for path in paths for one in _of_file(root, path, shared)]
    for folder in folders:
        known = load_act(folder)
        if target in (known.id, folder.name):
            return list(_of_act(root, folder))
        if known.service(target) is not None:
            return [one for one in _of_act(root, folder) if one.service and one.service.key == target]
    raise UnknownTarget(f"no act and no service is named {target}")


def load(path: Path) -> Any:
    with path.open("rb") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


def load_act(folder: Path) -> Act:
    try:
        return act(load(folder / ACT))
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{folder / ACT}: {error}") from error


def _of_act(root: Path, folder: Path) -> Iterator[Subject]:
    known, surroundings = load_act(folder), _surroundings(root, folder)
    paths = sorted(folder.glob("*.bpmn"))
    models = [subject for path in paths for subject in _of_file(root, path, surroundings, known)]
    by_service: dict[str | None, list[Subject]] = {}
    for subject in models:
        by_service.setdefault(subject.service.key if subject.service else None, []).append(subject)
    for service in known.services:
        yield from by_service.get(service.key) or [Subject(known, service, None)]
    yield from by_service.get(None, ())


def _of_file(root: Path, path: Path, surroundings: Surroundings, known: Act | None = None) -> Iterator[Subject]:
    model = definitions.read(path.name, path.read_bytes())
    faults = tuple(one for one in model.findings if one.is_error)
    if not model.processes:
        yield Subject(known, None, path, None, faults, surroundings)
    for process in model.processes:
        act_of = known or _act_of(root, path, process)
        key = process.properties.get(OF_SERVICE)
        service = act_of.service(key) if act_of is not None and key is not None else None
        unknown = key if key is not None and service is None else None
        yield Subject(act_of, service, path, process, faults, surroundings, unknown)


def _act_of(root: Path, path: Path, process: Process) -> Act | None:
    """The act that a model names: the one beside it, else that of the folder `root`."""
    wanted = process.properties.get(OF_ACT)
    for folder in (path.parent, root / wanted if wanted else path.parent):
        if wanted is not None and (folder / ACT).is_file():
            found = load_act(folder)
            if found.id == wanted:
                return found
    return None


def _surroundings(root: Path, folder: Path) -> Surroundings:
    folder = folder.resolve()
    processes: dict[str, Process] = {}
    for other in (*sorted((root / SHARED).glob("*.bpmn")), *sorted(folder.glob("*.bpmn"))):
        model = definitions.read(other.name, other.read_bytes())
        processes |= {process.id: process for process in model.processes}
    return Surroundings(processes, _forms(root, folder), _roles(root, folder))


def _forms(root: Path, folder: Path) -> dict[str, FormFields]:
    found = {}
    for home in dict.fromkeys((root.resolve().parent / "forms", folder.parent.parent / "forms")):
        for path in (*sorted((home / SHARED).glob("*.form")), *sorted((home / folder.name).glob("*.form"))):
            if (fields := forms.read(path.read_bytes())) is not None:
                found[path.stem] = fields
    return found


def _roles(root: Path, folder: Path) -> Mapping[str, Text] | None:
    for path in (folder.parent / ROLES, root / ROLES):
        if path.is_file():
            return {key: Text(*(names[language] for language in LANGUAGES)) for key, names in load(path).items()}
    return None
