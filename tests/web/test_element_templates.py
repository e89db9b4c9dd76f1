"""The page of the element templates for Camunda Modeler."""

from collections.abc import Callable

from flask.testing import FlaskClient

from app.actions.trial.templates import templates

AsUser = Callable[[str], dict[str, str]]
DESIGNER, CLERK = "designer.aktobe-gask", "clerk.aktobe-gask"


def test_a_designer_is_told_where_to_put_the_files_and_downloads_each(client: FlaskClient, as_user: AsUser) -> None:
    page = client.get("/models/templates", headers=as_user(DESIGNER))
    assert page.status_code == 200
    for name, content in templates().items():
        assert f'href="/models/templates/{name}"' in page.text
        file = client.get(f"/models/templates/{name}", headers=as_user(DESIGNER))
        assert (file.text, file.mimetype) == (content, "application/json")
    assert client.get("/models/templates/other.json", headers=as_user(DESIGNER)).status_code == 404
    assert client.get("/models/templates", headers=as_user(CLERK)).status_code == 403
