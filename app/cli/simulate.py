"""`reglament simulate FILE`: play a model through on a clock of its own, with nothing kept of it."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.actions.trial import scene
from app.actions.trial.beside import files_beside
from app.actions.trial.choices import Asked, Option, answered, at_start, at_wait
from app.actions.trial.host import World
from app.actions.trial.library import Files
from app.actions.trial.longest import longest
from app.actions.trial.longest_words import in_words, way_in_words
from app.actions.trial.playing import COMMANDS_LIMIT, DUE, NOW, Stage, chosen, moment_in
from app.actions.trial.simulation import Simulation
from app.actions.trial.standing import TIMER, WORK, Wait
from app.actions.trial.validation import validate_files
from app.cli.check import lines_of
from app.cli.table import table
from app.config import Settings
from app.conformity.paths import ZONE
from app.domain.terms import holidays_kz
from app.domain.terms.calendar import LANGUAGES, Text, WorkCalendar
from app.errors import Invalid

HEAD = Text(
    "қадам|рөл|тармақ|басталды|мерзімі|орындалды|белгі",
    "шаг|роль|пункт|начат|срок|сделан|метка",
    "step|role|clause|opened|due|done|token",
)
LATE, WITHDRAWN = Text("кешікті", "поздно", "late"), Text("алынды", "снят", "withdrawn")
WAITS, ENDED = Text("іс күтіп тұр", "дело ждёт", "the case waits"), Text("аяқталды", "окончено", "ended")
TERM = Text("; жалпы мерзімі: {due}", "; общий срок: {due}", "; its term: {due}")
Chosen = list[tuple[str, str]]


def add_commands(commands: Any) -> None:
    simulate = commands.add_parser("simulate", help="play a model through on a clock of its own; nothing is kept")
    simulate.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a .bpmn, and what it refers to")
    simulate.add_argument("--process", metavar="ID", help="which one, where the files hold several")
    simulate.add_argument("--start", metavar="MOMENT", help="when the case begins, as 2026-09-07T10:00 (now)")
    simulate.add_argument(
        "--choose",
        action="append",
        default=[],
        type=_choice,
        metavar="NAME=VALUE",
        help="the value of a variable, or STEP=ELEMENT: where to go from a step; else it is asked, or the first way taken",
    )
    simulate.add_argument("--done", choices=(DUE, NOW), default=DUE, help="when each task is done (due)")
    simulate.add_argument("--lang", choices=LANGUAGES, default="en", help="of names and explanations (en)")
    simulate.set_defaults(command=_simulate)


def _choice(text: str) -> tuple[str, str]:
    name, parted, value = text.partition("=")
    if not parted or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def _simulate(_settings: Settings, options: argparse.Namespace) -> int:
    files = {str(path): path.read_bytes() for path in options.files}
    beside = files_beside(options.files)
    now = datetime.now(UTC)
    validation = validate_files(files, beside, now)
    if not validation.deployable:
        print("\n".join(lines_of(validation.findings, options.lang)), file=sys.stderr)
        return 1
    library = Files(files, Files(beside))
    played = chosen(library, options.process)
    stage = Stage(World(library, _calendar(now)), played)
    if options.start:
        now = moment_in(options.start, stage)
        stage = Stage(World(library, _calendar(now)), played)
    found = longest(stage, now)
    simulation = Simulation(stage.world, now.astimezone(stage.world.calendar.tz))
    _play(simulation, stage, list(options.choose), options)
    shown = scene.scene(simulation, options.lang)
    print("\n".join(table([HEAD.get(options.lang).split("|"), *_rows(shown, options.lang)])))
    print(_outcome(shown, options.lang))
    print(in_words(found, options.lang))
    for way in found.ways[1:]:
        print(f"  {way_in_words(way, options.lang)}")
    return 0


def _calendar(start: datetime) -> WorkCalendar:
    """The usual week, with the holidays of the years from the start on."""
    days = {row.day: row for row in holidays_kz.seed(start.year, start.year + 2)}
    return WorkCalendar(zone=ZONE, days=days)


def _play(simulation: Simulation, stage: Stage, choices: Chosen, options: argparse.Namespace) -> None:
    """To the end, to where nothing goes on by itself, or as many steps as a simulation has at most."""
    asked = at_start(stage.world.library, stage.played, simulation.now)
    elements = stage.played.process.nodes.keys()
    free = {name: _read(value) for name, value in choices if name not in elements}
    simulation.begin(stage.played, {**free, **answered(asked, _given(asked, choices))})
    for _ in range(COMMANDS_LIMIT):
        waits = [one for one in simulation.waits.values() if one.kind in WORK]
        if simulation.ended or not (waits or _go_on(simulation)):
            return
        if waits:
            _work(simulation, min(waits, key=_urgency), choices, options)


def _urgency(wait: Wait) -> tuple[datetime, int, int]:
    return wait.due or wait.opened, wait.case, wait.token


def _go_on(simulation: Simulation) -> bool:
    """Let the next timer fire or, where none runs, the first message or signal come; whether there was one."""
    timer = simulation.next_timer()
    if timer is not None and timer.due is not None:
        simulation.wait_until(timer.due)
        return True
    waited = next((one for one in simulation.waits.values() if one.kind != TIMER), None)
    if waited is not None:
        asked = at_wait(simulation, waited)
        simulation.arrive(waited, answered(asked, {}))
    return waited is not None


def _work(simulation: Simulation, wait: Wait, choices: Chosen, options: argparse.Namespace) -> None:
    if options.done == DUE and wait.due is not None and wait.due > simulation.now:
        simulation.wait_before(wait.due)
    if (wait.case, wait.token, wait.key) not in simulation.waits:
        return
    asked = at_wait(simulation, wait)
    if not asked.options:
        raise Invalid(f"{wait.node.id}: {asked.failure or 'there is no way on'}")
    came = sum(one.wait.node.id == wait.node.id and one.wait.case == wait.case for one in simulation.done)
    option = _option(wait, asked, choices, came, options.lang)
    simulation.complete(wait, answered(asked, _given(asked, choices), option))


def _given(asked: Asked, choices: Chosen) -> dict[str, Any]:
    """The values that were given for what is asked; numbers and truth values by how they are written."""
    found: dict[str, Any] = {}
    for question in asked.questions:
        known = {_written(value): value for value, _ in question.options}
        found |= {name: known.get(value, value) for name, value in choices if name == question.name}
    return found


def _read(text: str) -> Any:
    """A number or a truth value as it is written in JSON, any other text as it is."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _option(wait: Wait, asked: Asked, choices: Chosen, came: int, lang: str) -> Option:
    """came: how often the case was at the step before: it does not go round for ever."""
    wanted = [pair for pair in choices if pair[0] == wait.node.id]
    if wanted:
        if len(wanted) > 1:
            choices.remove(wanted[0])
        target = wanted[0][1]
        found = next((one for one in asked.options if target in one.passes), None)
        if found is None:
            ways = ", ".join(sorted(set().union(*(one.passes for one in asked.options))))
            raise Invalid(f"nothing leads from {wait.node.id} to {target}; there are {ways}")
        return found
    given = _given(asked, choices)
    agreeing = [one for one in asked.options if all(one.values.get(name) == value for name, value in given.items())]
    left = agreeing or list(asked.options)
    if len(left) > 1 and sys.stdin.isatty():
        return _ask(wait, left, lang)
    return left[came % len(left)]


def _ask(wait: Wait, options: Sequence[Option], lang: str) -> Option:
    print(wait.node.name or wait.node.id)
    for number, one in enumerate(options, start=1):
        values = ", ".join(f"{name} = {_written(value)}" for name, value in one.values.items())
        print(f"  {number}  {one.words.get(lang)}  ({values})")
    while True:
        answer = input(f"1-{len(options)}: ").strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(options):
            return options[int(answer) - 1]


def _rows(shown: dict[str, Any], lang: str) -> Iterator[tuple[str, ...]]:
    for one in shown["done"]:
        left = WITHDRAWN if one["cancelled"] else LATE if one["late"] else None
        how = "" if left is None else f" ({left.get(lang)})"
        yield (*_cells(one), f"{_short(one['at'])}{how}", f"{one['case']}:{one['token']}")
    for one in shown["waits"]:
        yield (*_cells(one), "–", f"{one['case']}:{one['token']}")


def _cells(one: dict[str, Any]) -> Iterable[str]:
    kind = "" if one["kind"] == "task" else f" ({one['kind']}{': ' + one['topic'] if one['topic'] else ''})"
    return (
        f"{one['name']}{kind}",
        one["role"] or "–",
        one["clauseInWords"] or "–",
        _short(one["opened"]),
        _short(one["due"]),
    )


def _short(moment: str | None) -> str:
    return "–" if moment is None else f"{datetime.fromisoformat(moment):%d.%m.%Y %H:%M}"


def _outcome(shown: dict[str, Any], lang: str) -> str:
    if not shown["ended"]:
        return f"{_short(shown['now'])}: {WAITS.get(lang)}"
    ends = shown["error"] or ", ".join(shown["ends"]) or ENDED.get(lang)
    total = TERM.get(lang).format(due=_short(shown["total"]["due"])) if shown["total"] else ""
    return f"{_short(shown['now'])}: {ends}{total}"
