"""Texts as the search compares them: typed in capitals, without marks or on a keyboard without Kazakh letters, they are found."""

from unicodedata import combining, normalize

_KAZAKH = str.maketrans("әғқңөұүһі", "агкноуухи")


def folded(text: str) -> str:
    """The text in small letters, without marks (ё as е, й as и), each Kazakh letter as the Russian one written for it.

    Character by character: what a text contains, folded, its folded form contains.
    """
    plain = normalize("NFD", text.casefold())
    return "".join(letter for letter in plain if not combining(letter)).translate(_KAZAKH)
