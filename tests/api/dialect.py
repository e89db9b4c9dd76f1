"""Which operations of the REST dialect there are: `python -m tests.api.dialect > docs/dialect.md`.

`dialect.txt` has every operation of Camunda 7's REST API, a method and a path in a line.
"""

import os
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from app.config import read
from app.wsgi import create_app
from tests.api.dialect_notes import DIFFERENT, MISSING

PREFIX = "/engine-rest"
OPERATIONS = tuple(
    (method, path)
    for method, path in (line.split() for line in Path(__file__).with_name("dialect.txt").read_text().splitlines())
)
HEAD = """# The REST dialect

Every operation of Camunda 7's REST API (kept alive by Operaton), under `/engine-rest` and `/engine-rest/engine/default`:
whether Reglament has it, where it differs, and why it is missing. What is missing is answered with 404 in JSON. The table is
made from the routes: `python -m tests.api.dialect > docs/dialect.md`.

Of all of it holds: people see what belongs to their organisations and what is common to all; designers deploy in theirs,
administrators alone delete, suspend and mend; a filter that this service does not have is 400, never ignored; a list has 1,000
rows unless `maxResults` says otherwise, and 10,000 at most.

Reglament has {have} of {all} operations.
"""
_AUTOMATIC = {"HEAD", "OPTIONS"}
_ANY = re.compile(r"<any\(([^)]*)\):\w+>")


def table(app: Flask) -> str:
    """The document. app: whose routes there are."""
    given = routes(app)
    have = [operation for operation in OPERATIONS if shape(operation) in given]
    known = {shape(operation) for operation in OPERATIONS}
    more = sorted(one for one in given - known if not one[1].startswith("/engine/"))
    parts = [HEAD.format(have=len(have), all=len(OPERATIONS))]
    by_noun = groupby(OPERATIONS, key=lambda operation: operation[1].split("/")[1])
    parts += [_section(noun, operations, given) for noun, operations in by_noun]
    parts.append("\n## Beyond the dialect\n\n" + "".join(f"- `{method} {path}`\n" for method, path in more))
    return "".join(parts)


def routes(app: Flask) -> set[tuple[str, str]]:
    """(method, path) of the dialect's routes, `{}` for each parameter."""
    return {
        shape((method, path))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(PREFIX)
        for path in _written_out(rule.rule.removeprefix(PREFIX))
        for method in (rule.methods or set()) - _AUTOMATIC or rule.methods or ()
    }


def _written_out(rule: str) -> Iterator[str]:
    found = _ANY.search(rule)
    if found is None:
        yield rule
        return
    for word in found[1].split(","):
        yield from _written_out(rule.replace(found[0], word.strip()))


def shape(operation: tuple[str, str]) -> tuple[str, str]:
    """An operation without the names of its parameters."""
    method, path = operation
    return method, re.sub(r"<[^>]+>|{[^}]+}", "{}", path)


def _section(noun: str, operations: Iterator[tuple[str, str]], given: set[tuple[str, str]]) -> str:
    rows = []
    for method, path in operations:
        there = shape((method, path)) in given
        note = DIFFERENT.get((method, path), "") if there else MISSING[ground(method, path)]
        rows.append(f"| `{method} {path}` | {'yes' if there else 'no'} | {note} |\n")
    return f"\n## {noun}\n\n| operation | | |\n|---|---|---|\n{''.join(rows)}"


def ground(method: str, path: str) -> str:
    """Of what the reason is told for which an operation is missing: of itself, else of the longest beginning of its path."""
    own = f"{method} {path}"
    return own if own in MISSING else max((key for key in MISSING if f"{path}/".startswith(f"{key}/")), key=len)


def application(home: Path) -> Flask:
    """The application as far as its routes go: without a database."""
    return create_app(read({**os.environ, "DATABASE_URL": "postgresql://nobody", "REGLAMENT_HOME": str(home)}))


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        print(table(application(Path(folder))), end="")
