"""What is logged, as it would be written."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app import log

Logged = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Logged]:
    """What was logged so far."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(log.lines(log.JSON))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(one) for one in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)
