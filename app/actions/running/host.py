"""What the engine may ask of the world: JUEL with our functions, FEEL, decisions, and the delegates registered in code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.actions.models.decisions import decide, evaluate_feel
from app.actions.running.delegates import DELEGATES, Case
from app.actions.running.evaluation import Evaluation
from app.delegates import REGISTERED
from app.domain.models.work import DecisionCall


@dataclass
class CaseHost(Evaluation):
    """The engine's Host for one instance at one moment. user_id: who moves it, None: nobody, as when a timer fires."""

    user_id: str | None

    @property
    def starter(self) -> str | None:
        return self.instance.started_by

    def feel(self, expression: str, variables: Mapping[str, Any]) -> tuple[Any, Sequence[str]]:
        return evaluate_feel(expression, variables, self.now.astimezone(self.zone))

    def decide(self, asked: DecisionCall, variables: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        return decide(self.session, self.instance, asked, variables, self.now.astimezone(self.zone))

    def is_outside(self, delegate: str) -> bool:
        return delegate in REGISTERED

    def call(self, delegate: str, step: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        found = DELEGATES.get(delegate)
        if found is None:
            raise ValueError(f"no delegate is registered under the name '{delegate}'")
        return found(Case(self.session, self.instance, step, self.user_id, self.now, self.calendar, variables))
