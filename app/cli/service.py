"""Commands for the service: run, worker, migrate, demo, office."""

import argparse
import asyncio
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app import demo, log
from app.actions.models.acts import deploy_acts
from app.actions.models.seed import DEMO_PASSWORD, seed
from app.cli.database import OPERATOR, connected, transaction, url_of
from app.config import Settings
from app.demo import office
from app.demo.guide import introduction
from app.jobs.worker import work
from app.local import migrations, start
from app.local.processes import Stopped

MODELS = Path(__file__).parents[2] / "bpmn"


def add_commands(commands: Any) -> None:
    for name, command, what in (
        ("run", _run, "everything on this machine, until Ctrl-C"),
        ("worker", _worker, "carry out jobs: timers and what else happens by itself"),
        (
            "migrate",
            _migrate,
            "bring the database to what this version expects: tables, and the roles, organisations and calendars of the acts",
        ),
        ("demo", _demo, "one case of each service over the API, from application to result"),
        ("office", _office, "fill an empty database of demo people with cases in every state"),
    ):
        commands.add_parser(name, help=what).set_defaults(command=command)


def _run(settings: Settings, _options: argparse.Namespace) -> int:
    return start.run(settings, start.Service(_prepare, start.web_and_worker, _announce, start.office))


def _prepare(settings: Settings, database_url: str) -> None:
    now = datetime.now(UTC)
    with transaction(database_url) as session:
        seed(session, MODELS, now, settings.demo)
        deploy_acts(session, OPERATOR, MODELS, now)


def _announce(settings: Settings, database_url: str) -> None:
    where = start.address(settings)
    if settings.demo:
        with transaction(database_url) as session:
            print("\n".join(introduction(session)))
        print("A first thing to ask over HTTP, in another terminal: the processes that can be started")
        print(f"  curl -u admin:{DEMO_PASSWORD} '{where}/engine-rest/process-definition?latestVersion=true'")
    print(f"\nLogs: {settings.home / 'log'}. What can be asked over HTTP: {where}/docs. Stop: Ctrl-C.")
    print(f"Reglament is ready: {where}/sign-in\n", flush=True)


def _office(settings: Settings, _options: argparse.Namespace) -> int:
    began = time.monotonic()
    with connected(url_of(settings)) as maker:
        filled = office.fill(maker, datetime.now(UTC), settings.files)
    for key, reason in filled.failed.items():
        print(f"{key} was left out of the demonstration: {reason}")
    if filled.cases:
        took = time.monotonic() - began
        print(f"{filled.cases} cases in {filled.organisations} organisations came in {took:.0f} seconds.")
    return 0


def _demo(settings: Settings, _options: argparse.Namespace) -> int:
    """Against the service that runs, else against one that lives as long as the demonstration."""
    if start.healthy(settings):
        return _play(settings)
    played: list[int] = []

    def announce(settings: Settings, _database_url: str) -> None:
        played.append(_play(settings))
        raise Stopped

    return start.run(settings, start.Service(_prepare, start.web_and_worker, announce)) or played[0]


def _play(settings: Settings) -> int:
    try:
        for line in demo.play(start.address(settings)):
            print(line, flush=True)
    except demo.DemoFailed as error:
        print(f"reglament: {error}", file=sys.stderr)
        return 1
    return 0


def _worker(settings: Settings, _options: argparse.Namespace) -> int:
    log.configure(settings.log_format)
    asyncio.run(work(url_of(settings), start.GRACE, settings.lost_worker.total_seconds()))
    return 0


def _migrate(settings: Settings, _options: argparse.Namespace) -> int:
    url = url_of(settings)
    migrations.upgrade(url)
    with transaction(url) as session:
        seed(session, MODELS, datetime.now(UTC), demo=False)
    return 0
