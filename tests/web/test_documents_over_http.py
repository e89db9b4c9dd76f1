"""Documents over HTTP: how they come in, what is said of those that do not, and how they are given out."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.config import MEGABYTE, read
from tests.clamd import WORM, clamd
from tests.papers import EICAR, PDF, PROGRAM, docx, png

Headers = dict[str, str]
TENANT = "aktobe-gask"
CLERK, HEAD, STRANGER = f"clerk.{TENANT}", f"head.{TENANT}", "clerk.industrial-safety-committee"
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="papers" isExecutable="true"><startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
<userTask id="ask" name="Тексеру" camunda:candidateGroups="clerk"/>
<sequenceFlow id="f2" sourceRef="ask" targetRef="end"/><endEvent id="end"/></process></definitions>"""
Ask = Callable[..., TestResponse]


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], Headers]) -> Ask:
    """`ask("GET", path, person=…, lang=…, page=True, **more)`: as a script does, or as the page itself."""

    def run(method: str, path: str, person: str = CLERK, lang: str = "ru", *, page: bool = False, **more: Any) -> Any:
        headers = {**as_user(person), "Accept-Language": lang, "Accept": "text/html" if page else "application/json"}
        return client.open(path, method=method, headers=headers, **more)

    return run


@pytest.fixture
def task(deploy: Callable[..., object], start: Callable[..., str], ask: Ask) -> str:
    """A task of the clerk's."""
    deploy({"papers.bpmn": MODEL})
    instance = start("papers")
    [found] = ask("GET", f"/engine-rest/task?processInstanceId={instance}").json  # type: ignore[misc]
    assert ask("POST", f"/tasks/{found['id']}/claim", page=True).status_code == 303
    return str(found["id"])


def plain(ask: Ask, task: str, content: bytes, name: str, **more: Any) -> TestResponse:
    return ask("POST", f"/tasks/{task}/documents", page=True, data={"file": (BytesIO(content), name)}, **more)


def uploaded(ask: Ask, task: str | None, content: bytes, name: str, **more: Any) -> TestResponse:
    """Sent as the script of the pages does; gives the last answer."""
    begun = ask("POST", "/documents", json={"task": task, "name": name, "size": len(content)}, **more)
    if begun.status_code != 201:
        return begun
    assert begun.json is not None
    at, piece = f"/documents/{begun.json['id']}", begun.json["piece"]
    for number, start in enumerate(range(0, len(content), piece)):
        sent = ask("PUT", f"{at}/pieces/{number}", data=content[start : start + piece], **more)
        assert sent.status_code == 204
    return ask("POST", f"{at}/arrived", **more)


def test_a_plain_form_uploads_several_files_and_comes_back(ask: Ask, task: str) -> None:
    files = [(BytesIO(PDF), "Өтініш.pdf"), (BytesIO(png()), "сурет.png")]
    answer = ask("POST", f"/tasks/{task}/documents", page=True, data={"file": files})
    assert (answer.status_code, answer.location) == (303, f"/tasks/{task}#documents")
    shown = ask("GET", f"/tasks/{task}/documents", page=True).text
    assert "Өтініш.pdf" in shown
    assert "сурет.png" in shown


def test_a_file_that_the_task_has_already_is_said_to_be_there(ask: Ask, task: str) -> None:
    first = uploaded(ask, task, PDF, "Өтініш.pdf").json
    assert uploaded(ask, task, PDF, "көшірме.pdf").json == first
    files = [(BytesIO(PDF), "тағы.pdf"), (BytesIO(png()), "сурет.png")]
    assert ask("POST", f"/tasks/{task}/documents", page=True, data={"file": files}).status_code == 303
    text = ask("GET", f"/tasks/{task}", page=True).text
    assert "Этот файл уже приложен к задаче: Өтініш.pdf." in text
    assert "сурет.png" in text
    assert "тағы.pdf" not in text
    assert "көшірме.pdf" not in text


def test_if_one_file_of_a_form_is_refused_none_is_kept(ask: Ask, task: str) -> None:
    files = [(BytesIO(PDF), "a.pdf"), (BytesIO(PROGRAM), "b.pdf")]
    assert ask("POST", f"/tasks/{task}/documents", page=True, data={"file": files}).status_code == 422
    assert "a.pdf" not in ask("GET", f"/tasks/{task}/documents", page=True).text


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (PROGRAM, "a.pdf", ("Файлдың аты PDF дейді", "Файл назван PDF", "The file is called PDF")),
        (PROGRAM, "a.exe", ("Мұндай файл қабылданбайды", "Такие файлы не принимаются", "Such files are not accepted")),
        (EICAR, "a.pdf", ("вирусқа тән белгі", "признак вируса", "The mark of a virus")),
        (b"", "a.pdf", ("Файл бос", "Файл пуст", "The file is empty")),
        (docx(**{"word/vbaProject.bin": b"x"}), "a.docx", ("макростар бар", "есть макросы", "There are macros")),
    ],
)
def test_a_refusal_says_what_is_wrong_in_each_language(
    ask: Ask, task: str, content: bytes, name: str, said: tuple[str, str, str]
) -> None:
    for lang, words in zip(("kk", "ru", "en"), said, strict=True):
        assert words in plain(ask, task, content, name, lang=lang).text
        answer = uploaded(ask, task, content, name, lang=lang)
        assert answer.status_code == 422
        assert answer.json is not None
        assert words in answer.json["said"]


def test_a_file_over_the_limit_is_refused_before_it_is_sent_and_as_a_form(ask: Ask, task: str, app: Flask) -> None:
    limit = app.extensions["settings"].file_limit
    announced = ask("POST", "/documents", json={"task": task, "name": "a.pdf", "size": limit + 1})
    assert (announced.status_code, announced.json["said"][:24]) == (413, "Файл слишком большой: до")  # type: ignore[index]
    assert "Файл слишком большой" in plain(ask, task, PDF + bytes(limit), "a.pdf").text
    assert "Файл слишком большой" in plain(ask, task, PDF + bytes(limit + 2 * MEGABYTE), "a.pdf").text
    fits = plain(ask, task, PDF + bytes(limit - len(PDF)), "a.pdf")
    assert fits.status_code == 303


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"name": 5, "size": 1},
        {"name": "a", "size": "1"},
        {"name": "a", "size": True},
        {"name": "a", "size": 1, "task": "x"},
        {"name": "a", "size": 1, "task": 5},
    ],  # fmt: skip
)
def test_an_announcement_that_makes_no_sense_is_refused(ask: Ask, body: object) -> None:
    answer = ask("POST", "/documents", data=json.dumps(body), content_type="application/json")
    assert answer.status_code == 400


def test_a_form_without_a_file_says_so(ask: Ask, task: str) -> None:
    answer = ask("POST", f"/tasks/{task}/documents", page=True, data={"file": (BytesIO(b""), "")})
    assert (answer.status_code, "Файл не выбран" in answer.text) == (422, True)


def test_a_download_is_never_a_page_of_this_site(ask: Ask, task: str) -> None:
    added = uploaded(ask, task, PDF, "Өтініш «А».pdf").json
    assert added is not None
    answer = ask("GET", f"/documents/{added['id']}/content")
    assert answer.data == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == str(len(PDF))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%D3%A8")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_only_what_browsers_show_is_shown_within_our_pages(ask: Ask, task: str) -> None:
    for content, name, how, framed in (
        (PDF, "a.pdf", "inline", "SAMEORIGIN"),
        (png(), "a.png", "inline", "SAMEORIGIN"),
        (docx(), "a.docx", "attachment", "DENY"),
    ):
        added = uploaded(ask, task, content, name).json
        assert added is not None
        answer = ask("GET", f"/documents/{added['id']}/content?shown")
        assert answer.headers["Content-Disposition"].partition(";")[0] == how
        assert answer.headers["X-Frame-Options"] == framed
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        page = ask("GET", f"/documents/{added['id']}", page=True).text
        assert ('class="preview"' in page) == (how == "inline")


def test_another_organisation_and_nobody_get_nothing(ask: Ask, task: str, client: FlaskClient) -> None:
    added = uploaded(ask, task, PDF, "a.pdf").json
    assert added is not None
    at = f"/documents/{added['id']}"
    for method, path in (
        ("GET", at), ("GET", f"{at}/content"), ("DELETE", at), ("POST", f"{at}/delete"), ("POST", f"{at}/arrived"),
        ("PUT", f"{at}/pieces/0"), ("GET", f"/tasks/{task}/documents"),
    ):  # fmt: skip
        assert ask(method, path, person=STRANGER).status_code == 404
        assert client.open(path, method=method).status_code == 302
    assert plain(ask, task, PDF, "b.pdf", person=STRANGER).status_code == 404
    assert ask("GET", f"{at}/content").data == PDF


def test_a_document_is_deleted_by_script_and_by_form(ask: Ask, task: str) -> None:
    first, second = (uploaded(ask, task, PDF + one, f"{one!r}.pdf").json or {} for one in (b"1", b"2"))
    assert ask("DELETE", f"/documents/{first['id']}").status_code == 204
    answer = ask("POST", f"/documents/{second['id']}/delete", page=True)
    assert (answer.status_code, answer.location) == (303, f"/tasks/{task}#documents")
    assert ask("GET", f"/documents/{first['id']}").status_code == 404
    assert "Документов пока нет." in ask("GET", f"/tasks/{task}/documents", page=True).text


def test_names_are_written_as_text(ask: Ask, task: str) -> None:
    uploaded(ask, task, PDF, '<img src=x onerror="a()">.pdf')
    for path in (f"/tasks/{task}/documents", f"/tasks/{task}"):
        text = ask("GET", path, page=True).text
        assert "<img" not in text
        assert "&lt;img" in text


def test_the_list_takes_as_many_statements_however_long_it_is(ask: Ask, task: str, statements: list[str]) -> None:
    counts = []
    for byte in (b"a", b"b"):
        for number in range(4):
            uploaded(ask, task, PDF + byte * number, f"{number}.pdf")
        ask("GET", f"/tasks/{task}/documents", page=True)
        statements.clear()
        ask("GET", f"/tasks/{task}/documents", page=True)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 11, "\n".join(statements)


def test_the_settings_name_the_limit_and_the_folder() -> None:
    given = read({"REGLAMENT_FILE_LIMIT": "5", "REGLAMENT_FILES": "/srv/papers"})
    assert (given.file_limit, str(given.files)) == (5 * MEGABYTE, "/srv/papers")
    assert (read({}).file_limit, read({}).files) == (20 * MEGABYTE, None)
    with pytest.raises(ValueError, match="REGLAMENT_FILE_LIMIT"):
        read({"REGLAMENT_FILE_LIMIT": "0"})


@pytest.mark.parametrize(
    ("given", "scanner"),
    [
        ("clamd.local:3310", ("clamd.local", 3310)),
        (" 127.0.0.1:3310 ", ("127.0.0.1", 3310)),
        ("[::1]:1", ("::1", 1)),
        ("", None),
    ],
)
def test_the_settings_name_the_virus_scanner(given: str, scanner: tuple[str, int] | None) -> None:
    assert read({"REGLAMENT_CLAMD": given}).clamd == scanner


@pytest.mark.parametrize(
    "given", ["clamd", "clamd:", ":3310", "clamd:0", "clamd:99999", "clamd:x", "clamd:1/a", "[::1"]
)
def test_a_virus_scanner_without_host_and_port_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="REGLAMENT_CLAMD"):
        read({"REGLAMENT_CLAMD": given})


def test_what_the_scanner_finds_is_refused_and_without_its_answer_nothing_is_taken(
    ask: Ask, task: str, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("Антивирус жауап бермейді", "Антивирус не отвечает", "The virus scanner does not answer")
    with clamd() as scanner:
        settings = replace(app.extensions["settings"], clamd=scanner.address)
        monkeypatch.setitem(app.extensions, "settings", settings)
        assert uploaded(ask, task, PDF, "a.pdf").status_code == 200
        assert plain(ask, task, PDF + WORM, "b.pdf").status_code == 422
        assert "признак вируса" in (uploaded(ask, task, PDF + WORM, "c.pdf").json or {})["said"]
        assert len(scanner.scanned) == 3
    for lang, said in zip(("kk", "ru", "en"), words, strict=True):
        answers = plain(ask, task, PDF, "d.pdf", lang=lang), uploaded(ask, task, PDF, "e.pdf", lang=lang)
        for answer in answers:
            assert answer.status_code == 503
            assert said in (answer.text if answer.json is None else answer.json["said"])
    shown = ask("GET", f"/tasks/{task}/documents", page=True).text
    assert [name for name in "abcde" if f"{name}.pdf" in shown] == ["a"]


def test_the_operation_log_tells_of_documents(ask: Ask, task: str) -> None:
    uploaded(ask, task, PDF, "a.pdf")
    log = ask(
        "GET", f"/engine-rest/history/user-operation?taskId={task}&operationType=AddDocument", person="admin"
    ).json
    assert [(one["property"], one["orgValue"], one["newValue"], one["userId"]) for one in log or ()] == [
        ("document", None, "a.pdf", CLERK)
    ]


def test_documents_are_attachments_of_the_dialect_for_who_sees_the_task(ask: Ask, task: str) -> None:
    added = uploaded(ask, task, PDF, "Өтініш.pdf").json
    assert added is not None
    at = f"/engine-rest/task/{task}/attachment"
    [row] = ask("GET", at).json  # type: ignore[misc]
    assert (row["id"], row["name"], row["type"], row["taskId"]) == (added["id"], "Өтініш.pdf", "application/pdf", task)
    assert ask("GET", f"{at}/{row['id']}").json == row
    data = ask("GET", f"{at}/{row['id']}/data")
    assert (data.data, data.headers["Content-Type"]) == (PDF, "application/octet-stream")
    assert [ask("GET", f"{at}{path}", person=STRANGER).status_code for path in ("", f"/{row['id']}")] == [404, 404]
    assert ask("GET", f"{at}/{task}").status_code == 404


def attached(ask: Ask, task: str, content: bytes | None, filename: str = "scan.pdf", **parts: str) -> TestResponse:
    data: dict[str, Any] = {name.replace("_", "-"): value for name, value in parts.items()}
    if content is not None:
        data["content"] = (BytesIO(content), filename)
    more = {"person": data.pop("person", CLERK), "lang": data.pop("lang", "ru")}
    return ask("POST", f"/engine-rest/task/{task}/attachment/create", data=data, **more)


def test_an_attachment_comes_in_as_a_document_of_the_step_and_goes_with_its_sender_alone(ask: Ask, task: str) -> None:
    at = f"/engine-rest/task/{task}/attachment"
    said = {"attachment_name": "Паспорт № 5.1", "attachment_description": "Бірінші бет", "attachment_type": "image/png"}
    made = attached(ask, task, PDF, **said)
    row = made.json
    assert row is not None
    assert (made.status_code, row["name"], row["description"], row["type"], row["taskId"]) == (
        200, "Паспорт № 5.1.pdf", "Бірінші бет", "application/pdf", task,
    )  # fmt: skip
    assert ask("GET", at).json == [row]
    assert ask("GET", f"{at}/{row['id']}/data").data == PDF
    shown = ask("GET", f"/tasks/{task}/documents", page=True).text
    assert "Паспорт № 5.1.pdf" in shown
    assert "Бірінші бет" in shown
    assert (attached(ask, task, PDF).json or {})["id"] == row["id"]  # the same bytes are there once
    [listed] = ask("GET", "/engine-rest/task?withCommentAttachmentInfo=true").json  # type: ignore[misc]
    assert (listed["attachment"], listed["comment"]) == (True, False)
    assert ask("DELETE", f"{at}/{row['id']}", person=STRANGER).status_code == 404
    assert ask("DELETE", f"{at}/{row['id']}", person="admin").status_code == 403
    assert ask("DELETE", f"{at}/{task}").status_code == 404
    assert ask("DELETE", f"{at}/{row['id']}").status_code == 204
    assert ask("GET", at).json == []
    [listed] = ask("GET", "/engine-rest/task?withCommentAttachmentInfo=true").json  # type: ignore[misc]
    assert listed["attachment"] is False


def test_an_attachment_is_checked_as_a_document_is(app: Flask, ask: Ask, task: str, monkeypatch: Any) -> None:
    for content, parts, said in (
        (PROGRAM, {}, "Файл назван PDF"),
        (b"", {}, "Файл пуст"),
        (None, {}, "Файл не выбран"),
        (None, {"url": "https://example.kz/a.pdf"}, "Ссылка не может быть документом"),
        (PDF, {"url": "https://example.kz/a.pdf"}, "Ссылка не может быть документом"),
    ):
        answer = attached(ask, task, content, **parts)
        assert (answer.status_code, (answer.json or {})["type"]) == (400, "InvalidRequestException")
        assert said in (answer.json or {})["message"]
    assert attached(ask, task, PDF, person=STRANGER).status_code == 404
    assert attached(ask, task, PDF, person="designer.aktobe-gask").status_code == 404
    with clamd() as scanner:
        settings = replace(app.extensions["settings"], clamd=scanner.address)
        monkeypatch.setitem(app.extensions, "settings", settings)
        assert "признак вируса" in (attached(ask, task, PDF + WORM).json or {})["message"]
    unanswered = attached(ask, task, PDF)
    assert (unanswered.status_code, (unanswered.json or {})["type"]) == (503, "RestException")
    assert ask("GET", f"/engine-rest/task/{task}/attachment").json == []
