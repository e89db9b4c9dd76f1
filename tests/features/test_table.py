"""The table of constructs in the documents is what the tests say."""

from pathlib import Path

import pytest

from app.domain.models.model import Kind
from tests.features.table import TESTS, table

DOCUMENT = Path(__file__).parents[2] / "docs" / "constructs.md"


def test_the_document_is_as_the_tests_say() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == table(), "python -m tests.features.table > docs/constructs.md"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_node_is_in_it(kind: Kind) -> None:
    assert f"`{kind}`" in table()


def test_every_module_of_features_says_what_it_proves() -> None:
    for file in sorted((TESTS / "features").glob("test_*.py")):
        assert f"[{file.stem}]" in table() or file.stem == "test_table"
