"""Commands for accounts and the roles that they hold."""

import argparse
import getpass
import sys
from typing import Any

from app.actions.people import accounts
from app.actions.people.administration import Kind, Operation, note
from app.cli.database import OPERATOR, transaction, url_of
from app.config import Settings


def add_commands(commands: Any) -> None:
    users = commands.add_parser("users", help="accounts and the roles that they hold")
    actions = users.add_subparsers(required=True, metavar="ACTION")
    everybody = actions.add_parser("list", help="everybody: id, name, administrator or not, roles; separated by tabs")
    everybody.set_defaults(command=_list)
    add = actions.add_parser("add", help="create a user; the password is read from standard input")
    add.add_argument("id")
    add.add_argument("--admin", action="store_true", help="sees and mends everything, in every organisation")
    add.add_argument("--role", action="append", default=[], type=_role, metavar="ROLE@ORGANISATION", dest="roles")
    add.set_defaults(command=_add)
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
    remove.set_defaults(command=_remove)


def _role(text: str) -> tuple[str, str]:
    role, _, organisation = text.partition("@")
    if not role or not organisation:
        raise argparse.ArgumentTypeError(f"{text!r} is not ROLE@ORGANISATION")
    return role, organisation


def _list(settings: Settings, _options: argparse.Namespace) -> int:
    with transaction(url_of(settings)) as session:
        roles = accounts.list_roles(session)
        for user in accounts.list_accounts(session):
            name = " ".join(filter(None, (user.first_name, user.last_name)))
            held = ", ".join(f"{role}@{organisation}" for role, organisation in roles.get(user.id, ()))
            cells = (user.id, name, "administrator" if user.administrator else "", held)
            print("\t".join("".join(filter(str.isprintable, cell)) or "-" for cell in cells))
    return 0


def _add(settings: Settings, options: argparse.Namespace) -> int:
    with transaction(url_of(settings)) as session:
        accounts.add_account(session, options.id, _read_password(), administrator=options.admin, roles=options.roles)
        note(session, OPERATOR, Operation.ADDED, Kind.PERSON, options.id)
    return 0


def _change_password(settings: Settings, options: argparse.Namespace) -> int:
    with transaction(url_of(settings)) as session:
        accounts.change_password(session, options.id, _read_password())
        note(session, OPERATOR, Operation.PASSWORD, Kind.PERSON, options.id)
    return 0


def _change_role(settings: Settings, options: argparse.Namespace) -> int:
    with transaction(url_of(settings)) as session:
        options.change(session, OPERATOR, options.id, *options.role)
    return 0


def _remove(settings: Settings, options: argparse.Namespace) -> int:
    with transaction(url_of(settings)) as session:
        accounts.remove(session, OPERATOR, options.id)
    return 0


def _read_password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass()
    return sys.stdin.readline().rstrip("\r\n")
