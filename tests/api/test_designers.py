"""Designers: they deploy, edit and try the models of their organisation, and see no case by that."""

from collections.abc import Callable
from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api.models import ONE_TASK

OWN, OTHER = "aktobe-gask", "industrial-safety-committee"
DESIGNER = f"designer.{OWN}"
CREATE = "/engine-rest/deployment/create"
AsUser = Callable[[str], dict[str, str]]


def sent(client: FlaskClient, headers: dict[str, str], tenant: str | None, model: str = ONE_TASK) -> TestResponse:
    fields = {} if tenant is None else {"tenant-id": tenant}
    return client.post(CREATE, data={**fields, "one.bpmn": (BytesIO(model.encode()), "one.bpmn")}, headers=headers)


def test_a_designer_deploys_for_his_organisation_alone(client: FlaskClient, as_user: AsUser) -> None:
    assert sent(client, as_user(DESIGNER), OWN).status_code == 200
    for person, tenant in ((DESIGNER, OTHER), (DESIGNER, None), (f"head.{OWN}", OWN)):
        refused = sent(client, {**as_user(person), "Accept-Language": "ru"}, tenant)
        assert (refused.status_code, refused.json["type"]) == (403, "AuthorizationException")
        assert "проектировщик" in refused.json["message"]


def test_a_refused_model_is_told_in_the_language_that_the_designer_has_chosen(app: Flask, as_user: AsUser) -> None:
    browser = app.test_client()
    wrong = ONE_TASK.replace("isExecutable", 'camunda:versionTag="" isExecutable').replace("userTask", "scriptTask")
    english = {**as_user(DESIGNER), "Accept-Language": "en-US,en;q=0.9"}
    told = sent(app.test_client(), english, OWN, wrong).json
    assert told is not None
    signed = browser.post("/sign-in", data={"username": DESIGNER, "password": "demo"})
    assert signed.status_code == 303
    browser.post("/look", data={"language": "kk"})
    chosen = sent(app.test_client(), english, OWN, wrong).json
    assert chosen is not None
    for answer, language in ((told, "en"), (chosen, "kk")):
        assert answer["message"].startswith("ENGINE-09005 Could not parse BPMN process. Errors: one.bpmn: ")
        [found] = answer["details"]["one.bpmn"]["errors"][:1]
        [kept] = answer["findings"]["one.bpmn"][:1]
        assert found["message"].startswith(kept["message"][language])
        assert found["mainElementId"] == kept["elementId"]


def test_the_desktop_modeler_may_send_a_password_and_a_page_from_a_disk_may_not(
    client: FlaskClient, as_user: AsUser
) -> None:
    """Camunda Modeler's window is of the origin `file://`; a page that a browser opens from a disk is of `null`."""
    crossing = {**as_user(DESIGNER), "Sec-Fetch-Site": "cross-site"}
    assert sent(client, {**crossing, "Origin": "file://"}, OWN).status_code == 200
    assert sent(client, {**crossing, "Origin": "null"}, OWN).status_code == 403
