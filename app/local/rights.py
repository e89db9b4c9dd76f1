"""Who may read what: PostgreSQL refuses to run as root, so root lends it an account of its own."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

from app.local.processes import StartFailed

ACCOUNT = "reglament-db"


def owner(path: Path) -> str:
    """The name of the user that a file belongs to; its number where it has no name."""
    number = path.stat().st_uid
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def me() -> str:
    """The name of the user who runs this process. StartFailed where it has none."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError as error:
        raise StartFailed(f"user {os.geteuid()} has no name in /etc/passwd, which PostgreSQL needs") from error


def server_account(data: Path) -> str | None:
    """The account to run the server under: None for our own.

    Root lends the account that owns the data already, else ACCOUNT, made when missing. StartFailed when the data is
    another user's.
    """
    if os.geteuid() == 0:
        if data.exists() and data.stat().st_uid != 0:
            return owner(data)
        _ensure_account()
        return ACCOUNT
    if data.parent.exists() and data.parent.stat().st_uid != os.geteuid():
        raise StartFailed(f"{data.parent} belongs to {owner(data.parent)}: start as that user, or set REGLAMENT_HOME")
    return None


def hand_over(path: Path, account: str | None, mode: int) -> None:
    """Make the file or folder the account's own, with these permission bits."""
    if account:
        entry = pwd.getpwnam(account)
        os.chown(path, entry.pw_uid, entry.pw_gid)
    path.chmod(mode)


def share_with_group(folder: Path, account: str | None) -> None:
    """A folder for us and the account, and for nobody else."""
    if account:
        os.chown(folder, os.geteuid(), pwd.getpwnam(account).pw_gid)
    folder.chmod(0o770 if account else 0o700)


def open_way(path: Path) -> list[Path]:
    """Let everyone pass through (not list) the folders above a path. Returns those that were closed until now."""
    opened = []
    for folder in path.resolve().parents:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
            opened.append(folder)
    return opened


def open_tree(folder: Path) -> None:
    """Let everyone read a folder and what is in it; programs stay programs."""
    for path in (folder, *folder.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = mode | stat.S_IROTH
        if mode & stat.S_IXUSR:
            wanted |= stat.S_IXOTH
        if mode != wanted:
            path.chmod(wanted)


def _ensure_account() -> None:
    try:
        pwd.getpwnam(ACCOUNT)
        return
    except KeyError:
        program = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
    if program is None:
        raise StartFailed("PostgreSQL refuses to run as root, and there is no useradd to make it an account")
    made = subprocess.run(  # noqa: S603 - the arguments are ours
        [program, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT],
        capture_output=True,
        text=True,
    )
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError as error:
        raise StartFailed(f"the account {ACCOUNT} cannot be made: {made.stderr.strip()}") from error
