"""The command line: `reglament run | worker | migrate | deploy | check | layout | demo | users`."""

import argparse
import asyncio
import getpass
import logging
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from psycopg.errors import UndefinedTable
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from app import config, demo
from app.actions import accounts
from app.actions.acts import deploy_acts
from app.actions.seed import DEMO_PASSWORD, seed
from app.config import Settings
from app.conformity import command as conformity
from app.definitions.layout import lay_out
from app.demo import office
from app.domain.access import Actor
from app.errors import AppError, ModelRejected, NotFound
from app.jobs.worker import work
from app.local import migrations, postgres, start
from app.local.processes import StartFailed, Stopped
from app.store.session import engine, sessions

MODELS = Path(__file__).parents[1] / "bpmn"
OPERATOR = Actor(user_id="operator", administrator=True, memberships=frozenset())
"""Who runs commands on this machine."""
Command = Callable[[Settings, argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the status to exit with: 0, or 1 after a message on stderr."""
    options = _parser().parse_args(arguments)
    command: Command = options.command
    try:
        return command(config.read(), options)
    except ModelRejected as error:
        print("\n".join(_found(error)), file=sys.stderr)
    except (AppError, StartFailed, ValueError, OSError) as error:
        print(f"reglament: {error}", file=sys.stderr)
    except OperationalError as error:
        print(f"reglament: the database does not answer: {' '.join(str(error.orig).split())}", file=sys.stderr)
    except ProgrammingError as error:
        if not isinstance(error.orig, UndefinedTable):
            raise
        print("reglament: the database has no tables of this version yet: reglament migrate", file=sys.stderr)
    return 1


def _found(rejected: ModelRejected) -> Iterator[str]:
    """One line a finding: file, line, column, severity, message."""
    assert isinstance(rejected.details, Mapping)
    for file, findings in rejected.details["findings"].items():
        for found in findings:
            words = found["message"]["en"] if isinstance(found["message"], Mapping) else found["message"]
            yield f"{file}:{found['line']}:{found['column']}: {found['severity']}: {words}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reglament", description="BPMN process execution for regulated state services."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="everything on this machine, until Ctrl-C")
    run.set_defaults(command=_run)

    worker = commands.add_parser("worker", help="carry out jobs: timers and what else happens by itself")
    worker.set_defaults(command=_worker)

    migrate = commands.add_parser(
        "migrate",
        help="bring the database to what this version expects: tables, and the roles, organisations and calendars of the acts",
    )
    migrate.set_defaults(command=_migrate)

    deploy = commands.add_parser("deploy", help="deploy an act's folder, or each act in a folder like bpmn/")
    deploy.add_argument("folder", type=Path)
    deploy.set_defaults(command=_deploy)

    check = commands.add_parser("check", help="prove that the models do what their acts say")
    conformity.add_arguments(check)
    check.set_defaults(command=lambda _settings, options: conformity.run(options))

    layout = commands.add_parser("layout", help="draw models anew: the diagrams in the files are replaced")
    layout.add_argument("files", nargs="+", type=Path, metavar="FILE.bpmn")
    layout.set_defaults(command=_layout)

    play = commands.add_parser("demo", help="one case of each regulation over the API, from application to result")
    play.set_defaults(command=_demo)

    _add_users(commands.add_parser("users", help="accounts and the roles that they hold"))
    return parser


def _add_users(users: argparse.ArgumentParser) -> None:
    actions = users.add_subparsers(required=True, metavar="ACTION")
    everybody = actions.add_parser("list", help="everybody: id, name, administrator or not, roles; separated by tabs")
    everybody.set_defaults(command=_list_users)
    add = actions.add_parser("add", help="create a user; the password is read from standard input")
    add.add_argument("id")
    add.add_argument("--admin", action="store_true", help="sees and mends everything, in every organisation")
    add.add_argument("--role", action="append", default=[], type=_role, metavar="ROLE@ORGANISATION", dest="roles")
    add.set_defaults(command=_add_user)
    password = actions.add_parser("passwd", help="change a password; it is read from standard input")
    password.add_argument("id")
    password.set_defaults(command=_change_password)
    for name, change, what in (
        ("grant", accounts.grant, "give a role"),
        ("revoke", accounts.revoke, "take a role away"),
    ):
        changed = actions.add_parser(name, help=what)
        changed.add_argument("id")
        changed.add_argument("role", type=_role, metavar="ROLE@ORGANISATION")
        changed.set_defaults(command=_change_role, change=change)
    remove = actions.add_parser("remove", help="take an account away with its roles; history keeps its name")
    remove.add_argument("id")
    remove.set_defaults(command=_remove_user)


def _role(text: str) -> tuple[str, str]:
    role, _, organisation = text.partition("@")
    if not role or not organisation:
        raise argparse.ArgumentTypeError(f"{text!r} is not ROLE@ORGANISATION")
    return role, organisation


def _run(settings: Settings, _options: argparse.Namespace) -> int:
    return start.run(settings, start.Service(_prepare, start.web_and_worker, _announce))


def _layout(_settings: Settings, options: argparse.Namespace) -> int:
    """All files or none: the first that is refused stops it before anything is written."""
    drawn = {path: _drawn(path) for path in options.files}
    for path, source in drawn.items():
        path.write_bytes(source)
    return 0


def _drawn(path: Path) -> bytes:
    try:
        return lay_out(path.read_bytes())
    except ModelRejected as error:
        raise ModelRejected(str(error), details={"findings": {path.name: error.details}}) from error


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


def _prepare(settings: Settings, database_url: str) -> None:
    now = datetime.now(UTC)
    with _transaction(database_url) as session:
        seed(session, MODELS, now, settings.demo)
        deploy_acts(session, OPERATOR, MODELS, now)


def _announce(settings: Settings, database_url: str) -> None:
    where = start.address(settings)
    print(f"\nReglament is ready: {where}/sign-in")
    print(f"What can be asked: {where}/docs\n")
    if settings.demo:
        _introduce(database_url)
        print("A first thing to ask over HTTP, in another terminal: the processes that can be started")
        print(f"  curl -u admin:{DEMO_PASSWORD} '{where}/engine-rest/process-definition?latestVersion=true'\n")
    print(f"Logs: {settings.home / 'log'}. Stop: Ctrl-C.", flush=True)
    if settings.demo:
        _fill_the_office(database_url)


def _introduce(database_url: str) -> None:
    with _transaction(database_url) as session:
        people = list(office.people(session))
    print(f"Sign in as one of these, or as any <role>.<organisation>, with the password `{DEMO_PASSWORD}`:")
    for user_id, name, sees in people:
        print(f"  {user_id:41} {name:20} {sees}")
    print()


def _fill_the_office(database_url: str) -> None:
    """After the announcement: people look at the first cases while the others come."""
    database, began = engine(database_url, pool_size=1), time.monotonic()
    try:
        filled = office.fill(sessions(database), datetime.now(UTC))
    finally:
        database.dispose()
    for key, reason in filled.failed.items():
        print(f"reglament: {key} was left out of the demonstration: {reason}", file=sys.stderr)
    if filled.cases:
        took = time.monotonic() - began
        print(f"{filled.cases} cases in {filled.organisations} organisations came in {took:.0f} seconds.", flush=True)


def _worker(settings: Settings, _options: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    asyncio.run(work(_database_url(settings), start.GRACE))
    return 0


def _migrate(settings: Settings, _options: argparse.Namespace) -> int:
    url = _database_url(settings)
    migrations.upgrade(url)
    with _transaction(url) as session:
        seed(session, MODELS, datetime.now(UTC), demo=False)
    return 0


def _deploy(settings: Settings, options: argparse.Namespace) -> int:
    with _transaction(_database_url(settings)) as session:
        deployed = deploy_acts(session, OPERATOR, options.folder, datetime.now(UTC))
        for done in deployed:
            made = [f"{row.key} version {row.version}" for row in done.definitions]
            made += [f"form {row.key} version {row.version}" for row in done.forms]
            print(f"{done.deployment.name}: {', '.join(made) or 'unchanged'}")
    if not deployed:
        raise NotFound(f"there is no model in {options.folder}")
    return 0


def _list_users(settings: Settings, _options: argparse.Namespace) -> int:
    with _transaction(_database_url(settings)) as session:
        roles = accounts.list_roles(session)
        for user in accounts.list_accounts(session):
            name = " ".join(filter(None, (user.first_name, user.last_name)))
            held = ", ".join(f"{role}@{organisation}" for role, organisation in roles.get(user.id, ()))
            cells = (user.id, name, "administrator" if user.administrator else "", held)
            print("\t".join("".join(filter(str.isprintable, cell)) or "-" for cell in cells))
    return 0


def _add_user(settings: Settings, options: argparse.Namespace) -> int:
    with _transaction(_database_url(settings)) as session:
        accounts.add_account(session, options.id, _read_password(), administrator=options.admin, roles=options.roles)
    return 0


def _change_password(settings: Settings, options: argparse.Namespace) -> int:
    with _transaction(_database_url(settings)) as session:
        accounts.change_password(session, options.id, _read_password())
    return 0


def _change_role(settings: Settings, options: argparse.Namespace) -> int:
    with _transaction(_database_url(settings)) as session:
        options.change(session, OPERATOR, options.id, *options.role)
    return 0


def _remove_user(settings: Settings, options: argparse.Namespace) -> int:
    with _transaction(_database_url(settings)) as session:
        accounts.remove(session, OPERATOR, options.id)
    return 0


def _read_password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass()
    return sys.stdin.readline().rstrip("\r\n")


def _database_url(settings: Settings) -> str:
    return settings.database_url or postgres.running(settings.home)


@contextmanager
def _transaction(database_url: str) -> Iterator[Session]:
    database = engine(database_url, pool_size=1)
    try:
        with sessions(database).begin() as session:
            yield session
    finally:
        database.dispose()


if __name__ == "__main__":
    sys.exit(main())
