"""What was told against what came, as bars side by side: shares in percent, by fifths of the chance."""

from collections.abc import Sequence

from app.domain.figures.forecasts import Bin
from app.web.admin.charts import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, Bar, Chart
from app.web.admin.figures_in_words import percent


def fifth(number: int) -> str:
    """The range of a bin in percent."""
    return f"{number * 20}–{number * 20 + 20} %"


def calibration_chart(bins: Sequence[Bin], told: str, came: str) -> Chart:
    """told, came: what the two bars of a range are called."""
    step = (WIDTH - LEFT) / len(bins)
    bars = []
    for one in bins:
        if not one.n:
            continue
        x, wide = LEFT + step * one.number, step * 0.36
        name = fifth(one.number)
        bars.append(_bar("received", x + step * 0.12, wide, one.told, f"{name}: {told} {percent(one.told)}"))
        bars.append(_bar("late", x + step * 0.12 + wide, wide, one.came, f"{name}: {came} {percent(one.came)}"))
    labels = [(LEFT + step * (one.number + 0.5), f"{fifth(one.number)} · {one.n}") for one in bins]
    return Chart(bars, [(_y(share / 100), share) for share in (0, 25, 50, 75, 100)], labels)


def _y(share: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share, 2)


def _bar(kind: str, x: float, width: float, share: float, title: str) -> Bar:
    return Bar(kind, round(x, 2), _y(share), round(width, 2), round(_y(0) - _y(share), 2), title)
