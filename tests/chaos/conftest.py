"""How long chaos lasts."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--chaos-kills", type=int, default=8, help="how many processes are killed under load")


@pytest.fixture
def chaos_kills(request: pytest.FixtureRequest) -> int:
    kills: int = request.config.getoption("--chaos-kills")
    return kills
