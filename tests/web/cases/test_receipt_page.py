"""The receipt: what it says of an application, in which languages."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient

from tests.web.cases.licence import APPLICANT, CLERK, GIVEN

Headers = dict[str, str]


def test_the_receipt_names_what_was_received_in_kazakh_and_russian(
    get: Callable[..., str], send: Callable[..., Any], statements: list[str]
) -> None:
    path = send(str(uuid4()), {**GIVEN, "attachedDocuments": "Өтініш;\n\nДиплом"}).json["next"]
    get(path)
    statements.clear()
    text = get(path, lang="en")
    assert len(statements) <= 10, "\n".join(statements)
    for words in ("Өтініштің қабылданғаны туралы қолхат", "Расписка о приёме заявления", "«Алма» ЖШС", "180540012343"):
        assert words in text
    for words in ("электр желілеріне қосуға рұқсат беру", "Выдача разрешения на подключение", "K-", "Временный номер"):
        assert words in text
    assert re.findall("<li>([^<]+)</li>", text) == ["Өтініш", "Диплом"]
    assert "Всего: 2" in text
    assert "Электронные копии" not in text
    assert f"<span>{CLERK}</span>" in text
    assert "Receipt for an application" in text
    assert "Receipt for an application" not in get(path, lang="kk")


def test_nobody_has_received_what_an_applicant_has_sent_himself(
    get: Callable[..., str], send: Callable[..., Any]
) -> None:
    path = send(str(uuid4()), GIVEN, APPLICANT).json["next"]
    text = get(path, APPLICANT)
    assert APPLICANT not in text.partition("<article")[2]
    assert "заявление поступило в электронном виде" in text


def test_who_completes_the_step_that_gives_the_number_is_led_to_the_receipt(
    get: Callable[..., str], send: Callable[..., Any], client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    path = send(str(uuid4()), GIVEN).json["next"]
    [task] = client.get("/engine-rest/task", headers=as_user("admin")).json
    headers = {**as_user(CLERK), "Accept": "application/json"}
    led = client.post(f"/tasks/{task['id']}/complete", json={}, headers=headers).json["next"]
    assert led == f"{path}?registered="
    text = get(led)
    number = re.search(r"<b>(А-[0-9]{4}-[0-9]{6})</b>", text)
    assert number is not None
    assert f"зарегистрировано под номером {number[1]}. Распечатайте расписку" in text
    assert re.search(r"День выдачи результата</span></th><td><b>[0-9.]{10}</b>\s*</td>", text)
    assert "минут" not in text
