"""A simulation as the list of the commands that lead to it: whoever plays keeps the list, and the service nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.actions.models import catalogue
from app.actions.models.examination import checked
from app.actions.terms.calendars import calendar_of
from app.actions.trial.choices import answered, at_start, at_wait
from app.actions.trial.host import World
from app.actions.trial.library import Deployed, Files, Played
from app.actions.trial.rights import require_designer
from app.actions.trial.simulation import Simulation
from app.actions.trial.standing import WORK, Wait
from app.domain import iso8601
from app.domain.people.access import Actor
from app.errors import Invalid, NotFound
from app.store.tables import Organisation

COMMANDS_LIMIT = 200
FIRST_YEAR, LAST_YEAR = 2000, 2100
DUE, NOW = "due", "now"


@dataclass(frozen=True, slots=True)
class Play:
    """What is played. at: the moment of the start; event: the id of the start event, None: the plain one.

    commands: `{"do": "complete", "case", "token", "key", "values", "when": "due" | "now"}`, the same of `arrive`;
    `{"do": "fail", …, "code"}`; `{"do": "set", "values"}`; `{"do": "wait"}` until the next timer, or `"until"` a moment.
    Without values a step is done in the way of its `option`, by number, else in the first that is open.
    """

    at: datetime
    values: Mapping[str, Any] = field(default_factory=dict)
    event: str | None = None
    commands: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """Where something is played, and what."""

    world: World
    played: Played


def stage(session: Session, actor: Actor, definition_id: str, tenant: str | None) -> Stage:
    """A deployed version. tenant: whose calendar counts where the version is common to all.

    Raises Forbidden, NotFound.
    """
    definition = catalogue.version(session, actor, definition_id)
    tenant = definition.tenant_id or tenant
    deployed = Deployed(session, _organisation(session, actor, tenant))
    return Stage(World(Files({}, deployed), calendar_of(session, tenant), tenant), deployed.played(definition))


def stage_of_files(
    session: Session, actor: Actor, files: Mapping[str, bytes], process: str | None, tenant: str | None, now: datetime
) -> Stage:
    """A process of files, among what is deployed for an organisation. process: its id, where there are several.

    Raises Forbidden, NotFound, ModelRejected with what a deployment would find, Invalid.
    """
    require_designer(actor, tenant)
    checked(session, files, tenant, now)
    calendar = calendar_of(session, _organisation(session, actor, tenant))
    library = Files(files, Deployed(session, tenant))
    return Stage(World(library, calendar, tenant), chosen(library, process))


def chosen(library: Files, process: str | None) -> Played:
    """The process of files that is meant. Raises Invalid where that cannot be told, or the process cannot be run."""
    found = library.processes.get(process) if process else None
    if process is None and len(library.processes) == 1:
        (found,) = library.processes.values()
    if found is None:
        raise Invalid(f"name the process to be played: {', '.join(sorted(library.processes)) or 'there is none'}")
    return found


def _organisation(session: Session, actor: Actor, tenant: str | None) -> str | None:
    if tenant is None:
        return None
    if "\0" in tenant or session.get(Organisation, tenant) is None or not actor.belongs_to(tenant):
        raise NotFound(f"there is no organisation '{tenant}'")
    return tenant


def play(on: Stage, what: Play) -> Simulation:
    """The case after all commands. Raises Invalid, naming the command, Conflict, StepFailed."""
    if len(what.commands) > COMMANDS_LIMIT:
        raise Invalid(f"a simulation has at most {COMMANDS_LIMIT} commands")
    if not FIRST_YEAR <= what.at.year <= LAST_YEAR:
        raise Invalid(f"a simulation begins in the years {FIRST_YEAR} to {LAST_YEAR}")
    world = World(on.world.library, on.world.calendar, on.world.tenant, tables=on.world.tables)
    simulation = Simulation(world, what.at)
    start = at_start(world.library, on.played, what.at)
    if what.event is not None and what.event not in {key for key, _ in on.played.process.beginnings()}:
        raise Invalid(f"no case begins at '{what.event}'")
    simulation.begin(on.played, answered(start, what.values), what.event)
    for command in what.commands:
        follow(simulation, command)
    return simulation


def follow(simulation: Simulation, command: Mapping[str, Any]) -> None:
    """Carry one command out. Raises as `play`."""
    match command.get("do"):
        case "complete" | "arrive":
            _do(simulation, _wait_of(simulation, command), command)
        case "fail":
            simulation.fail(_wait_of(simulation, command), _text(command, "code"))
        case "set":
            simulation.set(_values(command))
        case "wait":
            simulation.wait_until(_until(simulation, command))
        case other:
            raise Invalid(f"there is no command {other!r:.40}")


def resolved(simulation: Simulation, command: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """A command with all its values, so that it means the same whenever it is repeated. given: those that were written.

    Raises Invalid, Conflict.
    """
    if command.get("do") not in ("complete", "arrive") or "values" in command:
        return dict(command)
    wait = _wait_of(simulation, command)
    copy = simulation.copy()
    if command.get("when") == DUE and wait.due is not None and wait.due > copy.now:
        copy.wait_before(wait.due)
    kept = {name: value for name, value in command.items() if name != "option"}
    if (wait.case, wait.token, wait.key) not in copy.waits:
        return {**kept, "values": {}}
    if "option" in command:
        return {**kept, "values": {**_chosen(copy, wait, command["option"]), **given}}
    return {**kept, "values": answered(at_wait(copy, wait), given)}


def _do(simulation: Simulation, wait: Wait, command: Mapping[str, Any]) -> None:
    """Timers that come before the work is done may take it away: then it stays undone."""
    if command.get("when") == DUE and wait.due is not None and wait.due > simulation.now:
        simulation.wait_before(wait.due)
        if (wait.case, wait.token, wait.key) not in simulation.waits:
            return
    values = _values(command) if "values" in command else _chosen(simulation, wait, command.get("option", 0))
    if wait.kind in WORK:
        simulation.complete(wait, values)
    else:
        simulation.arrive(wait, values)


def _chosen(simulation: Simulation, wait: Wait, number: object) -> dict[str, Any]:
    asked = at_wait(simulation, wait)
    if not asked.options:
        raise Invalid(asked.failure or "there is no way on")
    if not isinstance(number, int) or not 0 <= number < len(asked.options):
        raise Invalid(f"there is no option {number!r:.20}")
    return answered(asked, {}, asked.options[number])


def _wait_of(simulation: Simulation, command: Mapping[str, Any]) -> Wait:
    case, token = command.get("case"), command.get("token")
    if not isinstance(case, int) or not isinstance(token, int):
        raise Invalid("case and token are whole numbers")
    return simulation.find(case, token, _text(command, "key"))


def _text(command: Mapping[str, Any], name: str) -> str:
    value = command.get(name)
    if not isinstance(value, str):
        raise Invalid(f"{name} must be a text")
    return value


def _values(command: Mapping[str, Any]) -> Mapping[str, Any]:
    values = command.get("values") or {}
    if not isinstance(values, dict):
        raise Invalid("values must be an object")
    return values


def _until(simulation: Simulation, command: Mapping[str, Any]) -> datetime:
    given = command.get("until")
    if given is not None:
        return moment_in(given, simulation)
    timer = simulation.next_timer()
    if timer is None or timer.due is None:
        raise Invalid("no timer runs")
    return timer.due


def moment_in(given: object, simulation: Simulation | Stage) -> datetime:
    """A moment in ISO 8601, local to the calendar unless it says otherwise. Raises Invalid."""
    try:
        found = iso8601.moment(str(given), simulation.world.calendar.tz)
    except ValueError as error:
        raise Invalid(str(error)) from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Invalid(f"the moment is of the years {FIRST_YEAR} to {LAST_YEAR}")
    return found
