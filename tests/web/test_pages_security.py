"""What the pages refuse: other sites, ended sessions, guesses, and addresses and bodies that make no sense."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app.actions.people.guessing import ATTEMPTS
from app.http.auth import COOKIE
from app.http.bodies import DEPTH_LIMIT
from app.store.tables import Document, Task
from app.wsgi import create_app
from tests.api.models import ONE_TASK

Headers = dict[str, str]
TENANT = "aktobe-gask"
CLERK = f"clerk.{TENANT}"
KNOWN = {"name": "claim", "tenant": TENANT, "key": "oneTask", "what": "claim", "number": 1, "notice_id": 1}
STRANGE = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


def sign_in(client: FlaskClient, name: str = CLERK, password: str = "demo", onward: str = "/tasks") -> Any:
    return client.post("/sign-in", data={"username": name, "password": password, "next": onward})


@pytest.fixture
def signed_in(client: FlaskClient) -> FlaskClient:
    assert sign_in(client).status_code == HTTPStatus.SEE_OTHER
    return client


@pytest.fixture
def task(deploy: Any, start: Any, signed_in: FlaskClient, database_engine: Engine) -> Iterator[str]:
    """One that the clerk has taken."""
    deploy({"one.bpmn": ONE_TASK})
    start("oneTask")
    with Session(database_engine) as session:
        found = str(session.scalars(select(Task.id)).one())
    assert signed_in.post(f"/tasks/{found}/claim").status_code == HTTPStatus.SEE_OTHER
    return found


def addresses(app: Flask, *, changing: bool) -> list[tuple[str, str]]:
    """Method and address of every page that changes something, or of every one that does not."""
    urls = app.url_map.bind("localhost")
    return [
        (method, urls.build(rule.endpoint, {name: _known(rule, name) for name in rule.arguments}, method))
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods or ())
        if rule.endpoint.startswith("web.")
        if (method in ("POST", "PUT", "DELETE") if changing else method == "GET")
    ]


def _known(rule: Rule, name: str) -> Any:
    """One of those that the address takes, where only some are."""
    some = getattr(rule._converters[name], "items", ())
    return KNOWN[name] if not some and name in KNOWN else min(some, default=uuid4())


# -- other sites ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("strange", STRANGE, ids=str)
def test_no_page_changes_anything_for_a_page_of_another_site(
    app: Flask, signed_in: FlaskClient, strange: Headers
) -> None:
    answers = {one: signed_in.open(one[1], method=one[0], headers=strange) for one in addresses(app, changing=True)}
    assert len(answers) > 20
    assert not {one: answer.status_code for one, answer in answers.items() if answer.status_code != 403}
    assert signed_in.get("/settings").status_code == 200


@pytest.mark.parametrize("strange", STRANGE, ids=str)
def test_a_password_that_the_browser_remembers_is_no_help_to_another_site(
    client: FlaskClient, as_user: Callable[[str], Headers], strange: Headers
) -> None:
    for path in ("/notices/read", "/engine-rest/task"):
        assert client.post(path, headers=as_user(CLERK) | strange).status_code == 403


def test_a_site_of_the_settings_sends_a_password(app: Flask, as_user: Callable[[str], Headers]) -> None:
    settings = replace(app.extensions["settings"], cors_origins=("https://tasks.example.kz",))
    client = create_app(settings).test_client()
    ours = {"Origin": "https://tasks.example.kz", "Sec-Fetch-Site": "cross-site"}
    assert client.post("/engine-rest/task", json={}, headers=as_user(CLERK) | ours).status_code == 200
    sign_in(client)
    assert client.post("/engine-rest/task", json={}, headers=ours).status_code == 403


# -- sessions -------------------------------------------------------------------------------------------------------


def test_a_session_that_was_ended_opens_nothing_any_more(signed_in: FlaskClient) -> None:
    kept = signed_in.get_cookie(COOKIE)
    assert kept is not None
    assert signed_in.post("/sign-out").status_code == HTTPStatus.SEE_OTHER
    signed_in.set_cookie(COOKIE, kept.value)
    assert signed_in.get("/tasks").location == "/sign-in?next=/tasks".replace("=/", "=%2F")


def test_signing_in_makes_a_session_of_its_own(client: FlaskClient) -> None:
    client.set_cookie(COOKIE, "chosen-by-somebody-else")
    assert sign_in(client).status_code == HTTPStatus.SEE_OTHER
    kept = client.get_cookie(COOKIE)
    assert kept is not None
    assert kept.value != "chosen-by-somebody-else"
    assert (kept.http_only, kept.same_site, kept.path, kept.origin_only) == (True, "Lax", "/", True)


def test_a_cookie_of_the_session_keeps_to_https_where_the_settings_say_so(app: Flask) -> None:
    client = create_app(replace(app.extensions["settings"], secure_cookies=True)).test_client()
    sign_in(client)
    kept = client.get_cookie(COOKIE)
    assert kept is not None
    assert kept.secure


def test_who_guesses_passwords_on_the_page_is_stopped(client: FlaskClient) -> None:
    """Not told that he is right at last, although the person has just signed in elsewhere."""
    assert sign_in(client).status_code == 303
    client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    statuses = [sign_in(client, password=f"wrong {number}").status_code for number in range(ATTEMPTS + 1)]
    assert statuses == [401] * ATTEMPTS + [429]
    assert sign_in(client).status_code == 429


@pytest.mark.parametrize(
    "onward",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/\t/evil.example", "//["]
    + ["/tasks\r\nSet-Cookie: a=b", "evil.example", "\\\\evil.example", "/\u2028", " /tasks", "///evil.example"],
)
def test_signing_in_leads_nowhere_else(client: FlaskClient, onward: str) -> None:
    for answer in (sign_in(client, onward=onward), client.post("/look", data={"next": onward})):
        assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, "/")
    assert client.get("/sign-in", query_string={"next": onward}).status_code == 200


# -- what a browser is told beside the page ------------------------------------------------------------------------


def test_every_answer_says_what_it_may_load_and_is_kept_by_nobody(app: Flask, signed_in: FlaskClient) -> None:
    asked = [("GET", "/nowhere"), ("DELETE", "/tasks"), *addresses(app, changing=False)]
    seen = set()
    for method, path in asked:
        if path in ("/events",) or path.startswith("/static/"):
            continue
        answer = signed_in.open(path, method=method)
        seen.add(answer.status_code)
        assert answer.headers["Cache-Control"] == "no-store", path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert answer.headers["X-Frame-Options"] == "DENY", path
        if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303):
            policy = answer.headers["Content-Security-Policy"]
            assert "unsafe" not in policy
            assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert seen >= {200, 302, 403, 404, 405}


def test_what_somebody_writes_is_shown_as_it_is_written(task: str, signed_in: FlaskClient) -> None:
    hostile = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"
    assert signed_in.post(f"/tasks/{task}/comment", data={"message": hostile}).status_code == 303
    assert signed_in.post("/tasks/filters", query_string={"q": hostile}, data={"name": hostile[:60]}).status_code == 303
    for path in (f"/tasks/{task}", "/tasks/filters", "/tasks", "/cases", "/start", "/sign-in"):
        answer = signed_in.get(path, query_string={"q": hostile, "next": f"/{hostile}"})
        assert answer.status_code == 200
        assert not [one for one in ("<script>alert", "<img") if one in answer.text], path


# -- what makes no sense --------------------------------------------------------------------------------------------

SENSELESS = ["", "-1", "9e99", "1" * 5_000, "\0", "\ud800", "x" * 5_000, "٣", "NaN", "%", "'--", "\u202e", "\r\nA: 1"]
ASKED = {
    "/tasks": ["view", "q", "service", "step", "role", "organisation", "due", "assignee", "sort", "from", "no-such"],
    "/cases": ["q", "service", "state", "overdue", "before", "after"],
    "/start": ["q"],
    "/notices": ["before"],
    "/team": ["organisation"],
    "/team/tasks": ["organisation", "assignee", "service", "step", "role", "late", "from"],
    "/absences": ["organisation", "from"],
    "/admin/statistics/cases": ["ground", "after"],
}


@pytest.mark.parametrize("path", ASKED)
def test_an_address_that_makes_no_sense_is_answered_with_a_page(client: FlaskClient, path: str) -> None:
    sign_in(client, f"head.{TENANT}")
    for name in ASKED[path]:
        for value in SENSELESS:
            text = value.encode(errors="surrogatepass")
            answer = client.get(path, query_string={name: [text, text]})
            assert answer.status_code == 200, (name, value[:20])


@pytest.mark.parametrize(
    "path",
    ["/notices/" + "9" * 30, "/notices/" + "9" * 5_000, "/tasks/%00", "/cases/x", "/start/%00/x", "/static/../wsgi.py"]
    + ["/static/%2e%2e/errors.py", "/static/a%00b", f"/documents/{uuid4()}/pieces/" + "9" * 5_000, "/start/a/b"],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_an_address_of_nothing_is_answered_with_that(signed_in: FlaskClient, path: str, method: str) -> None:
    assert signed_in.open(path, method=method).status_code in ((204, 404) if method == "OPTIONS" else (404, 405))


@pytest.mark.parametrize("asked", ["q=", "no-such", "=", "%", "view=&q=", "q=%FF", "x" * 5_000])
def test_whatever_list_was_looked_at_the_way_back_to_it_ends(signed_in: FlaskClient, asked: str) -> None:
    assert signed_in.get(f"/tasks?{asked}").status_code == 200
    assert signed_in.get("/tasks", follow_redirects=True).status_code == 200


DEEP = DEPTH_LIMIT * 100
NO_OBJECTS = ["", "{", "[]", "null", '"x"', '{"a":NaN}', '{"a":1e999', '{"a":"\\ud800"}', '{"\\ud800":1}']
NO_OBJECTS += ['{"a":' * DEEP + "1" + "}" * DEEP, '{"a":' + "[" * 101 + "]" * 101 + "}", "{}".encode("utf-16")]


@pytest.mark.parametrize("body", NO_OBJECTS, ids=lambda body: repr(body[:20]))
def test_what_is_no_object_in_json_changes_nothing(
    task: str, signed_in: FlaskClient, database_engine: Engine, body: str | bytes
) -> None:
    for method, path in (("PUT", "draft"), ("POST", "complete")):
        answer = signed_in.open(f"/tasks/{task}/{path}", method=method, data=body, content_type="application/json")
        assert answer.status_code == 400
    assert signed_in.post("/documents", data=body, content_type="application/json").status_code == 400
    if body:
        path = f"/start/{TENANT}/oneTask/{uuid4()}"
        assert signed_in.post(path, data=body, content_type="application/json").status_code == 400
    assert signed_in.post("/tasks/bulk/decide", data={"task": task, "data": body}).status_code == 400
    with Session(database_engine) as session:
        kept = session.scalars(select(Task)).one()
        assert (kept.ended_at, kept.draft) == (None, None)
        assert session.scalar(select(func.count()).select_from(Document)) == 0


def test_a_draft_that_cannot_be_kept_is_refused(task: str, signed_in: FlaskClient) -> None:
    for value in ("x" * 300_000, ["x"] * 100_000):
        assert signed_in.put(f"/tasks/{task}/draft", json={"a": value}).status_code == 400
    for value in ("a\0b", 9**30, -(10**300), {"__proto__": {"a": 1}}, "\u202e", "💩"):
        assert signed_in.put(f"/tasks/{task}/draft", json={"a": value}).status_code == 200
        assert signed_in.get(f"/tasks/{task}").status_code == 200


@pytest.mark.parametrize("cookie", ["", "=", "\xff", "x" * 3_000, '"', "%00", "{}"])
def test_a_cookie_that_makes_no_sense_is_none(client: FlaskClient, cookie: str) -> None:
    for name in (COOKIE, "reglament_list", "reglament_language", "reglament_theme"):
        client.set_cookie(name, cookie)
    assert client.get("/sign-in").status_code == 200
    assert client.get("/tasks").status_code == 302
    sign_in(client)
    client.set_cookie("reglament_list", cookie)
    assert client.get("/tasks", follow_redirects=True).status_code == 200


def test_a_form_of_senseless_parts_is_refused(task: str, signed_in: FlaskClient) -> None:
    path = f"/tasks/{task}/documents"
    for kind in ("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "x" * 300):
        assert signed_in.post(path, data=b"--x\r\nnonsense", content_type=kind).status_code in (400, 422)
    many = b"".join(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' for _ in range(1_000)) + b"--x--\r\n"
    assert signed_in.post(path, data=many, content_type="multipart/form-data; boundary=x").status_code == 413
    assert UUID(task)
