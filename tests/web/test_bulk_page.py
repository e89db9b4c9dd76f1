"""What many tasks are decided or signed with at once: what was prepared in each case is seen, and kinds are not mixed."""

import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

Headers = dict[str, str]
TENANT = "aktobe-gask"
HEAD = f"head.{TENANT}"
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="design-licence" isExecutable="true"><startEvent id="start"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="sign"/>
<userTask id="sign" name="Қол қою" camunda:candidateGroups="head" camunda:formRef="sign"/>
<sequenceFlow id="f2" sourceRef="sign" targetRef="end"/><endEvent id="end"/></process></definitions>"""
FORM = {
    "type": "default",
    "id": "sign",
    "components": [
        {
            "type": "select",
            "id": "F1",
            "key": "resultKind",
            "label": "Құжат",
            "disabled": True,
            "values": [{"label": "Лицензия", "value": "issued"}, {"label": "Дәлелді бас тарту", "value": "refusal"}],
            "properties": {"label.en": "Document", "value.issued.en": "Licence", "value.refusal.en": "Refusal"},
        },
        {"type": "textarea", "id": "F2", "key": "reasons", "label": "Негізі", "disabled": True},
        {
            "type": "checkbox",
            "id": "F3",
            "key": "headSignature",
            "label": "Қол қоямын",
            "validate": {"required": True},
        },
    ],
}
SIGNED = json.dumps({"headSignature": True})


class Choice:
    """Some open tasks of the head. ask: sends the choice, with more, to be signed; gives the text of the page."""

    def __init__(self, client: FlaskClient, headers: Headers) -> None:
        self.client, self.headers = client, headers

    def ids(self) -> dict[str, str]:
        """By the name of the applicant."""
        text = unescape(self.client.get("/tasks?view=all", headers=self.headers).text)
        return {name: task for task, name in re.findall(r'id="open-([^"]+)"[^>]*>([^<]+)<', text)}

    def ask(self, *names: str, **more: str | list[str]) -> str:
        known = self.ids()
        data = {"task": [known[name] for name in names], **more}
        answer = self.client.post("/tasks/bulk/decide?view=all", data=data, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)


@pytest.fixture
def choice(
    client: FlaskClient, as_user: Callable[[str], Headers], deploy: Callable[..., object], start: Callable[..., str]
) -> Choice:
    deploy({"design-licence.bpmn": MODEL, "sign.form": json.dumps(FORM)})
    for name, kind in (("Алма", "issued"), ("Бақыт", "issued"), ("Ғасыр", "refusal")):
        start("design-licence", applicantName=name, applicationNumber=f"А-{name}", resultKind=kind, reasons=f"№ {name}")
    return Choice(client, {**as_user(HEAD), "Accept-Language": "en"})


def value_of(text: str, name: str) -> str:
    return re.findall(rf'name="{name}" value="(.*?)">', text)[0]


def test_what_is_signed_is_shown_for_each(choice: Choice) -> None:
    text = choice.ask("Алма", "Бақыт")
    assert "<dt>Document</dt><dd>Licence</dd>" in text
    for name in ("Алма", "Бақыт"):
        assert f"А-{name} · Licence for design activity" in text
        assert f"<dd>№ {name}</dd>" in text
        assert f'href="/tasks/{choice.ids()[name]}"' in text
    assert "Sign all" in text


def test_kinds_are_parted_and_signed_one_after_the_other(choice: Choice) -> None:
    ids = choice.ids()
    parted = choice.ask(*ids)
    licences, refusals = parted.split('aria-labelledby="matter-')[1:]
    assert "Licence</h2>" in licences
    assert "Go on to sign 2 documents" in licences
    assert set(re.findall(r'name="task" value="([^"]*)"', licences)) == {ids["Алма"], ids["Бақыт"]}
    assert re.findall(r'name="later" value="([^"]*)"', licences) == [ids["Ғасыр"]]
    assert "Refusal</h2>" in refusals
    assert "headSignature" not in parted
    asked = choice.ask("Алма", "Бақыт", later=[ids["Ғасыр"]])
    done = choice.ask("Алма", "Бақыт", later=[ids["Ғасыр"]], data=SIGNED, matter=value_of(asked, "matter"))
    assert "Completed: 2" in done
    assert f'value="{ids["Ғасыр"]}" id="pick-{ids["Ғасыр"]}" aria-labelledby="open-{ids["Ғасыр"]}" checked' in done


def test_nothing_is_signed_but_what_was_looked_at(choice: Choice) -> None:
    matter = value_of(choice.ask("Алма"), "matter")
    for names, given in ((("Ғасыр",), matter), (("Алма", "Ғасыр"), matter), (("Алма",), "")):
        refused = choice.ask(*names, data=SIGNED, matter=given)
        assert "Something else has been prepared in the cases meanwhile" in refused
    assert len(choice.ids()) == 3


def test_the_page_takes_at_most_fifteen_statements(
    choice: Choice, start: Callable[..., str], statements: list[str]
) -> None:
    for number in range(20):
        start("design-licence", applicantName=f"Өтініш {number}", resultKind=("issued", "refusal")[number % 2])
    known = list(choice.ids().values())
    for more in ([], known[3:]):
        data = {"task": [*known[:3], *more]}
        statements.clear()
        assert choice.client.post("/tasks/bulk/decide?view=all", data=data, headers=choice.headers).status_code == 200
        assert len(statements) <= 15, "\n".join(statements)


@pytest.mark.parametrize("chosen", [("Алма", "Бақыт"), ("Алма", "Ғасыр")], ids=["one matter", "two matters"])
def test_giving_up_leaves_the_choice_as_it_was(choice: Choice, chosen: tuple[str, str]) -> None:
    known = choice.ids()
    asked = choice.ask(chosen[0], chosen[1])
    [form] = re.findall(r'<form id="cancel" method="post" action="(.*?)">(.*?)</form>', asked, re.DOTALL)
    kept = re.findall(r'name="later" value="(.*?)"', form[1])
    assert set(kept) == {known[name] for name in chosen}
    answer = choice.client.post(form[0], data={"later": kept}, headers=choice.headers)
    assert answer.status_code == 200
    assert set(re.findall(r'value="([^"]+)" id="pick-[^>]* checked', answer.text)) == set(kept)
