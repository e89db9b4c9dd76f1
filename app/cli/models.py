"""Commands for models: deploy and layout; check and simulate have files of their own."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.actions.models.acts import deploy_acts
from app.actions.models.naming import FOLDER
from app.actions.trial.templates import templates
from app.cli import check, simulate
from app.cli.database import OPERATOR, transaction, url_of
from app.config import Settings
from app.definitions.layout import lay_out
from app.errors import ModelRejected, NotFound


def add_commands(commands: Any) -> None:
    deploy = commands.add_parser("deploy", help="deploy an act's folder, or each act in a folder like bpmn/")
    deploy.add_argument("folder", type=Path)
    deploy.set_defaults(command=_deploy)
    check.add_commands(commands)
    simulate.add_commands(commands)
    layout = commands.add_parser("layout", help="draw models anew: the diagrams in the files are replaced")
    layout.add_argument("files", nargs="+", type=Path, metavar="FILE.bpmn")
    layout.set_defaults(command=_layout)
    made = commands.add_parser("templates", help="write the element templates for Camunda Modeler anew")
    made.add_argument("folder", nargs="?", type=Path, default=FOLDER / "templates")
    made.set_defaults(command=_templates)


def _templates(_settings: Settings, options: argparse.Namespace) -> int:
    options.folder.mkdir(exist_ok=True)
    for name, content in templates().items():
        (options.folder / name).write_text(content)
    return 0


def _deploy(settings: Settings, options: argparse.Namespace) -> int:
    with transaction(url_of(settings)) as session:
        deployed = deploy_acts(session, OPERATOR, options.folder, datetime.now(UTC))
        for done in deployed:
            made = [f"{row.key} version {row.version}" for row in done.definitions]
            made += [f"form {row.key} version {row.version}" for row in done.forms]
            print(f"{done.deployment.name}: {', '.join(made) or 'unchanged'}")
    if not deployed:
        raise NotFound(f"there is no model in {options.folder}")
    return 0


def _layout(_settings: Settings, options: argparse.Namespace) -> int:
    """All files or none: the first that is refused stops it before anything is written."""
    drawn = {path: _drawn(path) for path in options.files}
    for path, source in drawn.items():
        path.write_bytes(source)
    return 0


def _drawn(path: Path) -> bytes:
    try:
        return lay_out(path.read_bytes())
    except ModelRejected as error:
        raise ModelRejected(str(error), details={"findings": {path.name: error.details}}) from error
