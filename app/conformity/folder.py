"""Where acts, models, forms and roles lie: `bpmn/<act>/act.yaml` and `*.bpmn`, `bpmn/roles.yaml`, `forms/<act>/*.form`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from app import definitions
from app.conformity import decisions, forms
from app.conformity.decisions import Answers
from app.conformity.forms import FormFields
from app.conformity.study import Surroundings
from app.domain.acts.regulation import Act, Service, act
from app.domain.acts.shared_flows import Flow, flows
from app.domain.models.model import Process
from app.domain.terms.calendar import LANGUAGES, Text

ACT = "act.yaml"
FLOWS = "flows.yaml"
ROLES = "roles.yaml"
SHARED = "shared"
OF_ACT, OF_SERVICE = "law.act", "law.service"


class UnknownTarget(ValueError):
    """Nothing is known under the name that was given."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One model to check, or a service or shared flow that has none (`flow`, its key).

    path: of the model; unknown: a service that its act does not know; flows: the shared flows of its folder.
    """

    act: Act | None
    service: Service | None
    path: Path | None
    process: Process | None = None
    faults: tuple[definitions.Finding, ...] = ()
    surroundings: Surroundings = field(default_factory=lambda: Surroundings({}, {}, None))
    unknown: str | None = None
    flow: str | None = None
    flows: tuple[Flow, ...] = ()


def subjects(root: Path, target: str | None) -> list[Subject]:
    """What a target means: an act's id, a service's or a shared flow's key, a model's path; None: all of the folder `root`.

    Raises UnknownTarget, ValueError for an act that is not in the known form, OSError.
    """
    if target is not None and target.endswith(".bpmn"):
        if not Path(target).is_file():
            raise UnknownTarget(f"there is no file {target}")
        path = Path(target)
        return list(_of_file(root, path, _around(root, path)))
    folders = [path.parent for path in sorted(root.glob(f"*/{ACT}")) if path.parent.name != SHARED]
    if target is None:
        found = [subject for folder in folders for subject in _of_act(root, folder)]
        return found + list(_of_shared(root))
    for folder in folders:
        known = load_act(folder)
        if target in (known.id, folder.name):
            return list(_of_act(root, folder))
        if known.service(target) is not None:
            return [one for one in _of_act(root, folder) if one.service and one.service.key == target]
    named = [one for one in _of_shared(root) if target in (SHARED, one.flow, one.process and one.process.id)]
    if named:
        return named
    raise UnknownTarget(f"no act and no service is named {target}")


def load(path: Path) -> Any:
    with path.open("rb") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


def load_act(folder: Path) -> Act:
    try:
        return act(load(folder / ACT))
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{folder / ACT}: {error}") from error


def load_flows(folder: Path) -> tuple[Flow, ...]:
    """Those of a folder, none where it has no such file."""
    if not (folder / FLOWS).is_file():
        return ()
    try:
        return flows(load(folder / FLOWS))
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{folder / FLOWS}: {error}") from error


def _of_shared(root: Path) -> Iterator[Subject]:
    folder = root / SHARED
    surroundings, known = _surroundings(root), load_flows(folder)
    models = [one for path in sorted(folder.glob("*.bpmn")) for one in _of_file(root, path, surroundings)]
    yield from models
    drawn = {one.process.id for one in models if one.process is not None}
    yield from (Subject(None, None, None, flow=one.key) for one in known if one.key not in drawn)


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
    known_flows = load_flows(path.parent)
    faults = tuple(one for one in model.findings if one.is_error)
    if not model.processes:
        yield Subject(known, None, path, None, faults, surroundings)
    for process in model.processes:
        act_of = known or _act_of(root, path, process)
        key = process.properties.get(OF_SERVICE)
        service = act_of.service(key) if act_of is not None and key is not None else None
        other = process.properties.get(OF_ACT, act_of.id if act_of is not None else None)
        unknown = key if service is None else None
        if act_of is not None and other != act_of.id:
            unknown = f"{other}/{key or '–'}"
        yield Subject(act_of, service, path, process, faults, surroundings, unknown, flows=known_flows)


def _act_of(root: Path, path: Path, process: Process) -> Act | None:
    """The act that a model names: the one beside it, else that of the folder `root`."""
    wanted = process.properties.get(OF_ACT)
    for folder in (path.parent, root / wanted if wanted else path.parent):
        if wanted is not None and (folder / ACT).is_file():
            found = load_act(folder)
            if found.id == wanted:
                return found
    return None


def _around(root: Path, path: Path) -> Surroundings:
    """Of a model wherever it lies: what is beside it comes before what its act has in `root`, that before what is shared."""
    model = definitions.read(path.name, path.read_bytes())
    wanted = {process.properties.get(OF_ACT) for process in model.processes}
    named = [root / one for one in sorted(filter(None, wanted)) if (root / one / ACT).is_file()]
    return _surroundings(root, *named, path.parent)


def _surroundings(root: Path, *folders: Path) -> Surroundings:
    """folders: besides the shared one, each before those that it follows."""
    places = list(dict.fromkeys(folder.resolve() for folder in (root / SHARED, *folders)))
    processes: dict[str, Process] = {}
    answers: dict[str, Answers] = {}
    fields: dict[str, FormFields] = {}
    for folder in places:
        for other in sorted(folder.glob("*.bpmn")):
            model = definitions.read(other.name, other.read_bytes())
            processes |= {process.id: process for process in model.processes}
        for table in sorted(folder.glob("*.dmn")):
            answers |= decisions.read(table.name, table.read_bytes())
        for path in _forms(root, folder):
            if (form := forms.read(path.read_bytes())) is not None:
                fields[form.id] = form
    return Surroundings(processes, fields, _roles(root, places[-1]), answers)


def _forms(root: Path, folder: Path) -> Iterator[Path]:
    """Those beside the models of a folder, and those of the folder of the same name under `forms`."""
    homes = (root.resolve().parent / "forms" / folder.name, folder.parent.parent / "forms" / folder.name, folder)
    for home in dict.fromkeys(homes):
        yield from sorted(home.glob("*.form"))


def _roles(root: Path, folder: Path) -> Mapping[str, Text] | None:
    for path in (folder.parent / ROLES, root / ROLES):
        if path.is_file():
            try:
                return {key: Text(*(names[language] for language in LANGUAGES)) for key, names in load(path).items()}
            except (KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
                raise ValueError(f"{path}: {error!r}") from error
    return None
