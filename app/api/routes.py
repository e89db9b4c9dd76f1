"""Which blueprints there are, and how OpenAPI describes them."""

from flask import Flask
from flask_smorest import Api

from app.api import deployments, engine, messages, process_definitions, process_instances
from app.config import Settings


def register(app: Flask, settings: Settings) -> None:
    """Register every blueprint; the test clock only where the settings allow it."""
    app.config.update(
        API_TITLE="Reglament",
        API_VERSION="1",
        OPENAPI_VERSION="3.0.3",
    )
    api = Api(app)
    for blueprint in (
        deployments.blueprint,
        engine.blueprint,
        messages.blueprint,
        process_definitions.blueprint,
        process_instances.blueprint,
    ):
        api.register_blueprint(blueprint)
