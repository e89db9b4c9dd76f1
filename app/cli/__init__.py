"""The command line: `reglament run | worker | migrate | deploy | check | simulate | layout | templates | demo | office |
users | figures`."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence

from psycopg.errors import UndefinedTable
from sqlalchemy.exc import OperationalError, ProgrammingError

from app import config
from app.actions.running.calls import load_delegates
from app.cli import figures, models, service, users
from app.cli.database import Command
from app.errors import AppError, ModelRejected
from app.local.processes import StartFailed


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the status to exit with: 0, or 1 after a message on stderr."""
    options = _parser().parse_args(arguments)
    command: Command = options.command
    try:
        settings = config.read()
        load_delegates(settings.delegates)
        return command(settings, options)
    except ModelRejected as error:
        print("\n".join(_found(error)), file=sys.stderr)
    except (AppError, StartFailed, ValueError, OSError) as error:
        print(f"reglament: {error}", file=sys.stderr)
    except OperationalError as error:
        print(f"reglament: the database does not answer: {' '.join(str(error.orig).split())}", file=sys.stderr)
    except ProgrammingError as error:
        if not isinstance(error.orig, UndefinedTable):
            raise
        print("reglament: the database has no tables of this version yet: reglament migrate", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reglament", description="BPMN process execution for regulated state services."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for area in (service, models, users, figures):
        area.add_commands(commands)
    return parser


def _found(rejected: ModelRejected) -> Iterator[str]:
    """One line a finding: file, line, column, severity, message."""
    assert isinstance(rejected.details, Mapping)
    for file, findings in rejected.details["findings"].items():
        for found in findings:
            words = found["message"]["en"] if isinstance(found["message"], Mapping) else found["message"]
            yield f"{file}:{found['line']}:{found['column']}: {found['severity']}: {words}"
