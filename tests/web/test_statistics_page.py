"""The page of the statistics: numbers, what is behind them, files, and a report to print."""

from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.api.models import bpmn

Headers = dict[str, str]
TENANT, ELSEWHERE = "aktobe-gask", "industrial-safety-committee"
HEAD = f"head.{TENANT}"
MODEL = bpmn(
    "design-licence",
    '<startEvent id="s"/><userTask id="work" name="Құжаттарды тексеру" camunda:candidateGroups="clerk"/><endEvent id="e"/>'
    '<sequenceFlow id="a" sourceRef="s" targetRef="work"/><sequenceFlow id="b" sourceRef="work" targetRef="e"/>',
)


@pytest.fixture
def see(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., str]:
    def run(path: str = "/admin/statistics", person: str = HEAD, status: int = 200, lang: str = "ru") -> str:
        answer = client.get(path, headers={**as_user(person), "Accept-Language": lang})
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    return run


def test_a_head_sees_the_figures_of_his_organisation(
    see: Callable[..., str], start: Callable[..., str], deploy: Callable[..., object]
) -> None:
    deploy({"one.bpmn": MODEL})
    start("design-licence")
    assert "<b>1</b><span>Поступило" in see()
    assert "<b>1</b><span>Поступило" not in see(person=f"head.{ELSEWHERE}")
    see(person=f"clerk.{TENANT}", status=403)
