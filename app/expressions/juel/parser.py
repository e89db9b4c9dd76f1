"""Parser of JUEL expressions by operator precedence; makes closures at once, so there is no tree to walk.

Grammar and precedence: EL 2.2, sections 1.18 and 1.19, with `+=` of EL 3.0.
"""

from app.expressions.errors import ParseError
from app.expressions.juel import nodes
from app.expressions.juel.methods import ARITIES
from app.expressions.juel.nodes import BUILTINS, UNARY, Node, Place
from app.expressions.juel.tokens import CONSTANTS, Token
from app.expressions.limits import MAX_DEPTH, MAX_NODES
from app.expressions.texts import Said, part, said

_LEVELS = [("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+=",), ("+", "-"), ("*", "/", "%")]
_PRECEDENCE = {symbol: level for level, symbols in enumerate(_LEVELS) for symbol in symbols}
_REFUSED = {
    "=": "assignment",
    ";": "sequence",
    "->": "lambda",
    "instanceof": "instanceof",
}
_EXECUTION_METHODS = ("getVariable", "hasVariable")


class Parser:
    """Parses the expressions of one source; what they use and cost adds up over all of them."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.names: set[str] = set()
        self.functions: set[tuple[str, int]] = set()
        self._nodes = 0
        self._depth = 0
        self._tokens: list[Token] = []
        self._at = 0

    def parse(self, tokens: list[Token]) -> Node:
        """The closure of one `${...}`, whose tokens end with `}`."""
        self._tokens, self._at = tokens, 0
        node = self._expression()
        if self._token.kind != "end":
            raise self._unexpected(part("operator-or-brace"))
        return node

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _peek(self, ahead: int) -> Token:
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def _accept(self, symbol: str) -> bool:
        found = self._token.symbol == symbol
        self._at += found
        return found

    def _expect(self, symbol: str) -> None:
        if not self._accept(symbol):
            raise self._unexpected(f"'{symbol}'")

    def _error(self, reason: Said, token: Token) -> ParseError:
        return ParseError(reason, token.position, self.source)

    def _unexpected(self, expected: str | Said) -> ParseError:
        token = self._token
        if token.symbol in _REFUSED:
            return self._error(said(_REFUSED[token.symbol]), token)
        return self._error(said("expected", expected=expected, found=token.shown()), token)

    def _place(self, token: Token) -> Place:
        """The place of a new node, which counts against the limit."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._error(said("too-many-parts", limit=MAX_NODES), token)
        return Place(token.position, self.source)

    def _descend(self, token: Token) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(said("too-deep", limit=MAX_DEPTH), token)

    def _expression(self) -> Node:
        self._descend(self._token)
        node = self._operation()
        question = self._token
        if self._accept("?"):
            place = self._place(question)
            then = self._expression()
            self._expect(":")
            node = nodes.conditional(node, then, self._expression(), place)
        self._depth -= 1
        return node

    def _operation(self) -> Node:
        operands = [self._unary()]
        pending: list[Token] = []
        while (level := _PRECEDENCE.get(self._token.symbol)) is not None:
            while pending and _PRECEDENCE[pending[-1].symbol] >= level:
                self._reduce(operands, pending)
            pending.append(self._next())
            operands.append(self._unary())
        while pending:
            self._reduce(operands, pending)
        return operands[0]

    def _reduce(self, operands: list[Node], pending: list[Token]) -> None:
        operator, right, left = pending.pop(), operands.pop(), operands.pop()
        operands.append(nodes.binary(operator.symbol, left, right, self._place(operator)))

    def _unary(self) -> Node:
        prefixes: list[Token] = []
        while self._token.symbol in UNARY:
            self._descend(self._token)
            prefixes.append(self._next())
        node = self._postfix()
        self._depth -= len(prefixes)
        for prefix in reversed(prefixes):
            node = nodes.unary(UNARY[prefix.symbol], node, self._place(prefix))
        return node

    def _postfix(self) -> Node:
        node = self._execution() if self._token.text == "execution" else self._primary()
        links = 0
        while (link := self._token).symbol in (".", "["):
            self._descend(link)
            self._at += 1
            links += 1
            node = self._member(node) if link.symbol == "." else self._index(node, link)
        if link.symbol == "(":
            raise self._error(said("not-callable"), link)
        self._depth -= links
        return node

    def _member(self, base: Node) -> Node:
        """`.name` or `.name(arguments)`; after a dot every word is a name."""
        token = self._token
        if token.kind != "name" and not token.text.isalpha():
            raise self._unexpected(part("property"))
        self._at += 1
        place = self._place(token)
        if self._token.symbol != "(":
            return nodes.item(base, nodes.literal(token.text), place)
        arguments = self._arguments()
        arities = ARITIES.get(token.text)
        if arities is None:
            raise self._error(said("method", name=token.text, known=", ".join(sorted(ARITIES))), token)
        if len(arguments) not in arities:
            raise self._arity("method", arities, len(arguments), token)
        return nodes.method(base, token.text, arguments, place)

    def _index(self, base: Node, bracket: Token) -> Node:
        index = self._expression()
        self._expect("]")
        return nodes.item(base, index, self._place(bracket))

    def _primary(self) -> Node:
        token = self._token
        place = self._place(token)
        if token.kind in ("number", "string"):
            self._at += 1
            return nodes.literal(token.value)
        if token.kind == "name":
            self._at += 1
            return self._name(token, place)
        if self._accept("("):
            node = self._expression()
            self._expect(")")
            return node
        raise self._unexpected(part("expression"))

    def _name(self, token: Token, place: Place) -> Node:
        if token.text in CONSTANTS:
            return nodes.literal(CONSTANTS[token.text])
        if self._token.symbol == "(":
            return self._function(token, place)
        if token.text == "new" and self._token.kind == "name":
            raise self._error(said("new"), token)
        self.names.add(token.text)
        return nodes.variable(token.text, place)

    def _function(self, token: Token, place: Place) -> Node:
        if token.text == "T":
            raise self._error(said("type-reference"), token)
        arguments = self._arguments()
        if token.text in BUILTINS and len(arguments) != 1:
            raise self._arity("function", [1], len(arguments), token)
        self.functions.add((token.text, len(arguments)))
        return nodes.function(token.text, arguments, place)

    def _execution(self) -> Node:
        """`execution.getVariable`, `.hasVariable` and `.variables` are the variables; the rest is plain data."""
        member = self._peek(2).text if self._peek(1).symbol == "." else ""
        called = self._peek(3).symbol == "("
        if member == "variables" and not called:
            place = self._place(self._token)
            self._at += 3
            return nodes.execution_variables(place)
        if member not in _EXECUTION_METHODS or not called:
            return self._primary()
        token = self._peek(2)
        place = self._place(token)
        self._at += 3
        arguments = self._arguments()
        if len(arguments) != 1:
            raise self._arity("method", [1], len(arguments), token)
        return nodes.execution_method(member, arguments[0], place)

    def _arguments(self) -> list[Node]:
        self._expect("(")
        arguments: list[Node] = []
        if self._accept(")"):
            return arguments
        arguments.append(self._expression())
        while self._accept(","):
            arguments.append(self._expression())
        if not self._accept(")"):
            raise self._unexpected(part("comma"))
        return arguments

    def _arity(self, what: str, expected: list[int], given: int, token: Token) -> ParseError:
        """what: `method` or `function`."""
        numbers = "/".join(map(str, expected))
        return self._error(said(f"{what}-arguments", name=token.text, expected=numbers, given=given), token)
