"""Where a parser of FEEL is in its source: the token, names and types there, and what parsing has cost."""

from collections.abc import Collection

from app.expressions.feel.functions import BUILTINS
from app.expressions.feel.limits import MAX_DEPTH, MAX_NODES
from app.expressions.feel.names import Names, layer
from app.expressions.feel.properties import NAMES
from app.expressions.feel.tokens import KEYWORDS, Scanner, Token
from app.expressions.feel.types import SIMPLE, Type
from app.expressions.feel.values import FeelError
from app.expressions.texts import Said, part, said

_FUNCTIONS, _PROPERTIES, _TYPES = layer(frozenset(BUILTINS)), layer(NAMES), layer(frozenset(SIMPLE))


class Cursor:
    """Reads a source token by token; names are read at the token's offset, as they depend on what is in scope."""

    def __init__(self, source: str, names: Collection[str]) -> None:
        self._scanner = Scanner(source)
        given = layer(frozenset(names))
        self._names = Names(self._scanner, _FUNCTIONS, given)
        self._members = Names(self._scanner, _PROPERTIES, given)
        self._types = Names(self._scanner, _TYPES, given)
        self._nodes = 0
        self._depth = 0
        self._token = self._scanner.token(0)

    def _move(self, offset: int) -> None:
        self._token = self._scanner.token(offset)

    def _next(self) -> Token:
        token = self._token
        self._move(token.end)
        return token

    def _peek(self) -> Token:
        return self._scanner.token(self._token.end)

    def _at(self, *texts: str) -> bool:
        return self._token.kind in ("symbol", "word") and self._token.text in texts

    def _accept(self, text: str) -> bool:
        found = self._at(text)
        if found:
            self._move(self._token.end)
        return found

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            raise self._unexpected(f"'{text}'")

    def _error(self, reason: Said, token: Token) -> FeelError:
        return self._scanner.error(reason, token.start)

    def _unexpected(self, expected: str | Said) -> FeelError:
        return self._error(said("expected", expected=expected, found=self._token.shown()), self._token)

    def _place(self, token: Token) -> str:
        """The place of a new node, which counts against the limit."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._error(said("too-many-parts", limit=MAX_NODES), token)
        line, column = self._scanner.position(token.start)
        return f"line {line}, column {column}"

    def _descend(self, token: Token) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(said("too-deep", limit=MAX_DEPTH), token)

    def _read_name(self) -> str | None:
        """The longest of a known name and the words up to a keyword; None where neither stands."""
        return self._longest(self._names)

    def _read_member(self) -> str:
        """The name after a dot."""
        name = self._longest(self._members)
        if name is None:
            if self._token.kind != "word":
                raise self._unexpected(part("property"))
            name = self._next().text
        return name

    def _read_new_name(self) -> str:
        """The name of a variable or parameter that is defined here."""
        found = self._scanner.words(self._token.start)
        if found is None:
            raise self._unexpected(part("name"))
        self._move(found[1])
        return found[0]

    def _read_key(self) -> str | None:
        """A name with a colon after it, both behind us then; None where there is none."""
        found = self._scanner.key(self._token.start)
        if found is None:
            return None
        self._move(found[1])
        self._expect(":")
        return found[0]

    def _longest(self, names: Names) -> str | None:
        start = self._token.start
        known, words = names.longest(start), self._scanner.words(start)
        if known is None or (words is not None and words[1] > known[1]):
            known = words
        if known is None or known[0] in KEYWORDS:
            return None
        self._move(known[1])
        return known[0]

    def _type(self) -> Type:
        token = self._token
        self._descend(token)
        self._place(token)
        name = "function" if self._accept("function") else self._longest(self._types)
        if name is None:
            raise self._unexpected(part("type"))
        while self._accept("."):
            name = f"{name}.{self._read_new_name()}"
        if name == "context" and self._accept("<"):
            found = Type(name, fields=tuple(self._fields()))
        elif name in ("list", "range") and self._accept("<"):
            found = Type(name, (self._type(),))
            self._expect(">")
        elif name == "function" and self._accept("<"):
            found = Type(name, tuple(self._signature()))
        else:
            found = Type(name)
        self._depth -= 1
        return found

    def _fields(self) -> list[tuple[str, Type]]:
        fields: list[tuple[str, Type]] = []
        while not self._accept(">"):
            if fields:
                self._expect(",")
            key = self._read_key()
            if key is None:
                raise self._unexpected(part("entry"))
            fields.append((key, self._type()))
        return fields

    def _signature(self) -> list[Type]:
        types: list[Type] = []
        while not self._accept(">"):
            if types:
                self._expect(",")
            types.append(self._type())
        self._expect("->")
        return [*types, self._type()]
