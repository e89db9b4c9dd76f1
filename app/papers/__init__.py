"""PDF documents, set by typst from the templates beside this file, with its own fonts. Data goes in as values, not as markup."""

import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

STANDARD = "a-2a"
"""PDF/A-2a: to be kept for long (ISO 19005-2), and read aloud."""
LONGEST = 120
"""Seconds that a document may take."""
HERE = Path(__file__).parent


def pdf(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """A document. template: the name of its file without the ending; data: JSON-able; at: when it is made, aware.

    Raises subprocess.SubprocessError.
    """
    command = [
        sys.executable,
        str(HERE / "setting.py"),
        str(HERE / f"{template}.typ"),
        f"{at.timestamp():.0f}",
        STANDARD,
    ]
    done = subprocess.run(command, input=orjson.dumps(data), capture_output=True, check=True, timeout=LONGEST)  # noqa: S603
    return done.stdout
