"""How much room a text needs: the widths of Arial, and lines broken at spaces and hyphens as the Modeler does."""

import re
from functools import lru_cache
from itertools import chain
from math import ceil

LABEL_FONT = 11
SHAPE_FONT = 12
LABEL_WIDTH = 90
"""The Modeler breaks the lines of a label at this width."""
_LINE = 1.2

_BY_WIDTH = {
    191: "'",
    222: "ijl’і",
    278: " !,./:;I[\\]ftІ|",
    333: "()-`r“”{}",
    365: 'гғ"',
    389: "*",
    438: "кқ",
    458: "зт^",
    500: "Jcksvxyzсухұү",
    521: "чьэв",
    542: "ГпяҒ",
    556: "#$0123456789?L_abdeghnopqu«»–аеорёәөнңһ",
    559: "ий",
    573: "бц",
    583: "КдлҚ",
    584: "+<=>~",
    611: "FZTТЗъ",
    650: "УБЛЬ",
    667: "&ABEKPSVXYАВЕРХЧЁжҰҮ",
    683: "Дм",
    722: "ИЙПЭыCDHNRUwНСЯЦӘҢҺ",
    778: "GOQОӨюФЪ",
    812: "шфщ",
    833: "MmМ",
    889: "%Ы",
    925: "ШЖЩW",
    1000: "—…Ю@№",
}
_WIDTHS = dict(chain.from_iterable(((letter, width) for letter in letters) for width, letters in _BY_WIDTH.items()))
_OTHER = 667
_PIECE = re.compile(r"[^\s-]*-|[^\s-]+|\s+")


def width(text: str, font: int) -> int:
    """In pixels, rounded up. font: its size in pixels."""
    return ceil(_thousandths(text) * font / 1000)


def _thousandths(text: str) -> int:
    """In thousandths of the size of the font."""
    return sum(_WIDTHS.get(letter, _OTHER) for letter in text)


def wrap(text: str, limit: int, font: int) -> list[str]:
    """The lines; a word longer than the limit is broken."""
    lines: list[str] = []
    for part in text.splitlines():
        line, wide = "", 0
        for piece in chain.from_iterable(_broken(one, limit, font) for one in _PIECE.findall(part)):
            own = _thousandths(piece)
            if line and not piece.isspace() and (wide + own) * font > limit * 1000:
                lines.append(line.rstrip())
                line, wide = "", 0
            if line or not piece.isspace():
                line, wide = line + piece, wide + own
        lines.append(line.rstrip())
    return lines


def _broken(word: str, limit: int, font: int) -> list[str]:
    parts = [""]
    wide = 0
    for letter in word:
        wide += _WIDTHS.get(letter, _OTHER)
        if parts[-1] and wide * font > limit * 1000:
            parts.append("")
            wide = _WIDTHS.get(letter, _OTHER)
        parts[-1] += letter
    return parts


def longest_word(text: str, font: int) -> int:
    return max((width(piece, font) for piece in _PIECE.findall(text)), default=0)


def size(text: str, limit: int, font: int) -> tuple[int, int]:
    """Width and height of the text in lines of at most this width."""
    lines = wrap(text, limit, font)
    return max((width(line, font) for line in lines), default=0), ceil(len(lines) * font * _LINE)


@lru_cache(maxsize=1024)
def label_size(text: str) -> tuple[int, int]:
    """Width and height of the name of an event, a gateway, a data object or an edge."""
    return size(text, LABEL_WIDTH, LABEL_FONT)
