"""Delegates that reach outside: functions that a model may call by name, each call in a process of its own.

A module registers them, and `REGLAMENT_DELEGATES` names the module:

    from app.delegates import BpmnError, Call, delegate

    @delegate("payTheFee")
    def pay_the_fee(call: Call) -> dict[str, Any]:
        answer = bank.pay(call.variables["account"], reference=call.key)
        if not answer.accepted:
            raise BpmnError("refused", answer.reason)
        return {"paymentId": answer.id}

No transaction waits for a call. It is repeated, with the same key, when it failed or when its worker died meanwhile, so
whoever is called must do the same thing once for one key. What it returns becomes variables; a BpmnError is one of the
model; whatever else it raises is a failure, which is tried again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """What a delegate is given. variables: as JSON holds them, moments as ISO 8601 in UTC; key: the same in every try of
    one call, for whoever has to do it once; step: the id of the element."""

    variables: Mapping[str, Any]
    key: str
    step: str
    instance_id: str
    business_key: str | None
    tenant_id: str | None


Delegate = Callable[[Call], Mapping[str, Any] | None]
REGISTERED: dict[str, Delegate] = {}
"""By the names that models call them by."""


class BpmnError(Exception):
    """A business error that the model is to catch (BPMN 2.0.2, 10.5.5)."""

    def __init__(self, code: str, message: str | None = None) -> None:
        super().__init__(message or code)
        self.code = code
        self.message = message


LARGEST = 16 * 1024 * 1024
"""Bytes of what a delegate returns, as JSON."""


class CallFailed(Exception):
    """A call has come to nothing; the message says why, and is shown to people."""


def delegate(name: str) -> Callable[[Delegate], Delegate]:
    """Let models call a function by a name. Raises ValueError for one that is taken."""

    def register(function: Delegate) -> Delegate:
        known = REGISTERED.setdefault(name, function)
        if (known.__module__, known.__qualname__) != (function.__module__, function.__qualname__):
            raise ValueError(f"two delegates are called '{name}'")
        return function

    return register


def load(modules: Sequence[str]) -> None:
    """Import the modules in which delegates are registered. Raises ValueError naming one that cannot be."""
    for module in modules:
        try:
            import_module(module)
        except Exception as error:
            raise ValueError(f"REGLAMENT_DELEGATES: the module '{module}' cannot be imported: {error}") from error
