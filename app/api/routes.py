"""Which blueprints there are, and how OpenAPI describes them."""

from flask import Flask
from flask_smorest import Api

from app.config import Settings


def register(app: Flask, settings: Settings) -> None:
    """Register every blueprint; the test clock only where the settings allow it."""
    app.config.update(
        API_TITLE="Reglament",
        API_VERSION="1",
        OPENAPI_VERSION="3.0.3",
    )
    api = Api(app)
    for blueprint in ():
        api.register_blueprint(blueprint)
