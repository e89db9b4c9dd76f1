"""Statements of SQL as they may be shown: without the values that somebody has written into them."""

import re

LONGEST = 400
_VALUE = re.compile(r"""(?x) E?'(?:[^'\\]|''|\\.)*'? | \$(\w*)\$.*?\$\1\$ | (?<![\w$.])\d+(?:\.\d+)?\b """, re.DOTALL)
_SPACE = re.compile(r"\s+")


def shown(statement: str) -> str:
    """In one line, its beginning, each text and number as `?`; placeholders ($1) and names stay."""
    return _SPACE.sub(" ", _VALUE.sub("?", statement)).strip()[:LONGEST]
