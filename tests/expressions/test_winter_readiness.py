"""The decision table of order no. 192, appendix 4: which procedure the figures of an application lead to."""

from decimal import Decimal
from pathlib import Path

import pytest

from app.definitions import decisions
from app.expressions import dmn

TABLE = Path(__file__).parents[2] / "bpmn/V1400009556/winter-readiness.dmn"


@pytest.mark.parametrize(
    ("electric", "heat", "networks", "kind"),
    [
        pytest.param("5.001", "0", "0", "large", id="above 5 MW"),
        pytest.param("5", "0", "0", "small", id="5 MW"),
        pytest.param("0", "100", "0", "large", id="100 Gcal/h"),
        pytest.param("0", "99.999", "0", "small", id="less heat only: the act is silent"),
        pytest.param("0", "0", "110", "large", id="110 kV"),
        pytest.param("0", "0", "35", "small", id="35 kV"),
        pytest.param("0", "0", "109.999", "small", id="between 35 and 110 kV: the act is silent"),
        pytest.param("6", "0", "35", "large", id="item 5 and item 6: the act is silent"),
        pytest.param("0", "0", "0", "small", id="nothing at all: the act is silent"),
    ],
)
def test_the_figures_choose_the_procedure(electric: str, heat: str, networks: str, kind: str) -> None:
    figures = {
        "electricCapacityMw": Decimal(electric),
        "heatCapacityGcal": Decimal(heat),
        "ownNetworksKv": Decimal(networks),
    }
    model = decisions.read(TABLE.name, TABLE.read_bytes()).model
    outcome = dmn.evaluate(model, "winter-readiness", figures)
    assert dmn.results(model.decisions["winter-readiness"], outcome.value) == [{"requestKind": kind}]
