"""Delegates for the tests, in a module as an installation would have one. What they do is written to the folder CALLED."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from app.delegates import BpmnError, Call, delegate


def noted(call: Call, name: str = "calls") -> int:
    """Write the key down; gives how many there are by now."""
    with (Path(os.environ["CALLED"]) / name).open("a+") as notes:
        notes.write(call.key + "\n")
        notes.seek(0)
        return len(notes.readlines())


@delegate("askBank")
def ask_bank(call: Call) -> dict[str, Any]:
    noted(call)
    return {
        "paid": call.variables["amount"] * 2,
        "for": [call.business_key, call.tenant_id, call.instance_id, call.step],
    }


@delegate("refuse")
def refuse(call: Call) -> None:
    raise BpmnError("refused", f"{call.variables['amount']} is too much")


@delegate("hang")
def hang(call: Call) -> None:
    (Path(os.environ["CALLED"]) / "hanging").write_text(str(os.getpid()))
    signal.pause()


@delegate("returnNoJson")
def return_no_json(call: Call) -> dict[str, Any]:
    return {"numbers": {1, 2}}


@delegate("leak")
def leak(call: Call) -> None:
    raise ConnectionError(f"https://clerk:letmein@bank.kz answers 401 to {os.environ['BANK_TOKEN']}, password=hunter22")


@delegate("secondTime")
def second_time(call: Call) -> dict[str, Any]:
    if noted(call) < 2:
        raise TimeoutError("the bank is asleep")
    return {"done": True}


@delegate("killWorker")
def kill_worker(call: Call) -> dict[str, Any]:
    """The worker dies in the middle of the first call."""
    if noted(call) == 1:
        os.kill(os.getppid(), signal.SIGKILL)
        signal.pause()
    return {"done": True}


@delegate("awaitGo")
def await_go(call: Call) -> dict[str, Any]:
    """Until somebody writes into the pipe `go`."""
    noted(call)
    return {"went": (Path(os.environ["CALLED"]) / "go").read_text() == "go"}


@delegate("exit")
def leave(call: Call) -> None:
    os._exit(7)


@delegate("exitSilently")
def leave_silently(call: Call) -> None:
    os._exit(0)


@delegate("quit")
def quit_it(call: Call) -> None:
    sys.exit("enough")


@delegate("returnNamelessly")
def return_namelessly(call: Call) -> dict[str, Any]:
    return {"a\0": 1}


@delegate("complainStrangely")
def complain_strangely(call: Call) -> None:
    raise ValueError("a\0b\ud800")


@delegate("returnMuch")
def return_much(call: Call) -> dict[str, Any]:
    return {"text": "x" * 20_000_000}
