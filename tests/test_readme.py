"""What the README says is so."""

import re
from pathlib import Path

import pytest
import yaml

from app import cli, config

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
LINKS = re.findall(r"\]\(((?:bpmn|forms|docs)/[^)]+)\)", README)
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


def test_the_settings_are_those_that_are_read() -> None:
    class Asked(dict[str, str]):
        """Notes which variables somebody asks for."""

        def get(self, name: str, default: object = None) -> object:  # type: ignore[override]
            names.add(name)
            return super().get(name, default)  # type: ignore[arg-type]

    names: set[str] = set()
    config.read(Asked())
    table = README.partition("## Settings")[2].partition("\n\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == names


def test_every_command_that_is_named_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", README)) - {"it"} <= targets
    commands = set(re.findall(r"(?:^    |`)reglament ([a-z]+)", README, re.MULTILINE))
    assert {"check", "layout", "migrate", "users", "worker", "deploy"} <= commands
    for command in commands:
        with pytest.raises(SystemExit) as stopped:
            cli.main([command, "--help"])
        assert stopped.value.code == 0


def test_every_folder_of_the_program_is_on_the_map() -> None:
    house = README.partition("## The house")[2]
    folders = {path.name for path in (ROOT / "app").iterdir() if (path / "__init__.py").exists()}
    assert {folder for folder in folders if not re.search(rf"\b{folder}/", house)} == set()
