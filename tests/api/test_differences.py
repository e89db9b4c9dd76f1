"""The difference of two versions over HTTP, with the models of the acts."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests import licence_versions
from tests.api.conftest import TENANTS, Deploy, Headers

KEY = f"/engine-rest/process-definition/key/licence-procedure/tenant-id/{TENANTS[0]}"
Ask = Callable[..., Any]


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], Headers]) -> Ask:
    return lambda path, user="admin": client.get(path, headers=as_user(user))


def deployed(ask: Ask, deploy: Deploy) -> list[str]:
    """The ids of two versions."""
    found = []
    for files in (licence_versions.first(), licence_versions.second()):
        deploy(files)
        found.append(ask(KEY).json["id"])
    return found


def test_two_versions_differ_in_the_terms_of_the_act_on_the_diagram_and_in_their_forms(
    ask: Ask, deploy: Deploy, statements: list[str]
) -> None:
    first, second = deployed(ask, deploy)
    ask(f"/api/process-definitions/{first}/difference?with={second}")
    statements.clear()
    found = ask(f"/api/process-definitions/{second}/difference?with={first}").json
    assert len(statements) <= 10
    assert [found[side]["version"] for side in ("before", "after")] == [1, 2]
    assert [(one["elementId"], one["change"]) for one in found["changes"]] == [
        ("accept-documents", "changed"),
        ("prepare-licence", "changed"),
        ("sign-result", "changed"),
        ("result-signed", "moved"),
    ]
    assert [one["text"] for one in found["legal"]] == [
        {
            "kk": "рөлі Кеңсе қызметкері → Басшы не оның орынбасары",
            "ru": "роль Сотрудник канцелярии → Руководитель либо его заместитель",
            "en": "role Office clerk → Head or deputy",
        },
        {
            "kk": "мерзімі 4 жұмыс күні, өтініш берілген сәттен бастап → 5 жұмыс күні, өтініш берілген сәттен бастап",
            "ru": "срок 4 рабочих дня с момента подачи заявления → 5 рабочих дней с момента подачи заявления",
            "en": "limit 4 working days from the application → 5 working days from the application",
        },
        {"kk": "тармағы 5.4 → 6.1", "ru": "пункт 5.4 → 6.1", "en": "clause 5.4 → 6.1"},
    ]
    assert found["references"] == [
        {
            "kind": "form",
            "key": "licence-draft",
            "versionBefore": 1,
            "versionAfter": 2,
            "elementIds": ["prepare-licence", "prepare-reissued-licence"],
            "changes": [
                {
                    "part": "field",
                    "name": {"kk": "Өтініштің нөмірі", "ru": "Номер заявления", "en": "Number"},
                    "change": "changed",
                    "moved": False,
                    "properties": [
                        {
                            "property": "label.en",
                            "label": {
                                "kk": "ағылшынша атауы",
                                "ru": "название на английском",
                                "en": "label in English",
                            },
                            "legal": False,
                            "before": dict.fromkeys(("kk", "ru", "en"), "Application number"),
                            "after": dict.fromkeys(("kk", "ru", "en"), "Number"),
                        }
                    ],
                }
            ],
        }
    ]


def test_a_version_of_another_organisation_is_compared_with_nothing(ask: Ask, deploy: Deploy) -> None:
    first, second = deployed(ask, deploy)
    path = f"/api/process-definitions/{first}/difference"
    own, other = (f"clerk.{tenant}" for tenant in TENANTS)
    assert ask(f"{path}?with={second}", own).status_code == 200
    assert ask(f"{path}?with={second}", other).status_code == 404
    assert ask(f"{path}?with=nothing", own).status_code == 404
    assert ask(f"{path}?with=%00", own).status_code in (400, 404)
    assert ask(path, own).status_code == 400
    assert ask(f"{path}?with={first}", own).json["changes"] == []
