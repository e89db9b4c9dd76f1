"""A term that is the sum of others, in words: Kazakh, Russian, English."""

from collections.abc import Sequence

from app.domain.acts.clauses import clause_in_words
from app.domain.terms.calendar import Text

_SUM = Text(
    "мерзім {n} бөліктен тұрады, әрқайсысы алдыңғысы аяқталған сәттен басталады{clause}",
    "срок складывается из частей ({n}), каждая начинается с окончанием предыдущей{clause}",
    "the term is a sum of {n} parts, each begins where the one before ends{clause}",
)


def text(parts: Sequence[str], clause: str | None, lang: str) -> str:
    """In one line, from the words of its parts; a single part is itself. ValueError for a language other than kk, ru, en."""
    if len(parts) == 1:
        return parts[0]
    return f"{_head(len(parts), clause, lang)}: {'; '.join(_numbered(parts))}"


def lines(parts: Sequence[Sequence[str]], clause: str | None, lang: str) -> list[str]:
    """In steps, from those of its parts; those of a single part are itself."""
    if len(parts) == 1:
        return list(parts[0])
    head = _head(len(parts), clause, lang)
    firsts = _numbered([first for first, *_ in parts])
    told = [line for first, (_, *rest) in zip(firsts, parts, strict=True) for line in (first, *rest)]
    return [head[0].upper() + head[1:], *told]


def _head(parts: int, clause: str | None, lang: str) -> str:
    return _SUM.get(lang).format(n=parts, clause=clause_in_words(clause, lang) if clause else "")


def _numbered(parts: Sequence[str]) -> list[str]:
    return [f"{number}) {part}" for number, part in enumerate(parts, 1)]
