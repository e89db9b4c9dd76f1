"""The published table of the dialect is what the routes say."""

from pathlib import Path

from flask import Flask

from tests.api.dialect import OPERATIONS, ground, routes, shape, table
from tests.api.dialect_notes import DIFFERENT, MISSING

DOCUMENT = Path(__file__).parents[2] / "docs" / "dialect.md"


def test_the_document_is_as_the_routes_say(module_app: Flask) -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == table(module_app), "python -m tests.api.dialect > docs/dialect.md"


def test_notes_are_of_operations_that_are_there_and_reasons_of_those_that_are_not(module_app: Flask) -> None:
    given = routes(module_app)
    there = {operation for operation in OPERATIONS if shape(operation) in given}
    assert DIFFERENT.keys() - there == set()
    assert MISSING.keys() - {ground(*operation) for operation in OPERATIONS if operation not in there} == set()
