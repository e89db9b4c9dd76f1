"""Cells of files that spreadsheets open: what people wrote begins no formula."""

from typing import TypeVar

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With which a cell would begin that a spreadsheet computes."""
C = TypeVar("C")


def harmless(cell: C) -> C | str:
    """A cell as CSV may hold it: an apostrophe stands before what would be taken for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULAS) else cell
