"""Which field of a form decides, in the forms of the services and in those that are made otherwise."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.actions.forms.decision_fields import chosen, decision_of, is_signed
from app.actions.forms.form_data import read_form

FORMS = Path(__file__).parents[2] / "forms"
CHOICES = [{"label": "Иә", "value": "yes"}, {"label": "Жоқ", "value": "no"}]


def made(*components: dict[str, Any]) -> bytes:
    return json.dumps({"type": "default", "id": "made", "components": components}).encode()


def choice(key: str, kind: str = "radio", **more: Any) -> dict[str, Any]:
    asked = {"type": kind, "id": f"Field_{key}", "key": key, "label": key, "values": CHOICES}
    return {**asked, "validate": {"required": True}, **more}


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ("shared/vote", "vote"),
        ("shared/result-draft", "decision"),
        ("shared/completeness-check", "completeness"),
        ("aktobe-6435/licence-draft", "decision"),
        ("V2000020340/service-complaint-extension", "extensionDecision"),
        ("V2000020340/industrial-safety-attestation-result-choice", "refusalGround"),
        ("shared/portal-request", None),
        ("shared/signature", None),
        ("shared/registration", None),
    ],
)
def test_the_forms_of_the_services_decide_by_the_field_that_all_must_give(form: str, key: str | None) -> None:
    found = decision_of(read_form((FORMS / f"{form}.form").read_bytes()))
    assert (None if found is None else found.key) == key


@pytest.mark.parametrize(
    ("form", "signed"),
    [
        ("shared/signature", True),
        ("shared/countersign", True),
        ("aktobe-6435/licence-signature", True),
        ("aktobe-6435/construction-expert-attestation-schedule-signature", True),
        ("shared/result-draft", False),
        ("shared/portal-request", False),
    ],
)
def test_a_form_is_signed_where_all_must_tick_that_they_sign(form: str, signed: bool) -> None:
    assert is_signed(read_form((FORMS / f"{form}.form").read_bytes())) is signed


def test_a_select_decides_as_well() -> None:
    found = decision_of(read_form(made(choice("outcome", "select"))))
    assert found is not None
    assert found.key == "outcome"


def test_of_several_only_the_one_called_decision_decides() -> None:
    found = decision_of(read_form(made(choice("channel"), choice("decision"))))
    assert found is not None
    assert found.key == "decision"
    assert decision_of(read_form(made(choice("channel"), choice("delivery")))) is None


@pytest.mark.parametrize(
    "more", [{"readonly": True}, {"disabled": True}, {"validate": {}}, {"conditional": {"hide": '=other = "x"'}}]
)
def test_what_need_not_be_chosen_decides_nothing(more: dict[str, Any]) -> None:
    assert decision_of(read_form(made(choice("decision", **more)))) is None


def test_what_was_chosen_is_told_in_the_words_of_the_form() -> None:
    form = read_form(made(choice("decision", properties={"value.no.ru": "Нет"})))
    words = chosen(form, {"decision": "no"})
    assert words is not None
    assert (words.kk, words.ru) == ("Жоқ", "Нет")
    assert chosen(form, {"decision": "perhaps"}) is None
    assert chosen(form, {}) is None
