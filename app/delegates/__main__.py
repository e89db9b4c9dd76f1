"""The process of one call: what to call comes in on stdin, what came of it goes out on the stdout that it began with."""

import ctypes
import json
import os
import signal
import sys
from typing import Any

from app import config, log
from app.delegates import LARGEST, REGISTERED, BpmnError, Call, load
from app.masking import masked

PR_SET_PDEATHSIG = 1


def main() -> None:
    _die_with(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a delegate prints is no answer
    asked = json.load(sys.stdin)
    call = Call(**asked["call"])
    log.configure(config.read().log_format)
    log.note(instance=call.instance_id, case=call.business_key, delegate=asked["name"])
    answers.write(_answer(asked["modules"], asked["name"], call))
    answers.flush()
    os._exit(0)  # threads that a delegate has left behind are not waited for


def _die_with(worker: int) -> None:
    """A call whose worker is killed is called again by another: let the two not run side by side."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != worker:
        os._exit(1)


def _answer(modules: list[str], name: str, call: Call) -> str:
    try:
        load(modules)
        if name not in REGISTERED:
            return _said("failure", f"no delegate is registered under the name '{name}'")
        returned = REGISTERED[name](call)
    except BpmnError as error:
        return _said("error", [str(error.code), error.message and masked(str(error.message))])
    except BaseException as error:  # noqa: BLE001 - whatever it is, also that it leaves, it is what came of the call
        return _said("failure", masked(f"{type(error).__name__}: {error}"))
    return _returned(returned)


def _returned(value: Any) -> str:
    try:
        said = _said("variables", {} if value is None else dict(value))
        if len(said) > LARGEST:
            return _said("failure", f"what it returned has {len(said)} bytes, more than the limit of {LARGEST}")
        return said
    except (TypeError, ValueError, RecursionError) as error:
        return _said("failure", f"what it returned is no variables that JSON can hold: {error}")


def _said(what: str, content: Any) -> str:
    return json.dumps({what: content}, allow_nan=False)


main()
