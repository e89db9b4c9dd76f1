"""What services, steps and roles are called, in Kazakh, Russian and English.

A step of an act has its names there, found by its Kazakh title; any other element has those of its model: its name, and
the extension properties `name.ru` and `name.en`. What nothing translates is called as the model calls it.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.actions.models.acts import ACT, load
from app.domain.models.model import Node
from app.domain.terms.calendar import LANGUAGES, Text
from app.store.tables import Definition

FOLDER = Path(__file__).parents[3] / "bpmn"


def service_title(key: str) -> Text | None:
    """The title of the service that a process with this key runs; None: no act knows it."""
    return _acts()[0].get(key)


def title_of(definition: Definition) -> Text:
    """The title of the service that a version of a process runs, else what the model calls itself."""
    name = definition.name or definition.key
    own = Text(name, definition.name_ru or name, definition.name_en or name)
    return service_title(definition.key) or own


def services() -> Mapping[str, Text]:
    """The titles of all services of the acts, by key."""
    return _acts()[0]


def roles() -> Mapping[str, Text]:
    """The roles of the regulations, by key."""
    return _roles()


def role_name(key: str) -> Text:
    """A role of the regulations; one that they do not know is called by its key."""
    return _roles().get(key) or Text(key, key, key)


def step_name(node: Node) -> Text:
    """What an element of a model is called."""
    kk = node.name or node.id
    ru, en = (node.properties.get(f"name.{language}") for language in ("ru", "en"))
    if ru or en:
        return Text(kk, ru or kk, en or kk)
    return _acts()[1].get(kk) or Text(kk, kk, kk)


@cache
def _acts() -> tuple[Mapping[str, Text], Mapping[str, Text]]:
    """The titles of the services by key, and of all steps by their Kazakh title."""
    services: dict[str, Text] = {}
    steps: dict[str, Text] = {}
    for path in sorted(FOLDER.glob(f"*/{ACT}")):
        for service in load(path)["services"]:
            services[service["key"]] = _text(service["title"])
            steps |= {step["kk"]: _text(step) for step in service["steps"]}
    return services, steps


@cache
def _roles() -> Mapping[str, Text]:
    return {key: _text(names) for key, names in load(FOLDER / "roles.yaml").items()}


def _text(names: Mapping[str, Any]) -> Text:
    return Text(*(names.get(language) or names["kk"] for language in LANGUAGES))
