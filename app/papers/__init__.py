"""PDF documents, set by typst from the templates beside this file, with its own fonts. Data goes in as values, not as markup."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import orjson
import typst

STANDARD: Literal["a-2a"] = "a-2a"
"""PDF/A-2a: to be kept for long (ISO 19005-2), and read aloud."""


def pdf(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """A document. template: the name of its file without the ending; data: JSON-able; at: when it is made, aware."""
    given = {"data": orjson.dumps(data).decode()}
    return typst.compile(
        _source(template),
        format="pdf",
        sys_inputs=given,
        ignore_system_fonts=True,
        pdf_standards=[STANDARD],
        timestamp=at.replace(microsecond=0),
    )


@cache
def _source(template: str) -> bytes:
    return (Path(__file__).parent / f"{template}.typ").read_bytes()
