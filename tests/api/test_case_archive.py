"""A case as one archive: what is in it, that it can be checked without the service, and that no change goes unseen."""

import hashlib
import json
import subprocess
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

Headers = dict[str, str]
TENANT = "aktobe-gask"
CLERK, HEAD, STRANGER = f"clerk.{TENANT}", f"head.{TENANT}", "head.industrial-safety-committee"
PDF = b"%PDF-1.4\n%%EOF\n"
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="design-licence" isExecutable="true" camunda:historyTimeToLive="P1Y"><extensionElements><camunda:properties>
<camunda:property name="law.act" value="aktobe-6435"/><camunda:property name="law.edition" value="2019-10-18"/>
</camunda:properties></extensionElements><startEvent id="start"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="check"/>
<userTask id="check" name="Тексеру" camunda:candidateGroups="clerk" camunda:formRef="check"
  camunda:dueDate="${workingDays(3)}"><extensionElements><camunda:properties>
<camunda:property name="name.ru" value="Проверка"/><camunda:property name="law.clause" value="5.1"/>
</camunda:properties></extensionElements></userTask>
<sequenceFlow id="f2" sourceRef="check" targetRef="grade"/>
<businessRuleTask id="grade" name="Баға" camunda:decisionRef="grade" camunda:resultVariable="grade"
  camunda:mapDecisionResult="singleEntry"/><sequenceFlow id="f3" sourceRef="grade" targetRef="sign"/>
<callActivity id="sign" name="Қол қою" calledElement="signing"><extensionElements>
<camunda:in businessKey="#{execution.processBusinessKey}"/></extensionElements></callActivity>
<sequenceFlow id="f4" sourceRef="sign" targetRef="end"/><endEvent id="end"/></process></definitions>"""
SIGNING = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="signing" isExecutable="true" camunda:historyTimeToLive="P1Y"><startEvent id="s"/>
<sequenceFlow id="f" sourceRef="s" targetRef="sign"/><userTask id="sign" name="Жоба" camunda:candidateGroups="head"/>
<sequenceFlow id="g" sourceRef="sign" targetRef="e"/><endEvent id="e"/></process></definitions>"""
DECISION = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="t" name="t" namespace="n">
<decision id="grade" name="Баға"><decisionTable id="dt" hitPolicy="FIRST">
<input id="i"><inputExpression id="ie" typeRef="number"><text>amount</text></inputExpression></input>
<output id="o" name="grade" typeRef="string"/>
<rule id="r"><inputEntry id="e"><text>-</text></inputEntry><outputEntry id="x"><text>"good"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
FORM = {
    "type": "default",
    "id": "check",
    "components": [
        {"type": "textfield", "key": "finding", "id": "F", "label": "Қорытынды", "properties": {"label.ru": "Вывод"}}
    ],
}
Ask = Callable[..., Any]


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], Headers]) -> Ask:
    """An answer of the service, to a person."""

    def run(method: str, path: str, body: Any = None, user: str = "admin", status: int = 200) -> Any:
        answer = client.open(path, method=method, json=body, headers={**as_user(user), "Accept-Language": "ru"})
        assert answer.status_code == status, answer.text
        return answer

    return run


@pytest.fixture
def case(
    deploy: Callable[..., object],
    start: Callable[..., str],
    ask: Ask,
    client: FlaskClient,
    as_user: Callable[[str], Headers],
) -> str:
    """One that is under way: a document handed in, a step done, a decision made, a called process that waits."""
    deploy({"signing.bpmn": SIGNING, "licence.bpmn": MODEL, "check.form": FORM, "grade.dmn": DECISION})
    case = start("design-licence", business_key="B-1", applicantName="«Алма» ЖШС", amount=3)
    [task] = ask("GET", f"/engine-rest/task?processInstanceId={case}").json
    ask("POST", f"/engine-rest/task/{task['id']}/claim", {"userId": CLERK}, CLERK, 204)
    handed = {"file": (BytesIO(PDF), "../Жоспар \\ «1».pdf")}
    sent = client.post(f"/tasks/{task['id']}/documents", data=handed, headers=as_user(CLERK))
    assert sent.status_code == 303, sent.text
    told = {"message": "Жол\nкөрсетілді"}
    ask("POST", f"/engine-rest/task/{task['id']}/comment/create", told, CLERK)
    given = {
        "variables": {
            "finding": {"value": "Сай келеді"},
            "scan": {"value": "aGk=", "type": "File", "valueInfo": {"filename": "a.txt"}},
        }
    }
    ask("POST", f"/engine-rest/task/{task['id']}/complete", given, "admin", 204)
    return case


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return folder


def faults(folder: Path) -> list[str]:
    """What is wrong with an archive, by nothing but what is in it: files that differ from the manifest, rows out of the chain."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    found = [
        one["path"]
        for one in manifest["files"]
        if hashlib.sha256((folder / one["path"]).read_bytes()).hexdigest() != one["sha256"]
    ]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    found += sorted(there ^ {"manifest.json", "SHA256SUMS", *(one["path"] for one in manifest["files"])})
    before = "0" * 64
    lines = (folder / "history.chain").read_text().splitlines()
    for number, line in enumerate(lines):
        digest, _, row = line.partition(" ")
        if hashlib.sha256(f"{before} {row}".encode()).hexdigest() != digest:
            found.append(f"row {number}")
        before = digest
    if (len(lines), before) != (manifest["history"]["rows"], manifest["history"]["head"]):
        found.append("head")
    return found


def sums(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)


def chain_by_the_readme(folder: Path) -> str:
    """The last line that the commands of README.txt print."""
    commands = (folder / "README.txt").read_text().partition("In bash:\n")[2]
    done = subprocess.run(["bash", "-c", commands], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1] if "broken" not in done.stdout else done.stdout.splitlines()[0]


def test_an_archive_holds_the_whole_case_and_is_checked_without_the_service(
    ask: Ask, case: str, tmp_path: Path, statements: list[str]
) -> None:
    statements.clear()
    answer = ask("GET", f"/api/cases/{case}/archive?language=kk")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/zip", "no-store")
    folder = unpacked(answer.data, tmp_path)
    assert len(statements) <= 46, len(statements)
    assert faults(folder) == []
    assert sums(folder).returncode == 0, sums(folder).stdout
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert chain_by_the_readme(folder) == manifest["history"]["head"]
    paths = {one["path"] for one in manifest["files"]}
    assert {
        "case.pdf", "case.json", "case.schema.json", "history.chain", "README.txt", "act/act.yaml", "act/edition.json",
        f"models/{TENANT}/design-licence-v1.bpmn", f"models/{TENANT}/signing-v1.bpmn", f"forms/{TENANT}/check-v1.form",
        f"decisions/{TENANT}/grade-v1.dmn",
    } < paths  # fmt: skip
    assert (folder / f"models/{TENANT}/design-licence-v1.bpmn").read_text() == MODEL
    [document] = (folder / "documents").iterdir()
    [scan] = (folder / "files").iterdir()
    assert (document.read_bytes(), scan.read_bytes()) == (PDF, b"hi")
    assert "/" not in document.name.replace("Жоспар", "")
    pdf = (folder / "case.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-1.")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf


def test_its_json_is_as_its_schema_says_and_tells_all_of_the_case(ask: Ask, case: str, tmp_path: Path) -> None:
    folder = unpacked(ask("GET", f"/api/cases/{case}/archive").data, tmp_path)
    told = json.loads((folder / "case.json").read_bytes())
    assert misfits(told, json.loads((folder / "case.schema.json").read_bytes())) == []
    assert told["case"]["applicant"] == "«Алма» ЖШС"
    assert (told["act"]["edition"], told["act"]["clauses"][0]["cited"]["ru"]) == ("2019-10-18", "пункт 5.1")
    whole, called = told["instances"]
    assert whole["variables"]["grade"] == {"type": "String", "value": "good", "info": {}}
    assert [at["activityId"] for at in (*whole["tokens"], *called["tokens"])] == ["sign", "sign"]
    done, open_step = told["steps"]
    assert (done["state"], done["given"]["finding"], open_step["state"]) == ("completed", "Сай келеді", "open")
    assert "3 рабочих дня" in done["term"]["lines"]["ru"][0]
    rows = [json.loads(line.partition(" ")[2]) for line in (folder / "history.chain").read_text().splitlines()]
    done_at = [row["operationType"] for row in rows]
    assert done_at[0] == "Create"
    assert {"Claim", "AddDocument", "Comment", "Complete"} < set(done_at)
    [completed] = [row for row in rows if row["operationType"] == "Complete"]
    assert completed["written"]["grade"] == [None, "good"]


def misfits(value: Any, schema: Mapping[str, Any], at: str = "$") -> list[str]:
    """Where a value differs from a JSON Schema, as far as the one of the archive goes."""
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}
    named = schema.get("type", [])
    named = [named] if isinstance(named, str) else named
    if "const" in schema:
        return [] if value == schema["const"] else [at]
    if "enum" in schema:
        return [] if value in schema["enum"] else [at]
    if named and not any(value is None if one == "null" else isinstance(value, kinds[one]) for one in named):
        return [f"{at}: {value!r} is no {named}"]
    found = []
    if isinstance(value, dict):
        known, more = schema.get("properties", {}), schema.get("additionalProperties", True)
        found += [f"{at}.{name} is missing" for name in schema.get("required", ()) if name not in value]
        for name, one in value.items():
            if name in known:
                found += misfits(one, known[name], f"{at}.{name}")
            elif more is False:
                found.append(f"{at}.{name} is not described")
            elif isinstance(more, dict):
                found += misfits(one, more, f"{at}.{name}")
    if isinstance(value, list) and "items" in schema:
        found += [
            fault for number, one in enumerate(value) for fault in misfits(one, schema["items"], f"{at}[{number}]")
        ]
    return found


def test_a_changed_byte_a_lost_row_and_a_document_that_was_exchanged_are_found(
    ask: Ask, case: str, tmp_path: Path, database_engine: Engine
) -> None:
    content = ask("GET", f"/api/cases/{case}/archive").data
    changed = unpacked(content, tmp_path / "changed")
    [document] = (changed / "documents").iterdir()
    document.write_bytes(PDF.replace(b"4", b"5"))
    assert faults(changed) == [f"documents/{document.name}"]
    assert sums(changed).returncode == 1
    assert f"{document.name}: FAILED" in sums(changed).stdout
    shortened = unpacked(content, tmp_path / "shortened")
    lines = (shortened / "history.chain").read_text().splitlines(keepends=True)
    (shortened / "history.chain").write_text("".join([lines[0], *lines[2:]]))
    assert faults(shortened) == ["history.chain", "row 1", "head"]
    assert chain_by_the_readme(shortened).startswith("broken at")
    with database_engine.begin() as connection:
        connection.execute(text("UPDATE document_piece SET content = :other"), {"other": PDF.replace(b"4", b"5")})
    exchanged = unpacked(ask("GET", f"/api/cases/{case}/archive").data, tmp_path / "exchanged")
    assert faults(exchanged) == [f"documents/{document.name}"], "as it was when it was handed in"


def test_who_takes_it_out_stays_in_the_history_with_what_was_taken(ask: Ask, case: str, tmp_path: Path) -> None:
    for user, status in ((CLERK, 403), (HEAD, 403), (STRANGER, 404)):
        ask("GET", f"/api/cases/{case}/archive", user=user, status=status)
    ask("GET", f"/api/cases/{case}/archive?language=de", status=400)
    [task] = ask("GET", "/engine-rest/task?processInstanceBusinessKey=B-1").json
    ask("POST", f"/engine-rest/task/{task['id']}/complete", {}, "admin", 204)
    ask("GET", f"/api/cases/{case}/archive", user=CLERK, status=403)
    first = unpacked(ask("GET", f"/admin/instances/{case}/archive", user=HEAD).data, tmp_path / "first")
    second = unpacked(ask("GET", f"/api/cases/{case}/archive").data, tmp_path / "second")
    row = json.loads((second / "history.chain").read_text().splitlines()[-1].partition(" ")[2])
    manifest = (first / "manifest.json").read_bytes()
    assert (row["operationType"], row["userId"]) == ("Export", HEAD)
    assert row["data"]["manifest"] == hashlib.sha256(manifest).hexdigest()
    assert row["data"]["head"] == json.loads(manifest)["history"]["head"]
    assert "выгрузил(а) дело архивом" in ask("GET", f"/cases/{case}", user=HEAD).text


def test_many_megabytes_pass_without_being_held(ask: Ask, case: str, database_engine: Engine) -> None:
    copies = 100
    with database_engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO document_piece SELECT document_id, more, convert_to(repeat('x', 524288), 'UTF8') "
                "FROM document_piece, generate_series(1, :copies) AS more"
            ),
            {"copies": copies},
        )
        connection.execute(text("UPDATE document SET size = size + 524288 * :copies"), {"copies": copies})
    answer = ask("GET", f"/api/cases/{UUID(case)}/archive")
    tracemalloc.start()
    try:
        passed = sum(len(part) for part in answer.iter_encoded())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert passed > copies * 524288
    assert peak < 8 * 1024 * 1024, peak
