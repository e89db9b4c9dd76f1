"""What went wrong, told as pages: each in the language of the person, each with what to do."""

import re
from collections.abc import Callable, Mapping
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.api.replies import BODY_LIMIT
from app.domain.terms.calendar import LANGUAGES
from app.web.words.errors import ERRORS

CLERK = "clerk.aktobe-gask"
NOBODY = "00000000-0000-0000-0000-000000000001"
Headers = Mapping[str, str]

ASKED: Mapping[str, tuple[int, str, Callable[[FlaskClient, Headers], TestResponse]]] = {
    "not there": (404, "error-not-found", lambda client, who: client.get(f"/documents/{NOBODY}", headers=who)),
    "leads nowhere": (404, "error-not-found", lambda client, who: client.get("/nowhere", headers=who)),
    "not allowed": (403, "error-forbidden", lambda client, who: client.get("/team", headers=who)),
    "too much": (
        413,
        "error-too-large",
        lambda client, who: client.post("/tasks/bulk/comment", data={"message": "x" * (BODY_LIMIT + 1)}, headers=who),
    ),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ASKED)
def test_a_failure_is_told_in_the_language_of_the_person(
    client: FlaskClient, as_user: Callable[[str], Headers], name: str, lang: str
) -> None:
    status, key, ask = ASKED[name]
    answer = ask(client, {**as_user(CLERK), "Accept": "text/html", "Accept-Language": lang})
    page = unescape(answer.text)
    assert answer.status_code == status
    assert f"<h1>{ERRORS[key].get(lang)}</h1>" in page
    assert ERRORS[f"{key}-do"].get(lang) in page
    if lang != "en":
        shown = re.sub(r"<script.*?</script>|<[^>]*>", " ", page[page.index("<main") :], flags=re.DOTALL)
        assert not re.findall(r"[A-Za-z]{2,}", shown)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_failure_that_nobody_foresaw_is_told_as_well(
    app: Flask, client: FlaskClient, as_user: Callable[[str], Headers], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("secret")

    monkeypatch.setitem(app.view_functions, "web.notices.listed", fail)
    answer = client.get("/notices", headers={**as_user(CLERK), "Accept": "text/html", "Accept-Language": lang})
    assert answer.status_code == 500
    assert ERRORS["error-internal"].get(lang) in unescape(answer.text)
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("path", "beside"),
    [
        ("/look", "/"),
        ("/sign-out", "/"),
        ("/tasks/next", "/tasks"),
        (f"/tasks/{NOBODY}/hold", f"/tasks/{NOBODY}"),
        ("/settings/absences", "/settings"),
    ],
)
def test_a_browser_that_opens_what_is_only_sent_to_is_led_beside_it(
    client: FlaskClient, path: str, beside: str
) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.location) == (302, beside)


def test_a_program_that_asks_so_is_told_that_the_method_is_wrong(client: FlaskClient) -> None:
    assert client.get("/look", headers={"Accept": "application/json"}).status_code == 405
    assert client.delete("/tasks", headers={"Accept": "text/html"}).status_code == 405
