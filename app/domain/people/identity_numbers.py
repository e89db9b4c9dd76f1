"""The identification numbers of Kazakhstan: IIN of a natural person, BIN of a legal entity.

Both are 12 digits, the last of them a check digit (law of 12.01.2007 no. 223 on national registers of identification
numbers, art. 1; its calculation: rules of 22.05.2007 no. 406). An IIN begins with a date, YYMMDD, and a digit for its
century and the sex; since the amendment of 26.08.2013 no. 853 that date need not be the person's own, so that nothing
is read from it here. A BIN begins with year and month, YYMM, and a digit for the kind: 4 resident, 5 non-resident,
6 joint entrepreneurship.
"""

from datetime import date
from enum import StrEnum
from typing import Literal

LENGTH = 12
_WEIGHTS = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
_CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
_ENTITIES = frozenset("456")
_DAY_TENS = frozenset("0123")

Kind = Literal["iin", "bin", "iin-or-bin"]
KINDS: tuple[Kind, ...] = ("iin", "bin", "iin-or-bin")


class Fault(StrEnum):
    """Why a text is no such number."""

    LENGTH = "length"
    DIGITS = "digits"
    NEITHER = "neither"
    IIN_DATE = "iinDate"
    IIN_CENTURY = "iinCentury"
    BIN_MONTH = "binMonth"
    BIN_ENTITY = "binEntity"
    CHECK = "check"


def fault(number: str, kind: Kind) -> Fault | None:
    """What is wrong with a number of a kind, None if nothing is.

    The fifth digit tells the two apart: of an IIN it is the first digit of a day, 0 to 3, of a BIN 4, 5 or 6.
    """
    if not number.isascii() or not number.isdigit():
        return Fault.DIGITS
    if len(number) != LENGTH:
        return Fault.LENGTH
    fifth = number[4]
    if kind == "iin-or-bin" and fifth not in _ENTITIES | _DAY_TENS:
        return Fault.NEITHER
    is_entity = kind == "bin" or (kind == "iin-or-bin" and fifth in _ENTITIES)
    wrong = _entity_fault(number) if is_entity else _person_fault(number)
    if wrong is None and _check_digit(number[:-1]) != int(number[-1]):
        return Fault.CHECK
    return wrong


def _person_fault(number: str) -> Fault | None:
    century = _CENTURIES.get(number[6])
    if century is None:
        return Fault.IIN_CENTURY
    year, month, day = (int(number[at : at + 2]) for at in (0, 2, 4))
    try:
        date(century + year, month, day)
    except ValueError:
        return Fault.IIN_DATE
    return None


def _entity_fault(number: str) -> Fault | None:
    if not 1 <= int(number[2:4]) <= 12:
        return Fault.BIN_MONTH
    return None if number[4] in _ENTITIES else Fault.BIN_ENTITY


def _check_digit(digits: str) -> int | None:
    """The digit after the first eleven, None where none is given out: both weightings leave 10."""
    sums = (sum(int(digit) * weight for digit, weight in zip(digits, row, strict=True)) for row in _WEIGHTS)
    return next((rest for total in sums if (rest := total % 11) != 10), None)
