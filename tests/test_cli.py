import io
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from app import cli
from app.actions.passwords import verify_password
from app.store import session as store
from app.store.tables import User

Run = Callable[..., int]


@pytest.fixture
def reglament(fresh_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command against a database of its own."""
    monkeypatch.setenv("DATABASE_URL", fresh_database)
    monkeypatch.setenv("REGLAMENT_HOME", str(tmp_path / "home"))

    def run(*arguments: str, typed: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return cli.main(arguments)

    return run


def test_an_administrator_is_added_with_the_password_from_standard_input(reglament: Run, fresh_database: str) -> None:
    assert reglament("users", "add", "aigul", "--admin", typed="a long enough password\n") == 0
    engine = store.engine(fresh_database)
    with store.sessions(engine).begin() as session:
        user = session.scalars(select(User)).one()
    engine.dispose()
    assert (user.id, user.administrator) == ("aigul", True)
    assert verify_password(user.password_hash, "a long enough password")


def test_a_refused_command_says_why_and_changes_nothing(
    reglament: Run, fresh_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reglament("users", "add", "aigul", "--role", "clerk@nowhere", typed="a long enough password\n") == 1
    assert "there is no role clerk" in capsys.readouterr().err
    engine = store.engine(fresh_database)
    with store.sessions(engine).begin() as session:
        assert session.scalars(select(User)).all() == []
    engine.dispose()


def test_every_finding_of_a_refused_model_is_a_line(
    reglament: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.bpmn").write_text(
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">'
        '<process id="p" isExecutable="true"><startEvent id="s"/><scriptTask id="script"/></process></definitions>'
    )
    assert reglament("deploy", str(tmp_path)) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) > 1
    assert any(line.startswith("broken.bpmn:1:") and "error: " in line and "script" in line for line in lines)


def test_a_folder_without_models_is_an_error(
    reglament: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reglament("deploy", str(tmp_path)) == 1
    assert "there is no model" in capsys.readouterr().err


def test_a_wrong_setting_is_named(
    reglament: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "eighty")
    assert reglament("migrate") == 1
    assert "PORT must be a whole number" in capsys.readouterr().err


def test_without_a_database_the_way_to_start_one_is_named(
    reglament: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    assert reglament("migrate") == 1
    assert "make run" in capsys.readouterr().err
