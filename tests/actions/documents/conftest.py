"""The office with its documents in the database, and with them in a folder."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app.actions.models import deployments
from app.actions.models.seed import seed
from app.store import session as store
from app.store.tables import Membership, User
from tests.actions.documents.office import ACTS, ADMIN, CLERK, COLLEAGUE, FORMS, MODEL, NOW, STRANGER, TENANT, Office
from tests.conftest import new_database


@pytest.fixture(scope="session")
def papers_template(server_url: str, template: str) -> Iterator[str]:
    """The name of a database with the process and its people, to be copied."""
    with new_database(server_url, template) as url:
        database = store.engine(url)
        with Session(database) as session, session.begin():
            seed(session, ACTS, NOW, demo=False)
            people = (CLERK, COLLEAGUE, STRANGER)
            session.add_all(User(id=one.user_id, password_hash="-", administrator=False) for one in (*people, ADMIN))
            session.flush()
            session.add_all(
                Membership(user_id=one.user_id, group_id=group, tenant_id=tenant)
                for one in people
                for group, tenant in one.memberships
            )
            files = {"papers.bpmn": MODEL} | {
                f"{name}.form": json.dumps({"type": "default", "id": name, "components": components}).encode()
                for name, components in FORMS.items()
            }
            deployments.deploy(session, ADMIN, files, NOW, tenant=TENANT)
        database.dispose()
        yield make_url(url).database or ""


@pytest.fixture(params=["database", "folder"])
def office(request: pytest.FixtureRequest, server_url: str, papers_template: str, tmp_path: Path) -> Iterator[Office]:
    with new_database(server_url, papers_template) as url:
        database = store.engine(url)
        yield Office(database, tmp_path / "papers" if request.param == "folder" else None)
        database.dispose()
