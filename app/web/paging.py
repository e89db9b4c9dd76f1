"""A list that is shown by pages, by the number of its first row."""

from typing import Any

from flask import request, url_for

FARTHEST = 100_000


def first_asked() -> int:
    """From which row the address asks, 0 by default."""
    return min(max(request.args.get("from", 0, int), 0), FARTHEST)


def pages(first: int, found: int, size: int, endpoint: str, **asked: Any) -> dict[str, Any]:
    """What `admin/_pages.html` shows. found: rows, of which one was read more than fits; asked: of the address."""

    def at(start: int) -> str:
        place: dict[str, Any] = {"from": start or None}
        return url_for(endpoint, **asked, **place)

    return {
        "first": first,
        "previous": at(max(first - size, 0)) if first else None,
        "following": at(first + size) if found > size else None,
    }
