"""`reglament check`, as it is called."""

import json
from pathlib import Path

import pytest

from app.conformity import command
from tests.conformity.changed import LICENCE, ROOT, Copy
from tests.features import feature_models as m


def test_models_that_pass_give_status_0_and_a_table_of_checks(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["design-licence"]) == 0
    shown = capsys.readouterr().out
    for check in ("coverage", "role", "time", "soundness", "results", "conflicts"):
        assert f"  {check}" in shown
    assert "1 models, 0 services without one: 0 findings" in shown


def test_a_finding_gives_status_1_and_is_told_in_the_language_that_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Copy(tmp_path, *LICENCE)
    copy.in_model("hours(1)", "hours(2)")
    told = {"kk": "модельде – 2 сағ", "ru": "в модели – 2 ч", "en": "in the model it is 2 h"}
    for language, words in told.items():
        assert command.main([LICENCE[1], "--models", str(copy.root), "--lang", language]) == 1
        assert words in capsys.readouterr().out


def test_all_services_of_an_act_are_checked_by_its_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = Copy(tmp_path, *LICENCE)
    for model in copy.model.parent.glob("*.bpmn"):
        if model != copy.model:
            model.unlink()
    assert command.main([LICENCE[0], "--models", str(copy.root)]) == 1
    assert "1 models, 4 services without one: 4 findings" in capsys.readouterr().out


def test_json_holds_what_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = Copy(tmp_path, *LICENCE)
    copy.in_model("hours(1)", "hours(2)")
    assert command.main(["design-licence", "--models", str(copy.root), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    (report,) = document["reports"]
    (finding,) = report["findings"]
    assert document["passed"] is False
    assert (finding["check"], finding["severity"], finding["clause"], finding["element"]) == (
        "time", "finding", "5.2", "name-executor",
    )  # fmt: skip
    assert finding["message"].keys() == {"kk", "ru", "en"}
    assert report["branches"]["ownLimits"]


def test_a_file_is_checked_with_the_act_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = Copy(tmp_path, *LICENCE)
    copy.in_model("hours(1)", "hours(2)")
    assert command.main([str(copy.model)]) == 1
    assert "name-executor" in capsys.readouterr().out


def test_a_file_without_an_act_is_checked_for_soundness(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "loose.bpmn"
    path.write_bytes(m.file(m.start(), m.both("join"), m.user("t"), m.end(), m.path("start", "t", "join", "end"),
                            m.path("join", "join")))  # fmt: skip
    assert command.main([str(path)]) == 1
    shown = capsys.readouterr().out
    assert "a token waits here for ever" in shown
    assert "coverage" not in shown


@pytest.mark.parametrize("target", ["no-such-service", "no/such/file.bpmn"])
def test_an_unknown_target_gives_status_2(target: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([target]) == 2
    assert target in capsys.readouterr().err


def test_a_wrong_option_gives_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        command.main(["--start", "monday"])
    assert left.value.code == 2
    assert "monday" in capsys.readouterr().err


def test_an_act_in_an_unknown_form_gives_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = Copy(tmp_path, *LICENCE)
    copy.change(copy.act, "{minutes: 15}", "{fortnights: 1}")
    assert command.main(["--models", str(copy.root)]) == 2
    assert "act.yaml" in capsys.readouterr().err


def test_the_start_of_the_cases_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["design-licence", "--models", str(ROOT / "bpmn"), "--start", "2026-09-07T10:00+05:00"]) == 0
    shown = capsys.readouterr().out
    assert "07.09.2026 10:00" in shown
    assert "18.03.2026" not in shown


def test_a_service_without_a_model_gives_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = Copy(tmp_path, *LICENCE)
    copy.model.unlink()
    assert command.main([LICENCE[1], "--models", str(copy.root)]) == 1
    assert "no model" in (shown := capsys.readouterr().out)
    assert "the service design-licence has no model" in shown


def test_a_file_elsewhere_is_checked_with_the_act_that_it_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Copy(tmp_path / "acts", *LICENCE)
    copy.in_model("hours(1)", "hours(2)")
    draft = tmp_path / "drafts" / "draft.bpmn"
    draft.parent.mkdir()
    copy.model.rename(draft)
    assert command.main([str(draft), "--models", str(copy.root), "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["reports"][0]["findings"]
    assert (found["code"], found["element"]) == ("limit-other", "name-executor")


def test_a_file_that_names_no_service_is_checked_for_roles_and_soundness(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Copy(tmp_path, *LICENCE)
    copy.in_model('<camunda:property name="law.act" value="aktobe-6435"/>', "")
    copy.in_model('<camunda:property name="law.service" value="design-licence"/>', "")
    draft = tmp_path / "draft.bpmn"
    copy.model.rename(draft)
    assert command.main([str(draft), "--models", str(copy.root), "--json"]) == 1
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    assert report["checks"] == ["role", "soundness"]
    assert {one["code"] for one in report["findings"]} == {"unknown-form"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("roles.yaml", "clerk: [kk"),
        ("roles.yaml", "clerk: {kk: Кеңсе}"),
        ("shared/flows.yaml", "flows: [{key: portal-application}]"),
        ("shared/flows.yaml", "flows: [{key: f, title: {}, roles: [], steps: [{n: 1, what: w, otherwise: nothing}]}]"),
        (
            "aktobe-6435/act.yaml",
            "act: {id: a}\nservices: [{key: s, title: {}, steps: [{clause: 1, role: r, limit: {}}]}]",
        ),
        ("aktobe-6435/act.yaml", "act: {id: a}\nservices: [{key: s, title: {}, total_limit: {minutes: ten}}]"),
        ("aktobe-6435/act.yaml", "act: {id: a}\nservices: [{key: s, title: {}, total_limit: {same_day: 17:00}}]"),
    ],
)
def test_data_that_cannot_be_read_gives_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str
) -> None:
    copy = Copy(tmp_path, *LICENCE)
    (copy.root / name).write_text(content)
    assert command.main(["--models", str(copy.root)]) == 2
    assert name.rpartition("/")[2] in capsys.readouterr().err
