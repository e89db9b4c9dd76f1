"""Parser of FEEL expressions and unary tests; makes closures at once, so there is no tree to walk.

Grammar and precedence: DMN 1.4, 10.3.1.2 and 10.3.2.5. A name may hold spaces and operators where it is among the
known names; the longest one is taken. Words that follow each other are one name even if it is not known.
"""

from collections.abc import Collection

from app.expressions.feel import nodes, tests
from app.expressions.feel.forms import Forms
from app.expressions.feel.nodes import Node, Step
from app.expressions.feel.temporal import parse_literal
from app.expressions.feel.tokens import Token
from app.expressions.feel.values import CONTEXT, Fault, FeelError, decimal
from app.expressions.texts import part, said

_LEVELS = (("or",), ("and",), ("=", "!=", "<", "<=", ">", ">=", "between", "in"), ("+", "-"), ("*", "/"), ("**",))
_PRECEDENCE = {symbol: level for level, symbols in enumerate(_LEVELS) for symbol in symbols}
_SUM = _PRECEDENCE["+"]
_TESTS = ("<", "<=", ">", ">=", "=", "!=")
_CONTINUING = (".", "[", "(", "..", "instance", "+", "-", "*", "/", "**")
_CONSTANTS = {"true": True, "false": False, "null": None}


class Parser(Forms):
    """Parses one source; what it costs adds up over all attempts."""

    def __init__(self, source: str, names: Collection[str], input_name: str | None) -> None:
        super().__init__(source, names)
        self._input_name = input_name
        self._reads_input = False
        self._ends_range = False

    def expression(self) -> Node:
        """The closure of a source that is one expression."""
        node = self._expression()
        self._end()
        return node

    def unary_tests(self) -> Node:
        """The closure of a source that is a list of unary tests, `-` or `not(...)`."""
        if self._at("-") and self._peek().kind == "end":
            return nodes.Constant(True)
        if self._at("not") and self._peek().text == "(":
            before = self._mark()
            try:
                self._next()
                self._next()
                steps = self._unary_tests()
                self._expect(")")
                self._end()
                return tests.negated(tests.of_input(steps))
            except FeelError:
                self._return(before)
        steps = self._unary_tests()
        self._end()
        return tests.of_input(steps)

    def _mark(self) -> tuple[Token, int, int]:
        """Where to return to if what follows turns out to be something else."""
        return self._token, self._depth, self._names.depth

    def _return(self, mark: tuple[Token, int, int]) -> None:
        self._token, self._depth, names = mark
        self._names.cut(names)
        self._ends_range = False

    def _end(self) -> None:
        if self._token.kind != "end":
            raise self._unexpected(part("operator"))

    def _unary_tests(self) -> list[Step]:
        steps = [self._unary_test()]
        while self._accept(","):
            steps.append(self._unary_test())
        return steps

    def _unary_test(self) -> Step:
        if self._at(*_TESTS):
            return self._comparison()
        token = self._token
        self._reads_input = False
        node = self._expression()
        return tests.expression(node, self._reads_input, self._place(token))

    def _comparison(self) -> Step:
        """`< 5`, as a test of a value."""
        token = self._next()
        return nodes.operation(token.text, self._operation(_SUM), self._place(token))

    def _expression(self) -> Node:
        self._descend(self._token)
        outer, self._ends_range = self._ends_range, False
        node = self._operation(0)
        self._ends_range = outer
        self._depth -= 1
        return node

    def _operation(self, lowest: int) -> Node:
        """Operators of the level `lowest` and of higher ones; those of one level go from left to right."""
        node, steps, current = self._unary(), list[Step](), -1
        while (level := self._level()) >= lowest:
            if level != current and steps:
                node, steps = nodes.chain(node, steps), []
            current = level
            steps.append(self._step(level))
        return nodes.chain(node, steps) if steps else node

    def _level(self) -> int:
        return _PRECEDENCE.get(self._token.text, -1) if self._token.kind in ("symbol", "word") else -1

    def _step(self, level: int) -> Step:
        token = self._next()
        place = self._place(token)
        if token.text == "between":
            low = self._operation(_SUM)
            self._expect("and")
            return nodes.between(low, self._operation(_SUM), place)
        if token.text == "in":
            return nodes.member(self._members_of())
        return nodes.operation(token.text, self._operation(level + 1), place)

    def _members_of(self) -> list[Step]:
        """What may stand on the right of `in`: a test, or several in parentheses."""
        if self._at(*_TESTS):
            return [self._comparison()]
        token = self._token
        if self._at("("):
            self._next()
            found = [self._member_test()]
            while self._accept(","):
                found.append(self._member_test())
            if self._accept(")") and not self._at(*_CONTINUING):
                return found
            if len(found) > 1:
                raise self._unexpected(part("comma"))
            self._move(token.start)
        return [nodes.contained(self._operation(_SUM), self._place(token))]

    def _member_test(self) -> Step:
        token = self._token
        return self._comparison() if self._at(*_TESTS) else nodes.contained(self._expression(), self._place(token))

    def _unary(self) -> Node:
        signs: list[Token] = []
        while self._at("-"):
            self._descend(self._token)
            signs.append(self._next())
        node = self._postfix()
        self._depth -= len(signs)
        for sign in signs:
            node = nodes.negation(node, self._place(sign))
        return node

    def _postfix(self) -> Node:
        called = None
        start, before = self._token, self._depth
        node = self._primary()
        if start.kind == "word" and self._at("("):
            called = " ".join(self._scanner.source[start.start : self._token.start].split())
        while self._at(".", "[", "(", "instance"):
            token = self._token
            self._descend(token)
            if token.text == "[" and self._ends_range:
                filtered = self._attempted_filter(node)
                if filtered is None:
                    break
                node = filtered
                continue
            self._next()
            if token.text == ".":
                node = nodes.path(node, self._read_member(), self._place(token))
            elif token.text == "[":
                node = self._filter(node, token)
            elif token.text == "(":
                node = self._invocation(node, called, token)
            else:
                self._expect("of")
                node = nodes.instance_of(node, self._type(), self._place(token))
            called = None
        self._depth = before
        return node

    def _filter(self, base: Node, token: Token) -> Node:
        before = self._nodes
        self._names.push(["item"])
        condition = self._expression()
        self._names.pop()
        self._expect("]")
        return nodes.filtered(base, condition, self._nodes - before, self._place(token))

    def _attempted_filter(self, base: Node) -> Node | None:
        """At the end of a range, `[` is a filter if one follows, else it closes the range."""
        before = self._mark()
        try:
            return self._filter(base, self._next())
        except FeelError:
            self._return(before)
            self._ends_range = True
            return None

    def _invocation(self, callee: Node, called: str | None, token: Token) -> Node:
        arguments: list[Node] = []
        keys: list[str] = []
        while not self._accept(")"):
            if arguments:
                self._expect(",")
            start = self._token
            key = self._read_key()
            if arguments and (key is None) == bool(keys):
                raise self._error(said("mixed-arguments"), start)
            if key is not None:
                keys.append(key)
            arguments.append(self._expression())
        return nodes.invocation(callee, called, arguments, keys, self._place(token))

    def _primary(self) -> Node:
        token = self._token
        place = self._place(token)
        if token.kind == "number":
            self._next()
            try:
                return nodes.Constant(decimal(CONTEXT.create_decimal, self._scanner.number(token)))
            except Fault:
                raise self._error(said("number"), token) from None
        if token.kind == "string":
            return nodes.Constant(self._scanner.string(self._next()))
        if token.kind == "symbol" and token.text in "([]{@?":
            self._next()
            return self._bracketed(token, place)
        return self._named(token, place)

    def _bracketed(self, token: Token, place: str) -> Node:
        match token.text:
            case "?":
                self._reads_input = True
                return nodes.name("?", place)
            case "@":
                if self._token.kind != "string":
                    raise self._unexpected(part("at-text"))
                text = self._scanner.string(self._next())
                return nodes.folded(place, parse_literal, nodes.Constant(text))
            case "{":
                return self._context(place)
            case "(" if self._at(*_TESTS):
                symbol = self._next().text
                node = nodes.open_interval(symbol, self._operation(_SUM), place)
                self._expect(")")
                return node
            case "[" if self._accept("]"):
                return nodes.items([])
        node = self._expression()
        if token.text == "]" or self._at(".."):
            return self._range(node, token, place)
        if token.text == "(":
            self._expect(")")
            return node
        found = [node]
        while self._accept(","):
            found.append(self._expression())
        self._expect("]")
        return nodes.items(found)

    def _range(self, start: Node, opening: Token, place: str) -> Node:
        self._expect("..")
        outer, self._ends_range = self._ends_range, True
        end = self._operation(_SUM)
        self._ends_range = outer
        closing = self._next()
        if closing.kind != "symbol" or closing.text not in ")][":
            raise self._error(said("expected", expected=part("range-end"), found=closing.shown()), closing)
        return nodes.interval(start, end, opening.text == "[", closing.text == "]", place)

    def _named(self, token: Token, place: str) -> Node:
        """What begins with a word: a known name, even one that begins with a keyword, or the construct."""
        name = self._read_name()
        if name is not None:
            self._reads_partial |= name == "partial"
            self._reads_input |= name == self._input_name
            return nodes.name(name, place)
        if token.kind != "word":
            raise self._unexpected(part("expression"))
        self._next()
        match token.text:
            case "true" | "false" | "null":
                return nodes.Constant(_CONSTANTS[token.text])
            case "if":
                return self._if()
            case "for":
                return self._for(place)
            case "some" | "every":
                return self._quantified(token.text == "every", place)
            case "function":
                return self._function(token)
        self._move(token.start)
        raise self._unexpected(part("expression"))
