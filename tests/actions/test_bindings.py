"""What forms, decisions and called processes are meant: the newest, those deployed together, of a number or of a tag."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.forms.form_data import FormReference, form_source
from app.actions.models import deployments
from app.actions.models.deployments import Deployed
from app.actions.models.models import model_of
from app.actions.models.seed import seed
from app.actions.tasks import completion
from app.errors import ModelRejected
from app.store.tables import Definition, Instance, Task, User
from tests.actions.beginnings import ADMIN, TENANT, begin, begun, process
from tests.actions.test_deploy_decisions import table
from tests.features.feature_models import end, node, path, start, user

ACTS = Path(__file__).parents[2] / "bpmn"
NOW = datetime(2026, 6, 16, 6, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def bound(binding: str, version: str = "") -> dict[str, dict[str, str]]:
    """The attributes of a form, a decision and a call, each so bound."""
    suffix = "VersionTag" if binding == "versionTag" else "Version"
    names = ("formRef", "decisionRef", "calledElement")
    return {name: {f"{name}Binding": binding, **({f"{name}{suffix}": version} if version else {})} for name in names}


def caller(binding: str = "latest", version: str = "") -> bytes:
    """A user task with a form, then a decision, then a called process."""
    given = bound(binding, version)
    return process(
        "caller", start(), user("work", formRef="paper", **given["formRef"]),
        node("businessRuleTask", "decide", decisionRef="fee", resultVariable="rate", mapDecisionResult="singleEntry",
             **given["decisionRef"]),
        node("callActivity", "call", calledElement="inner", **given["calledElement"]),
        end(), path("start", "work", "decide", "call", "end"),
    )  # fmt: skip


def paper(number: int, tag: str | None = None) -> bytes:
    label = {"type": "textfield", "key": "area", "id": "f", "label": f"Area {number}"}
    return json.dumps({"id": "paper", "type": "default", "components": [label], "versionTag": tag}).encode()


def inner(number: int, tag: str) -> bytes:
    source = process("inner", start(), user("step", name=f"Step {number}"), end(), path("start", "step", "end"))
    return source.replace(b'<process id="inner"', f'<process id="inner" camunda:versionTag="{tag}"'.encode())


def targets(number: int, tag: str) -> dict[str, bytes]:
    return {
        "inner.bpmn": inner(number, tag),
        "paper.form": paper(number, tag),
        "fee.dmn": table(("-", str(number)), tag=tag),
    }


@pytest.fixture(autouse=True)
def people(session: Session) -> None:
    seed(session, ACTS, NOW, demo=False)
    session.add(User(id="admin", password_hash="-", administrator=True))
    session.flush()


def deploy(session: Session, now: datetime, files: dict[str, bytes], **options: Any) -> Deployed:
    return deployments.deploy(session, ADMIN, files, now, name="bound", tenant=TENANT, **options)


def run(session: Session, case: Instance) -> tuple[str, int, int]:
    """The label of the form, the rate of the decision and the version of the called process, as the case gets them."""
    definition = session.get_one(Definition, case.definition_id)
    asked = model_of(session, definition.id).node("work").user_task
    assert asked is not None
    form = json.loads(form_source(session, FormReference.of_task(definition, asked)))
    task = session.scalars(select(Task).where(Task.instance_id == case.id)).one()
    completion.complete(session, ADMIN, task.id, {}, LATER)
    session.flush()
    (called,) = [one for one in begun(session, "inner") if one.super_id == case.id]
    return (
        form["components"][0]["label"],
        case.variables["rate"],
        session.get_one(Definition, called.definition_id).version,
    )


@pytest.mark.parametrize(
    ("binding", "version", "number"),
    [("latest", "", 2), ("deployment", "", 1), ("version", "2", 1), ("versionTag", "one", 1), ("versionTag", "two", 2)],
)
def test_a_running_case_gets_what_its_version_is_bound_to(
    session: Session, binding: str, version: str, number: int
) -> None:
    deploy(session, NOW - timedelta(days=1), targets(9, "two"))
    deploy(session, NOW, {"caller.bpmn": caller(binding, version), **targets(1, "one")})
    running = begin(session, NOW, "caller")
    deploy(session, NOW + timedelta(hours=1), targets(2, "two"))
    expected = (f"Area {number}", number, number + 1)
    assert run(session, running) == expected
    assert run(session, begin(session, LATER, "caller")) == expected


@pytest.mark.parametrize(("binding", "made"), [("latest", {"inner": 2}), ("deployment", {"inner": 2, "caller": 2})])
def test_only_what_has_changed_gets_a_version_and_what_is_bound_to_it_by_deployment(
    session: Session, binding: str, made: dict[str, int]
) -> None:
    files = {"caller.bpmn": caller(binding), **targets(1, "one")}
    deploy(session, NOW, files)
    second = deploy(session, LATER, {**files, "inner.bpmn": inner(2, "two")}, filter_duplicates=True)
    assert {one.key: one.version for one in second.definitions} == made
    assert (second.forms, second.decisions) == ([], [])
    assert run(session, begin(session, LATER, "caller")) == ("Area 1", 1, 2)


def refused(session: Session, files: dict[str, bytes]) -> list[tuple[str, str]]:
    with pytest.raises(ModelRejected) as rejected:
        deploy(session, NOW, files)
    details: Any = rejected.value.details
    return [(one["elementId"], one["code"]) for one in details["findings"]["caller.bpmn"]]


def test_what_is_not_there_is_named_with_the_element_that_refers_to_it(session: Session) -> None:
    assert refused(session, {"caller.bpmn": caller()}) == [
        ("work", "form-unknown"),
        ("decide", "decision-unknown"),
        ("call", "process-unknown"),
    ]
    there = targets(1, "one")
    for binding, version, code in (("version", "2", "version-unknown"), ("versionTag", "two", "version-tag-unknown")):
        found = refused(session, {"caller.bpmn": caller(binding, version), **there})
        assert found == [("work", code), ("decide", code), ("call", code)]
    deploy(session, NOW, {"caller.bpmn": caller("version", "1"), **there})
    deploy(session, LATER, {"caller.bpmn": caller("versionTag", "one")})


def test_a_form_to_which_nobody_refers_is_a_warning(session: Session) -> None:
    there = targets(1, "one")
    alone = deploy(session, NOW, there)
    assert [(file, one["code"]) for file, found in alone.warnings.items() for one in found] == [
        ("paper.form", "form-unused")
    ]
    assert "paper.form" not in deploy(session, NOW, {"caller.bpmn": caller(), **there}).warnings
    assert "paper.form" not in deploy(session, LATER, {"paper.form": paper(3)}).warnings
