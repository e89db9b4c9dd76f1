"""Formats that form-js checks by name: e-mail, international phone number, ISO 8601 date and time."""

from __future__ import annotations

import re
from datetime import date, datetime

_HOST_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_EMAIL = re.compile(rf"[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_HOST_LABEL}(?:\.{_HOST_LABEL})*")

_CALLING_CODES = """
1 1242 1246 1264 1268 1284 1340 1345 1441 1473 1649 1664 1670 1671 1684 1721 1758 1767 1784 1787 1809 1829 1849
1868 1869 1876 1939 20 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236
237 238 239 240 241 242 243 244 245 246 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266
267 268 269 27 291 297 298 299 30 31 32 33 34 350 351 352 353 354 355 356 357 358 359 36 370 371 372 373 374 375
376 377 378 379 380 381 382 383 385 386 387 389 39 3906698 40 41 420 421 423 43 44 45 46 47 4779 48 49 500 501
502 503 504 505 506 507 508 509 51 52 53 54 55 56 57 58 590 591 592 593 594 595 596 597 598 5999 60 61 62 63 64
65 66 670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 7 76 77 81 82 84 850
852 853 855 856 86 880 886 90 91 92 93 94 95 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977
98 992 993 994 995 996 998
"""
_NUMBER_STARTS = (
    "[17] 2[07] 3[0-469] 4[013-9] 5[1-8] 6[0-6] 8[1246] 9[0-58] "
    "2[1-689][0-9] 3[578][0-9] 42[0-9] 5[09][0-9] 6[789][0-9] 8[035789][0-9] 9[679][0-9]"
)
_PHONE = re.compile(
    rf"(?:\+|00)(?:{'|'.join(_CALLING_CODES.split())})(?:{'|'.join(_NUMBER_STARTS.split())})[0-9]{{4,20}}\Z"
)

_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
_ZONE = r"(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(rf"{_CLOCK}{_ZONE}")


def is_email(text: str) -> bool:
    """Whether form-js takes the text for an e-mail address (the definition of HTML's `input type=email`)."""
    return _EMAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Whether the text ends with `+` or `00` and an international number without spaces, as form-js wants it."""
    return _PHONE.search(text) is not None


def is_date(text: str) -> bool:
    """Whether the text is an existing day, `2026-05-01`."""
    if _DATE.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_time(text: str) -> bool:
    """Whether the text is a time of day, `09:30`, with or without an offset from UTC."""
    return _TIME.fullmatch(text) is not None


def is_datetime(text: str) -> bool:
    """Whether the text is a day, `T` and a time of day."""
    day, separator, clock = text.partition("T")
    return bool(separator) and is_date(day) and is_time(clock)


def is_past(text: str, now: datetime) -> bool:
    """Whether the day of a date, or of a date and time, is before that of `now`, in the time zone of `now`."""
    if "T" not in text:
        return date.fromisoformat(text) < now.date()
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        try:
            moment = moment.astimezone(now.tzinfo)
        except OverflowError:
            return moment.year <= now.year
    return moment.date() < now.date()
