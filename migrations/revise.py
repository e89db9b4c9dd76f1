"""Write a migration for what changed in app/store/tables.py: `python migrations/revise.py "what changed"`.

It compares the tables with an empty database that has all migrations so far. Read what it wrote: it sees neither
renames nor data. The file of the tables that is not released yet can be deleted and written anew.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from app.local import migrations, postgres


def main() -> None:
    message = " ".join(sys.argv[1:]) or sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder, postgres.serving(Path(folder), fsync="off") as server:
        url = postgres.ensure_database(server)
        migrations.upgrade(url)
        number = f"{1 + len(list(migrations.SCRIPTS.glob('versions/[0-9]*.py'))):04}"
        command.revision(migrations.configuration(url), message, autogenerate=True, rev_id=number)
    for arguments in (["format"], ["check", "--fix"]):
        ruff = [sys.executable, "-m", "ruff", *arguments, "--quiet", str(migrations.SCRIPTS)]
        subprocess.run(ruff, check=True)  # noqa: S603 - the arguments are ours


if __name__ == "__main__":
    main()
