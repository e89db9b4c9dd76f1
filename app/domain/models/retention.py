"""How long a case stays once it has ended, as a model says it: `camunda:historyTimeToLive`."""

from app.domain import iso8601

DAYS_OF_MONTH, DAYS_OF_YEAR = 31, 366
LONGEST_DAYS = 36_525
"""A hundred years."""


def days_to_live(text: str | None) -> int | None:
    """Days of `180` or of an ISO 8601 duration such as `P180D`, `P5Y`; None: for ever. Raises ValueError.

    A month and a year count as the longest there are: nothing goes before its time.
    """
    if text is None or not text.strip():
        return None
    given = text.strip()
    if given.isascii() and given.isdigit() and len(given) <= 6:
        days = int(given)
    else:
        lasts = iso8601.duration(given)
        years, months = divmod(lasts.months, 12)
        days = years * DAYS_OF_YEAR + months * DAYS_OF_MONTH + lasts.days
        days += lasts.exact.days + bool(lasts.exact.seconds)
    if days > LONGEST_DAYS:
        raise ValueError(f"{text!r} is more than {LONGEST_DAYS} days")
    return days
