"""The description of the interface: OpenAPI at /docs/openapi.json, to be read and tried at /docs. Nothing from elsewhere."""

from typing import Any

from flask import Blueprint, Response, send_from_directory
from swagger_ui_bundle import swagger_ui_path  # type: ignore[import-untyped]

blueprint = Blueprint("docs", __name__, url_prefix="/docs")

SETTINGS: dict[str, Any] = {
    "API_TITLE": "Reglament",
    "API_VERSION": "1",
    "OPENAPI_VERSION": "3.0.3",
    "OPENAPI_URL_PREFIX": "/docs",
    "OPENAPI_JSON_PATH": "openapi.json",
    "OPENAPI_SWAGGER_UI_PATH": "/",
    "OPENAPI_SWAGGER_UI_URL": "/docs/assets/",
    "OPENAPI_SWAGGER_UI_CONFIG": {"docExpansion": "none", "filter": True},
    "API_SPEC_OPTIONS": {
        "info": {
            "description": "`/engine-rest` speaks the Camunda 7 REST dialect; `/api` is what that dialect has no word for: "
            "services, deadlines, calendars, members of organisations, sessions."
        },
        "components": {
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic"},
                "bearer": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "reglament_session"},
            }
        },
        "security": [{"basic": []}, {"bearer": []}, {"cookie": []}],
    },
}


@blueprint.route("/assets/<path:name>")
def asset(name: str) -> Response:
    """A file of the page that shows the description."""
    answer = send_from_directory(swagger_ui_path, name)
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer
