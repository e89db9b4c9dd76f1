"""The demonstration, played against a service that answers on a port."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from app import demo
from app.actions.models.acts import deploy_acts
from app.actions.models.seed import seed
from app.config import read
from app.domain.people.access import Actor
from app.store import session as store
from app.wsgi import create_app

ACTS = Path(__file__).parents[1] / "bpmn"
OPERATOR = Actor("operator", administrator=True, memberships=frozenset())


@pytest.fixture
def address(fresh_database: str, tmp_path: Path) -> Iterator[str]:
    """A service with the models of one act, whose cases wait for nothing."""
    now, database = datetime.now(UTC), store.engine(fresh_database)
    with Session(database) as session, session.begin():
        seed(session, ACTS, now, demo=True)
        for act in ("shared", "V2000020340"):
            deploy_acts(session, OPERATOR, ACTS / act, now)
    database.dispose()
    application = create_app(read({"DATABASE_URL": fresh_database, "REGLAMENT_HOME": str(tmp_path)}))
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    application.extensions["database"].dispose()


def test_one_case_of_each_deployed_service_is_played_to_its_result(address: str) -> None:
    """Due dates are explained in three languages in the first case and in one then."""
    lines = list(demo.play(address))
    ended = [line.strip() for line in lines if "COMPLETED" in line]
    assert len(ended) == 2
    assert ended[0].startswith("COMPLETED: issued, document Қ-")
    assert ended[1].startswith("COMPLETED: settled_by_provider, document Қ-")
    assert lines[-1].strip() == "2 services"
    steps = [line for line in lines if ", due " in line]
    assert steps[0].strip() == "applicant.industrial-safety-committee, due —"
    assert any("territorial_officer.industrial-safety-committee, due " in line for line in steps)
    first, second = "\n".join(lines).strip().split("\n\n")[:2]
    assert all(f"      {language}: " in first for language in ("kk", "ru", "en"))
    assert "      en: " in second
    assert "      ru: " not in second


def test_a_service_that_does_not_answer_is_named() -> None:
    with pytest.raises(demo.DemoFailed, match=r"http://127\.0\.0\.1:9 does not answer"):
        list(demo.play("http://127.0.0.1:9"))
