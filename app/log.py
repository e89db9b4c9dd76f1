"""What is written of what happens: a line an event, JSON or text, each with the case, the person and the request it is about.

Whoever begins something (a request, a job, an item of a batch) opens a scope; what turns out in it about whom or what it is
stands in every line from then on, whoever writes it. Passwords, tokens and identity numbers never do.
"""

import json
import logging
import os
import re
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from app.masking import HIDDEN, masked, secrets_of

JSON, TEXT = "json", "text"
FORMATS = (JSON, TEXT)
LONGEST = 20_000
"""Characters of a message or of what went wrong."""
_IDENTITY = re.compile(r"(?<![0-9A-Za-z-])\d{12}(?![0-9A-Za-z])")
"""IIN or BIN: twelve digits that are no part of an id."""
_DETAIL = re.compile(r"^(DETAIL|CONTEXT): .*$", re.MULTILINE)
"""PostgreSQL says there which values it has refused."""
_known: ContextVar[Mapping[str, str]] = ContextVar("log", default={})  # noqa: B039 - never changed, always replaced


@contextmanager
def scope(**known: str | None) -> Iterator[None]:
    """What is noted in it is forgotten after it."""
    token = _known.set(_known.get())
    note(**known)
    try:
        yield
    finally:
        _known.reset(token)


def note(**known: str | None) -> None:
    """From now on every line of the scope tells this; None tells nothing."""
    told = {name: value for name, value in known.items() if value}
    if told:
        _known.set({**_known.get(), **told})


def known() -> Mapping[str, str]:
    return _known.get()


def cleaned(text: str, secrets: Mapping[str, str]) -> str:
    """Without what is nobody's business, and without halves of characters. secrets: variables of the environment that hold
    some."""
    whole = text[:LONGEST].encode(errors="replace").decode()
    return _IDENTITY.sub(HIDDEN, _DETAIL.sub(r"\1: " + HIDDEN, masked(whole, secrets)))


class Lines(logging.Formatter):
    """A record as one line. of_job: what a record of the job queue itself tells of its job."""

    def __init__(self) -> None:
        super().__init__()
        self._secrets = secrets_of(os.environ)

    def format(self, record: logging.LogRecord) -> str:
        told = {**_of_job(record), **_known.get()}
        wrong = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else None
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._clean(record.getMessage()),
            **{name: self._clean(value) for name, value in told.items()},
            **({"error": self._clean(wrong)} if wrong else {}),
        }
        return self.written(line)

    def _clean(self, text: str) -> str:
        return cleaned(text, self._secrets)

    def written(self, line: Mapping[str, str]) -> str:
        raise NotImplementedError


class JsonLines(Lines):
    def written(self, line: Mapping[str, str]) -> str:
        return json.dumps(line, ensure_ascii=False)


class TextLines(Lines):
    """For people: what it is about stands in brackets, what went wrong below."""

    HEAD = ("time", "level", "logger", "message", "error")

    def written(self, line: Mapping[str, str]) -> str:
        about = " ".join(f"{name}={value}" for name, value in line.items() if name not in self.HEAD)
        head = f"{line['time']} {line['level']} {line['logger']}: {line['message']}"
        return "\n".join(filter(None, (f"{head} [{about}]" if about else head, line.get("error", "").rstrip())))


def lines(form: str) -> Lines:
    """form: one of FORMATS."""
    return JsonLines() if form == JSON else TextLines()


def configure(form: str, level: int = logging.INFO) -> None:
    """Have everything that this process says written to its standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(lines(form))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("procrastinate").setLevel(logging.WARNING)  # each job has a line of ours
    logging.captureWarnings(True)


def _of_job(record: logging.LogRecord) -> dict[str, str]:
    job: Any = getattr(record, "job", None)
    if not isinstance(job, Mapping):
        return {}
    arguments = job.get("task_kwargs") or {}
    told = {"job": job.get("task_name"), "instance": arguments.get("instance_id"), "batch": arguments.get("batch_id")}
    return {name: str(value) for name, value in told.items() if value}
