import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from app import cli
from app.actions.models.deployments import deploy
from app.actions.people.passwords import verify_password
from app.actions.running import instances
from app.cli.database import OPERATOR
from app.cli.service import MODELS
from app.store import figures
from app.store import session as store
from app.store.tables import Calendar, CaseFigure, Figure, FigureChange, User
from tests.api.models import REGISTER_FORM, TWO_STEPS
from tests.api.timed_cases import WITHOUT

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


def test_accounts_are_listed_and_roles_given_and_taken(reglament: Run, capsys: pytest.CaptureFixture[str]) -> None:
    def listed() -> list[str]:
        assert reglament("users", "list") == 0
        return capsys.readouterr().out.splitlines()

    assert reglament("migrate") == 0
    reglament("users", "add", "root", "--admin", typed="a long enough password\n")
    reglament("users", "add", "aigul", typed="a long enough password\n")
    assert reglament("users", "grant", "aigul", "head@aktobe-gask") == 0
    assert reglament("users", "grant", "aigul", "clerk@aktobe-gask") == 0
    assert listed() == ["aigul\t-\t-\tclerk@aktobe-gask, head@aktobe-gask", "root\t-\tadministrator\t-"]
    assert reglament("users", "revoke", "aigul", "clerk@aktobe-gask") == 0
    assert listed()[0] == "aigul\t-\t-\thead@aktobe-gask"
    assert reglament("users", "remove", "aigul") == 0
    assert listed() == ["root\t-\tadministrator\t-"]


def test_the_figures_are_counted_anew_from_the_cases(
    reglament: Run, fresh_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reglament("migrate") == 0
    engine, now = store.engine(fresh_database), datetime.now(UTC)
    with store.sessions(engine).begin() as session:
        deploy(session, OPERATOR, {"one.bpmn": WITHOUT.encode()}, now, tenant="aktobe-gask")
        definition = instances.definition_by_key(session, OPERATOR, "untimed", "aktobe-gask")
        begun = [instances.start(session, OPERATOR, definition, {}, now, tenant="aktobe-gask") for _ in range(2)]
        instances.cancel(session, OPERATOR, begun[0].id, None, now)
        session.flush()
        session.execute(delete(CaseFigure))
        session.execute(delete(FigureChange))
    assert reglament("figures", "rebuild") == 0
    assert "2 cases were counted" in capsys.readouterr().err
    with store.sessions(engine).begin() as session:
        found = session.execute(select(Figure.event, Figure.n).where(Figure.grain == "d").order_by(Figure.event)).all()
        session.add(FigureChange(day=now.date(), weight=0, event="step"))
        session.flush()
        assert figures.fold(session), "nobody holds the lock any more"
    engine.dispose()
    assert [tuple(row) for row in found] == [("ended", 1), ("received", 2), ("step", 1)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("grant", "aigul", "king@aktobe-gask"), "there is no role king"),
        (("grant", "aigul", "clerk@nowhere"), "there is no organisation nowhere"),
        (("grant", "nobody", "clerk@aktobe-gask"), "User with id nobody does not exist"),
        (("revoke", "aigul", "clerk@aktobe-gask"), "aigul does not hold the role clerk in aktobe-gask"),
        (("remove", "nobody"), "User with id nobody does not exist"),
    ],
)
def test_what_an_accounts_command_cannot_find_is_named(
    reglament: Run, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    reglament("migrate")
    reglament("users", "add", "aigul", typed="a long enough password\n")
    assert reglament("users", *arguments) == 1
    assert message in capsys.readouterr().err


def test_a_migrated_database_has_organisations_and_calendars_but_nobody_in_it(
    reglament: Run, fresh_database: str
) -> None:
    assert reglament("migrate") == 0
    engine = store.engine(fresh_database)
    with store.sessions(engine).begin() as session:
        assert session.get(Calendar, "aktobe-gask") is not None
        assert session.scalars(select(User)).all() == []
    engine.dispose()


def test_a_database_without_tables_is_told_to_be_migrated(
    reglament: Run, empty_database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_database)
    assert reglament("users", "list") == 1
    assert "reglament migrate" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url", ["mysql://me:secret@host/name", "notaurl", "postgresql:name", "postgresql://host:x/name"]
)
def test_an_address_of_no_postgresql_is_refused_in_one_line_that_keeps_the_password(
    reglament: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert reglament("migrate") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "DATABASE_URL must be" in line
    assert "secret" not in line


def test_an_address_with_an_unknown_option_is_refused_in_one_line(
    reglament: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/name?colour=red")
    assert reglament("migrate") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "DATABASE_URL" in line
    assert "colour" in line


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


def test_check_prints_a_table_and_fails_on_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "design-licence"]) == 0
    assert "design-licence" in capsys.readouterr().out
    model = (MODELS / "aktobe-6435" / "design-licence.bpmn").read_text()
    stranger = tmp_path / "design-licence.bpmn"
    stranger.write_text(
        model.replace('name="law.service" value="design-licence"', 'name="law.service" value="unknown"')
    )
    assert cli.main(["check", str(stranger)]) == 1


def test_check_of_files_tells_what_a_deployment_would_find_in_the_language_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, form = tmp_path / "two.bpmn", tmp_path / "register.form"
    model.write_text(TWO_STEPS)
    form.write_text(json.dumps(REGISTER_FORM))
    assert cli.main(["check", str(model), str(form)]) == 0
    assert cli.main(["check", str(model)]) == 0, "what lies beside a file may be referred to"
    form.unlink()
    capsys.readouterr()
    assert cli.main(["check", str(model), "--lang", "ru"]) == 1
    (told,) = [found for found in capsys.readouterr().out.splitlines() if found.startswith(f"{model}:1:")]
    assert ": error: register: " in told
    assert "форм" in told


def test_simulate_prints_each_step_with_its_term_by_the_choices_given_and_the_longest_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    licence = str(MODELS / "aktobe-6435" / "design-licence.bpmn")
    choices = ["--start", "2026-09-07T10:00", "--choose", "check-completeness=prepare-incompleteness-refusal"]
    assert cli.main(["simulate", licence, *choices]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["step", "role", "clause", "opened", "due", "done", "token"]
    (row,) = [one for one in rows if one.startswith("Check that the documents are complete")]
    assert "Responsible executor" in row
    assert row.count("08.09.2026 18:30") == 2
    assert any("Reasoned refusal sent; its term: 11.09.2026 18:30" in one for one in rows)
    assert any(one.startswith("Longest: 4 working days, Mon 7 Sep 2026 10:00 – Fri 11 Sep 2026 18:30") for one in rows)
    assert cli.main(["simulate", licence, "--choose", "check-completeness=nowhere"]) == 1
    assert "nothing leads from check-completeness to nowhere; there are" in capsys.readouterr().err


def test_layout_draws_a_model_anew_or_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    model = tmp_path / "model.bpmn"
    model.write_bytes((MODELS / "shared" / "result-delivery.bpmn").read_bytes())
    bare = re.sub(r"<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", "", model.read_text(), flags=re.S)
    model.write_text(bare)
    broken = tmp_path / "broken.bpmn"
    broken.write_text("<definitions")
    assert cli.main(["layout", str(model), str(broken)]) == 1
    assert model.read_text() == bare
    assert cli.main(["layout", str(model)]) == 0
    assert "BPMNShape" in model.read_text()
