"""What browsers are sent is compressed: a page is a tenth of its size then.

A page holds no secret of the browser's (the session is in a cookie that no script reads, and what changes something is
known by its origin), so that the lengths of answers tell nothing worth guessing at.
"""

import gzip
from functools import lru_cache

from flask import Response, request

TEXTS = frozenset({"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"})
FILES = "web.entrance.static_file"
WORTH = 1_000
"""Bytes below which it is not worth it."""


def compressed(answer: Response) -> Response:
    """The answer in gzip (RFC 1952) where the browser takes it."""
    if answer.mimetype not in TEXTS or answer.status_code != 200 or "Content-Encoding" in answer.headers:
        return answer
    of_file = request.endpoint == FILES
    if answer.direct_passthrough and not of_file:
        return answer
    answer.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip"):
        return answer
    answer.direct_passthrough = False
    content = answer.get_data()
    if len(content) >= WORTH:
        answer.set_data(_file(content) if of_file else gzip.compress(content, 1))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


@lru_cache(maxsize=64)
def _file(content: bytes) -> bytes:
    return gzip.compress(content, 9)
