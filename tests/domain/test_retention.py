"""How long ended cases stay, as models say it."""

import pytest

from app.domain.models.retention import days_to_live


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (None, None), ("", None), ("0", 0), ("180", 180), ("P180D", 180), ("P2W", 14), ("P1M", 31), ("P5Y", 1830),
        ("P1Y6M", 552), ("P10Y", 3660), ("PT1H", 1), ("P1DT1S", 2), (" 7 ", 7),
    ],
)  # fmt: skip
def test_days_of_a_time_to_live_never_too_few(text: str | None, days: int | None) -> None:
    assert days_to_live(text) == days


@pytest.mark.parametrize(
    "text", ["soon", "-1", "1.5", "P", "PT", "P-1D", "P200Y", "36526", "999999999", "²", "${days}"]
)
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="is not an ISO 8601 duration|is more than"):
        days_to_live(text)
