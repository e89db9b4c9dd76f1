"""Texts as the search compares them: typed in capitals, without marks, on a keyboard without Kazakh letters or on a Latin one
where a letter looks alike (A-2026 for А-2026), they are found."""

from unicodedata import combining, normalize

_KAZAKH = str.maketrans("әғқңөұүһі", "агкноуухи")
_ALIKE = str.maketrans("abcehikmoptxy", "авсеникмортху")
"""Latin letters whose capitals look like Cyrillic ones."""
_WRITTEN = _KAZAKH | _ALIKE


def folded(text: str) -> str:
    """The text in small letters, without marks (ё as е, й as и), each Kazakh letter as the Russian one written for it,
    each Latin letter as the Cyrillic one that looks like it.

    Character by character: what a text contains, folded, its folded form contains.
    """
    plain = normalize("NFD", text.casefold())
    return "".join(letter for letter in plain if not combining(letter)).translate(_WRITTEN)
