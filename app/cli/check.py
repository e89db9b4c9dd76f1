"""`reglament check`: what a deployment of files would find, and whether models do what their acts say."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app import definitions
from app.actions.models.contents import MODEL_ENDINGS, Entries, is_named
from app.actions.trial.beside import ENDINGS, files_beside
from app.actions.trial.validation import Validation, validate_files
from app.config import Settings
from app.conformity import command as conformity
from app.domain.in_words.problems import problem_in_words
from app.errors import AppError


def add_commands(commands: Any) -> None:
    check = commands.add_parser(
        "check", help="what a deployment of files would find; prove that models do what their acts say"
    )
    conformity.add_arguments(check)
    check.set_defaults(command=_check)


def _check(_settings: Settings, options: argparse.Namespace) -> int:
    """Files are looked at together, so that they may refer to each other. Proved are models without errors that name an
    act, or lie where the acts do."""
    files = [target for target in options.target if is_named(target, ENDINGS)]
    if not files:
        return conformity.run(options)
    try:
        validation = _validated(files, options.models)
        proved = [one for one in options.target if one not in files or _of_act(Path(one), options.models)]
        reports = conformity.reported(options, proved) if proved and validation.deployable else []
    except (AppError, ValueError, OSError) as error:
        print(f"reglament check: {error}", file=sys.stderr)
        return conformity.WRONG_USAGE
    if options.json:
        document = conformity.document(reports)
        passed = document["passed"] and validation.deployable
        print(json.dumps({**document, "passed": passed, "files": validation.findings}, ensure_ascii=False, indent=2))
    else:
        for line in lines_of(validation.findings, options.lang):
            print(line)
        for line in conformity.told(reports, options.lang) if reports else ():
            print(line)
    failed = not validation.deployable or any(report.fails for report in reports)
    return conformity.FAILED if failed else conformity.PASSED


def _of_act(file: Path, models: Path) -> bool:
    if not is_named(file.name, MODEL_ENDINGS):
        return False
    named = (process.properties for process in definitions.read(file.name, file.read_bytes()).processes)
    return file.resolve().is_relative_to(models.resolve()) or any("law.act" in properties for properties in named)


def _validated(files: list[str], models: Path) -> Validation:
    paths = [Path(file) for file in files]
    return validate_files(
        {file: path.read_bytes() for file, path in zip(files, paths, strict=True)},
        files_beside(paths, models),
        datetime.now(UTC),
    )


def lines_of(findings: Mapping[str, Entries], lang: str) -> Iterator[str]:
    """One line a finding: file, line, column, severity, element, what is wrong and how to mend it."""
    for file, entries in findings.items():
        for found in entries:
            message, hint = found["message"], found["hint"]
            assert isinstance(message, Mapping)
            assert isinstance(hint, Mapping)
            words = problem_in_words(message[lang], hint[lang])
            yield f"{file}:{found['line']}:{found['column']}: {found['severity']}: {found['elementId'] or '–'}: {words}"
