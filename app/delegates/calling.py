"""Call a delegate in a process of its own, which is killed when it takes too long."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from app.delegates import BpmnError, Call, CallFailed

NOT_HANDED_ON = frozenset({"DATABASE_URL"})
"""A delegate has no business in the database of the service."""


def call(modules: Sequence[str], name: str, given: Call, seconds: float) -> Mapping[str, Any]:
    """The variables that a delegate returns. Raises BpmnError as it does, CallFailed for anything else that comes of it."""
    asked = json.dumps({"modules": list(modules), "name": name, "call": asdict(given)}).encode()
    process = subprocess.Popen(  # noqa: S603 - the arguments are ours
        [sys.executable, "-m", "app.delegates", str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={key: value for key, value in os.environ.items() if key not in NOT_HANDED_ON},
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(asked, seconds)
    except subprocess.TimeoutExpired:
        raise CallFailed(f"{name}: it was stopped after {seconds:g} seconds without an answer") from None
    finally:
        _end(process)
    if process.returncode or not output:
        raise CallFailed(f"{name}: its process ended with status {process.returncode} and no answer")
    return _understood(name, output)


def _end(process: subprocess.Popen[bytes]) -> None:
    """The session of the process is its own, so its group holds whatever it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _understood(name: str, output: bytes) -> Mapping[str, Any]:
    answer: dict[str, Any] = json.loads(output)
    if "error" in answer:
        raise BpmnError(*answer["error"])
    if "failure" in answer:
        raise CallFailed(f"{name}: {answer['failure'].encode(errors='replace').decode()}")
    variables: dict[str, Any] = answer["variables"]
    return variables
