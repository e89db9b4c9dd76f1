"""The pages of cases, asked without a browser: the licence is deployed, people look, complete, start."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.cases.licence import CLERK, FORM, MODEL, PATH, PERMIT, SIGNATURE, SIGNING

Headers = dict[str, str]


@pytest.fixture(autouse=True)
def model(deploy: Callable[..., object]) -> None:
    models = {"signing.bpmn": SIGNING, "licence.bpmn": MODEL, "permit.bpmn": PERMIT}
    deploy({**models, "application.form": FORM, "signature.form": SIGNATURE})


@pytest.fixture
def get(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., str]:
    """The text of a page, in Russian."""

    def run(path: str, person: str = CLERK, status: int = 200, lang: str = "ru") -> str:
        answer = client.get(path, headers={**as_user(person), "Accept-Language": lang})
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    return run


@pytest.fixture
def complete(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., None]:
    """Complete the only open task of a case, or of what it has called."""

    def run(case: str, **values: Any) -> None:
        [task] = client.get(f"/engine-rest/task?processInstanceBusinessKey={case}", headers=as_user("admin")).json
        body = {"variables": {name: {"value": value} for name, value in values.items()}}
        path = f"/engine-rest/task/{task['id']}/complete"
        assert client.post(path, json=body, headers=as_user("admin")).status_code == 204

    return run


@pytest.fixture
def send(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., Any]:
    """Send a form; gives the answer."""

    def run(form: str, data: Any, person: str = CLERK, path: str = PATH) -> Any:
        headers = {**as_user(person), "Accept": "application/json", "Accept-Language": "ru"}
        return client.post(f"{path}/{form}", json=data, headers=headers)

    return run
