"""A request that is given to the application once more."""

import io
from typing import Any

from gunicorn.http.parser import RequestParser


class Requests(RequestParser):
    """The requests of a connection. again: the body of the last one, which comes once more before the next."""

    again: bytes | None = None

    def __next__(self) -> Any:
        if self.again is None:
            return super().__next__()
        self.mesg.body, self.again = io.BytesIO(self.again), None
        return self.mesg
