"""The tokens of FEEL (DMN 1.4, 10.3.1.2), cut one at a time, as where a name ends depends on the names in scope."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from app.expressions.feel.limits import MAX_EXPONENT, MAX_NAME
from app.expressions.feel.values import FeelError
from app.expressions.texts import Said, part, said

Kind = Literal["number", "string", "word", "symbol", "end"]

KEYWORDS = {
    *("and", "between", "else", "every", "external", "false", "for", "function", "if", "in"),
    *("instance", "null", "or", "return", "satisfies", "some", "then", "true"),
}

# Grammar rules 28 to 30: letters of every script, digits past the first place.
_OTHER = r"\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
# no character matches in two ways, so that the patterns below cannot backtrack far
_START = rf"(?:[^\W\d]|(?!\w)[{_OTHER}])"
_PART = rf"[\w\u00B7\u0300-\u036F\u203F\u2040{_OTHER}]"
_WORD = f"{_START}{_PART}*"
_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_FIRST_WORD = re.compile(_WORD)
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r'|(?P<string>"(?:[^"\\]|\\.)*")'
    rf"|(?P<word>{_WORD})"
    r"|(?P<symbol>\.\.|\*\*|->|!=|<=|>=|[-+*/=<>.,:()\[\]{}?@])",
    re.DOTALL,
)
_JOINED = re.compile(rf"{_WORD}(?:\s+{_PART}+)*")
_KEY = re.compile(rf"{_WORD}(?:{_PART}|[-./'+*\s]){{0,{MAX_NAME}}}(?=\s*:)")
_ENDS_WITH_PART = re.compile(rf"{_PART}$")
_STARTS_WITH_PART = re.compile(_PART)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONE = re.compile("[\ud800-\udfff]")


class Token(NamedTuple):
    kind: Kind
    text: str
    start: int
    end: int

    def shown(self) -> str | Said:
        if self.kind == "end":
            return part("end")
        return f"'{self.text if len(self.text) <= 40 else self.text[:40] + '...'}'"


class Scanner:
    """Reads the tokens of one source at any offset."""

    def __init__(self, source: str) -> None:
        self.source = source

    def error(self, reason: Said, offset: int) -> FeelError:
        return FeelError(reason, self.position(offset))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1."""
        return self.source.count("\n", 0, offset) + 1, offset - self.source.rfind("\n", 0, offset)

    def skip(self, offset: int) -> int:
        """Past white space and comments."""
        return _SPACE.match(self.source, offset).end()  # type: ignore[union-attr]

    def token(self, offset: int) -> Token:
        """The first token at or after the offset."""
        start = self.skip(offset)
        if start >= len(self.source):
            return Token("end", "", start, start)
        match = _TOKEN.match(self.source, start)
        if match is None:
            if self.source[start] == '"':
                raise self.error(said("closing-quote", quote='"'), start)
            raise self.error(said("character", character=repr(self.source[start])), start)
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        return Token(kind, match[0], start, match.end())

    def words(self, offset: int) -> tuple[str, int] | None:
        """Words that follow each other up to a keyword, as one name, and where it ends."""
        match = _JOINED.match(self.source, offset)
        if match is None:
            return None
        end = match.end()
        for word in re.finditer(r"\S+", match[0]):
            if word[0] in KEYWORDS:
                if word.start() == 0:
                    return None
                end = offset + len(match[0][: word.start()].rstrip())
                break
        return self._name(offset, end)

    def key(self, offset: int) -> tuple[str, int] | None:
        """A name that a colon follows, with any operators in it."""
        match = _KEY.match(self.source, offset)
        return self._name(offset, match.end()) if match else None

    def known(self, name: str, offset: int) -> int | None:
        """Where the name ends, if it stands at the offset; white space in it may be of any length."""
        match = _pattern(name).match(self.source, offset)
        if match is None:
            return None
        end = match.end()
        if _ENDS_WITH_PART.search(name) and _STARTS_WITH_PART.match(self.source, end):
            return None
        return end

    def _name(self, start: int, end: int) -> tuple[str, int]:
        if end - start > MAX_NAME:
            raise self.error(said("name-too-long", limit=MAX_NAME), start)
        return " ".join(self.source[start:end].split()), end

    def number(self, token: Token) -> str:
        """The digits of a number, whose exponent is within the limit."""
        _, _, exponent = token.text.lower().partition("e")
        if len(exponent) > 6 or abs(int(exponent or 0)) > MAX_EXPONENT:
            raise self.error(said("exponent", limit=MAX_EXPONENT), token.start)
        return token.text

    def string(self, token: Token) -> str:
        """The characters of a string literal; an unknown escape stays as it is, so that "\\d" is a pattern."""
        text = _ESCAPE.sub(self._escaped, token.text[1:-1])
        text = _SURROGATES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
        if _LONE.search(text):
            raise self.error(said("surrogate"), token.start)
        return text

    @staticmethod
    def _escaped(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code is None:
            return _ESCAPED.get(match[3], match[0])
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else match[0]


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(part) for part in name.split()))


def first_word(source: str, offset: int = 0) -> str:
    """What names are looked up by: the word, or the one character, at the offset."""
    match = _FIRST_WORD.match(source, offset)
    return match[0] if match else source[offset : offset + 1]
