"""Bytes, spans of time and counts of the system as people read them."""

from datetime import timedelta

from app.domain.in_words.grammar import written
from app.web.pages import language, say

STEPS = ("octets", "kilobytes", "megabytes", "gigabytes", "terabytes")


def size(number: int) -> str:
    """Bytes, in the largest unit that leaves three digits or less."""
    amount, step = float(number), 0
    while amount >= 1000 and step < len(STEPS) - 1:
        amount, step = amount / 1024, step + 1
    digits = round(amount, 1) if step and amount < 100 else round(amount)
    return say(f"system-{STEPS[step]}", size=written(digits, language()))


def span(of: timedelta) -> str:
    """In the largest unit that gives two digits or one."""
    seconds = max(int(of.total_seconds()), 0)
    for unit, length, until in (("seconds", 1, 100), ("minutes", 60, 100), ("hours", 3600, 48)):
        if seconds < length * until:
            return say(f"system-{unit}", size=seconds // length)
    return say("system-days", size=seconds // 86400)


def decimal(number: float) -> str:
    """With one digit behind the comma, none for what is large."""
    return written(round(number, 1) if number < 100 else round(number), language())
