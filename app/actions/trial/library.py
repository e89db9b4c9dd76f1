"""The models, decisions and forms that a simulated case may come to: those of files, those that are deployed, or both."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import definitions, engine, forms
from app.actions.forms.form_data import FormReference, form_source, read_form
from app.actions.models.contents import DECISION_ENDINGS, FORM_ENDINGS, MODEL_ENDINGS, is_named
from app.actions.models.editions import version_for
from app.actions.models.models import model_of
from app.actions.models.naming import service_title
from app.definitions import decisions
from app.domain.models.model import CallActivity, Process
from app.domain.models.work import DecisionCall, UserTask
from app.domain.terms.calendar import Text
from app.errors import Invalid, NotFound
from app.store import queries
from app.store.tables import Definition, Resource

INVENTED = 3
"""So many hold a role where nobody is known."""


@dataclass(frozen=True)
class Played:
    """A process that can be played. definition: None of one that is not deployed."""

    process: Process
    source: bytes
    definition: Definition | None = None

    @cached_property
    def spec(self) -> engine.Spec:
        """Raises Invalid for a model that nobody has validated, and that does not hold together."""
        try:
            return engine.compile(self.process)
        except (KeyError, ValueError, IndexError) as error:
            raise Invalid(f"process '{self.process.id}' cannot be run: validate it first") from error

    @cached_property
    def names(self) -> Mapping[str, Text]:
        """What its elements are called, by their ids."""
        return {key: Text(*names) for key, names in definitions.translations(self.source).items()}

    @property
    def title(self) -> Text:
        """What people call it."""
        key = self.process.id
        name = self.process.name or key
        return service_title(key) or self.names.get(key) or Text(name, name, name)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a model refers to: a key with its binding, from a process. received: when the case began, on which the edition
    of the newest depends; None: whichever was deployed last."""

    key: str
    binding: str | None
    version: str | None
    of: Played
    received: datetime | None = None

    @classmethod
    def by_call(cls, call: CallActivity | engine.OpenedCall, of: Played, received: datetime | None = None) -> "Meant":
        return cls(call.called_element, call.binding, call.version, of, received)

    @classmethod
    def by_task(cls, task: UserTask, of: Played) -> "Meant | None":
        return None if task.form_ref is None else cls(task.form_ref, task.form_ref_binding, task.form_ref_version, of)

    @classmethod
    def by_start(cls, of: Played) -> "Meant | None":
        process = of.process
        if process.form_ref is None:
            return None
        return cls(process.form_ref, process.form_ref_binding, process.form_ref_version, of)


class Library(Protocol):
    """Each gives None for what is not there. table: the name of the file, and its bytes."""

    def process(self, meant: Meant) -> Played | None: ...
    def form(self, meant: Meant) -> bytes | None: ...
    def table(self, asked: DecisionCall, of: Played) -> tuple[str, bytes] | None: ...
    def holders(self, role: str) -> Sequence[str]: ...


CALLED = 100
"""Processes that one may come to by calls, at most."""


def callable_from(library: Library, played: Played) -> list[Played]:
    """A process and all that it may call, and those call in turn; what only an expression names is left out."""
    found, waiting = {played.process.id: played}, [played]
    while waiting and len(found) < CALLED:
        of = waiting.pop(0)
        for node in of.process.nodes.values():
            called = library.process(Meant.by_call(node.call, of)) if node.call else None
            if called is not None and called.process.id not in found:
                found[called.process.id] = called
                waiting.append(called)
    return list(found.values())


class Files:
    """What stands in files, whatever the binding; what does not is looked for behind them."""

    def __init__(self, files: Mapping[str, bytes], behind: Library | None = None) -> None:
        self.behind = behind
        self.processes: dict[str, Played] = {}
        self.forms: dict[str, bytes] = {}
        self.tables: dict[str, tuple[str, bytes]] = {}
        for file, content in files.items():
            if is_named(file, MODEL_ENDINGS):
                for process in definitions.read(file, content).processes:
                    self.processes.setdefault(process.id, Played(process, content))
            elif is_named(file, DECISION_ENDINGS):
                for key in decisions.read(file, content).model.decisions:
                    self.tables.setdefault(key, (file, content))
            elif is_named(file, FORM_ENDINGS):
                with suppress(forms.FormRejected):
                    self.forms.setdefault(read_form(content).id, content)

    def process(self, meant: Meant) -> Played | None:
        return self.processes.get(meant.key) or (self.behind.process(meant) if self.behind else None)

    def form(self, meant: Meant) -> bytes | None:
        return self.forms.get(meant.key) or (self.behind.form(meant) if self.behind else None)

    def table(self, asked: DecisionCall, of: Played) -> tuple[str, bytes] | None:
        return self.tables.get(asked.decision) or (self.behind.table(asked, of) if self.behind else None)

    def holders(self, role: str) -> Sequence[str]:
        known = self.behind.holders(role) if self.behind else ()
        return known or [f"{role}-{number}" for number in range(1, INVENTED + 1)]


@dataclass(frozen=True)
class Deployed:
    """What is deployed for an organisation, or for all. It is read, and nothing else. Raises Invalid where no edition is in
    force."""

    session: Session
    tenant: str | None

    def played(self, definition: Definition) -> Played:
        content = self.session.scalars(select(Resource.content).where(Resource.id == definition.resource_id)).one()
        return Played(model_of(self.session, definition.id).process, content, definition)

    def process(self, meant: Meant) -> Played | None:
        caller = "" if meant.of.definition is None else meant.of.definition.id
        found = queries.bound_definition(
            self.session, meant.key, self.tenant, meant.binding or "latest", meant.version, caller
        )
        if found is not None and found.edition is not None and meant.binding == "latest" and meant.received is not None:
            found = version_for(self.session, found, self.tenant, meant.received)
        return None if found is None else self.played(found)

    def form(self, meant: Meant) -> bytes | None:
        definition = meant.of.definition or Definition(tenant_id=self.tenant)
        with suppress(NotFound):
            return form_source(self.session, FormReference(meant.key, meant.binding, meant.version, definition))
        return None

    def table(self, asked: DecisionCall, of: Played) -> tuple[str, bytes] | None:
        caller = "" if of.definition is None else of.definition.id
        found = queries.bound_decision(self.session, asked.decision, self.tenant, asked.binding, asked.version, caller)
        if found is None:
            return None
        name, content = self.session.execute(select(Resource.name, Resource.content).where(Resource.id == found)).one()
        return name, content

    def holders(self, role: str) -> Sequence[str]:
        return [] if self.tenant is None else queries.holders(self.session, role, self.tenant)
