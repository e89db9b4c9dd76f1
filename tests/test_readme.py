"""What the README says of the services is so."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
LINKS = re.findall(r"\]\(((?:bpmn|forms)/[^)]+)\)", README)
SERVICES = [
    (act.parent.name, service["key"])
    for act in sorted(ROOT.glob("bpmn/*/act.yaml"))
    for service in yaml.safe_load(act.read_text())["services"]
]


@pytest.mark.parametrize(("act", "service"), SERVICES)
def test_every_service_of_the_acts_is_in_the_table(act: str, service: str) -> None:
    assert f"[{service}](bpmn/{act}/{service}.bpmn)" in README


def test_every_link_leads_to_a_file() -> None:
    assert len(LINKS) >= 3 * len(SERVICES)
    assert [link for link in LINKS if not (ROOT / link).is_file()] == []
