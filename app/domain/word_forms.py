"""The part of a Kazakh word that its forms share, by which a search finds it in any of them.

An ending is taken off where enough of the word stays. Too short a stem finds more than was meant, never less: it is a
part of the word as it was typed.
"""

from app.domain.folding import folded

SHORTEST = 4
"""Letters of a stem, at least."""


def _endings(*written: str) -> tuple[str, ...]:
    return tuple(sorted({folded(one) for text in written for one in text.split()}, key=len, reverse=True))


_CASE = _endings(
    "ның нің дың дің тың тің",
    "ға ге қа ке на не",
    "ны ні ды ді ты ті",
    "да де та те нда нде",
    "дан ден тан тен нан нен",
    "мен бен пен",
    "дағы дегі тағы тегі ндағы ндегі",
)
_POSSESSIVE = _endings("ы і сы сі ын ін сын сін")
_PLURAL = _endings("лар лер дар дер тар тер")
_VOICED = frozenset(folded("кгқғпб"))
"""What к, қ and п are between vowels, and they themselves: тілек, тілегі."""


def stem(word: str) -> str:
    """What the forms of a folded word begin with: of case, possession and number."""
    if not word.isalpha():
        return word
    for endings in (_CASE, _POSSESSIVE, _PLURAL):
        found = next((one for one in endings if word.endswith(one) and len(word) - len(one) >= SHORTEST), "")
        word = word.removesuffix(found)
    return word[:-1] if word[-1] in _VOICED and len(word) > SHORTEST else word
