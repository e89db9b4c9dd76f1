"""The only place with SpiffWorkflow: `step(spec, state, command, host) -> Outcome`, all plain values.

`spec.compile` makes small task specs of ours out of a process model; `run.step` restores the live tokens, applies one
command and runs to the next wait. Variables live in a tree of scopes (`scopes`), completed tokens leave the tree at
once (`workflow`), and no Python of a model is ever executed: every expression goes to the Host.
"""

from app.engine.commands import (
    Cancel,
    Command,
    Complete,
    Deliver,
    Escalate,
    FireTimer,
    LookAgain,
    Modify,
    Raise,
    Return,
    RunJob,
    SetLocal,
    Start,
    token_of,
)
from app.engine.fitting import can_rest, has_trigger, misfit, misplaced
from app.engine.instructions import Instruction, Place, Where, Withdraw
from app.engine.migrating import Migrated, migrate
from app.engine.run import conditions, local_variables, scopes, stands_in_process, step, tokens, visible_variables
from app.engine.scopes import PROCESS
from app.engine.spec import Spec, compile
from app.engine.values import (
    Activity,
    BpmnError,
    Host,
    OpenedCall,
    OpenedExternalTask,
    OpenedJob,
    OpenedSubscription,
    OpenedTask,
    OpenedTimer,
    Outcome,
    StepFailed,
    Thrown,
    Token,
)

__all__ = [
    "PROCESS",
    "Activity",
    "BpmnError",
    "Cancel",
    "Command",
    "Complete",
    "Deliver",
    "Escalate",
    "FireTimer",
    "Host",
    "Instruction",
    "LookAgain",
    "Migrated",
    "Modify",
    "OpenedCall",
    "OpenedExternalTask",
    "OpenedJob",
    "OpenedSubscription",
    "OpenedTask",
    "OpenedTimer",
    "Outcome",
    "Place",
    "Raise",
    "Return",
    "RunJob",
    "SetLocal",
    "Spec",
    "Start",
    "StepFailed",
    "Thrown",
    "Token",
    "Where",
    "Withdraw",
    "can_rest",
    "compile",
    "conditions",
    "has_trigger",
    "local_variables",
    "migrate",
    "misfit",
    "misplaced",
    "scopes",
    "stands_in_process",
    "step",
    "token_of",
    "tokens",
    "visible_variables",
]
