"""The variables of an instance: a tree of scopes that follows the tree of tokens. SpiffWorkflow's data is unused."""

from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from typing import Any

from SpiffWorkflow.task import Task

PROCESS = 1  # SpiffWorkflow takes an id of 0 for no id


class Scopes:
    """Scopes by the id of the token that opened them; PROCESS is the outermost. Only scopes with content exist.

    writes: how often something was written.
    """

    def __init__(self, process: Mapping[str, Any], inner: Mapping[int, dict[str, Any]]) -> None:
        self.process: dict[str, Any] = dict(process)
        self.inner: dict[int, dict[str, Any]] = dict(inner)
        self.changed: set[str] = set()
        self.writes = 0

    def view(self, token: Task) -> MutableMapping[str, Any]:
        """What an expression at `token` sees: its own scope first, the process last."""
        return ChainMap(*self._chain(token))

    def _chain(self, token: Task | None) -> list[dict[str, Any]]:
        chain = []
        while token is not None:
            if token.id in self.inner:
                chain.append(self.inner[token.id])
            token = token.parent
        return [*chain, self.process]

    def set(self, token: Task, variables: Mapping[str, Any]) -> None:
        """Write each variable where it already is, nearest scope first; a new one belongs to the process."""
        chain = self._chain(token)
        self.writes += 1
        for name, value in variables.items():
            target = next((scope for scope in chain if name in scope), self.process)
            target[name] = value
            if target is self.process:
                self.changed.add(name)

    def set_local(self, token: Task, variables: Mapping[str, Any]) -> None:
        if variables:
            self.writes += 1
            self.inner.setdefault(token.id, {}).update(variables)

    def remove_local(self, token: Task, names: tuple[str, ...]) -> None:
        self.writes += 1
        scope = self.inner.get(token.id, {})
        for name in names:
            scope.pop(name, None)

    def close(self, token_id: int) -> None:
        self.inner.pop(token_id, None)
