"""What lies beside the files of a model: its act, the processes that are shared, their forms and decisions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from app import definitions, forms
from app.actions.forms.form_data import read_form
from app.actions.models.acts import SHARED
from app.actions.models.contents import DECISION_ENDINGS, FORM_ENDINGS, MODEL_ENDINGS, is_named
from app.actions.models.naming import FOLDER, roles
from app.actions.models.surroundings import Known
from app.definitions import decisions
from app.domain.models.model import Event

ENDINGS = (*MODEL_ENDINGS, *DECISION_ENDINGS, *FORM_ENDINGS)


def files_beside(paths: Iterable[Path], root: Path = FOLDER) -> dict[str, bytes]:
    """The models, decisions and forms of the folders in which files lie and of the shared one of `root`, without the files.

    A folder `<act>` has its forms in itself and in `../forms/<act>` or `../../forms/<act>`. Names are paths.
    """
    given = {path.resolve() for path in paths}
    folders = dict.fromkeys([*(path.parent for path in given), root.resolve() / SHARED])
    found = dict.fromkeys(path for folder in folders for home in _homes(folder) for path in _files(home))
    return {str(path): path.read_bytes() for path in found if path not in given}


def _homes(folder: Path) -> Iterator[Path]:
    """Where the files of an act lie, from the folder of its models or that of its forms."""
    yield folder
    for around in (folder.parent, folder.parent.parent):
        for part in ("forms", "bpmn"):
            yield around / part / folder.name


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("*")) if path.is_file() and is_named(path.name, ENDINGS))


def known_beside(files: Mapping[str, bytes], check_beginning: Callable[[Event], str | None]) -> Known:
    """What files may refer to, with the roles of the regulations."""
    processes: set[str] = set()
    tables: set[str] = set()
    named: set[str] = set()
    for file, content in files.items():
        if is_named(file, MODEL_ENDINGS):
            processes |= {process.id for process in definitions.read(file, content).processes}
        elif is_named(file, DECISION_ENDINGS):
            tables |= decisions.read(file, content).model.decisions.keys()
        elif is_named(file, FORM_ENDINGS):
            with suppress(forms.FormRejected):
                named.add(read_form(content).id)
    return Known(frozenset(roles()), frozenset(named), frozenset(processes), frozenset(tables), check_beginning)
