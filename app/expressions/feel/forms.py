"""Contexts, and the constructs of FEEL that begin with a keyword: `if`, `for`, `some`, `every` and `function`."""

from abc import ABC, abstractmethod
from collections.abc import Collection

from app.expressions.feel import iteration, nodes
from app.expressions.feel.cursor import Cursor
from app.expressions.feel.iteration import Iteration
from app.expressions.feel.nodes import Node
from app.expressions.feel.tokens import Token
from app.expressions.feel.types import Type
from app.expressions.texts import part, said


class Forms(Cursor, ABC):
    """Parses them at the token after the brace or keyword."""

    def __init__(self, source: str, names: Collection[str]) -> None:
        super().__init__(source, names)
        self._reads_partial = False

    @abstractmethod
    def _expression(self) -> Node:
        """The expression that begins at the token."""

    def _context(self, place: str) -> Node:
        entries: list[tuple[str, Node]] = []
        self._names.push([])
        while not self._accept("}"):
            if entries:
                self._expect(",")
            if self._token.kind == "string":
                key: str | None = self._scanner.string(self._next())
                self._expect(":")
            else:
                key = self._read_key()
            if key is None:
                raise self._unexpected(part("entry"))
            entries.append((key, self._expression()))
            self._names.add(key)
            self._members.add(key)
        self._names.pop()
        return nodes.context(entries, place)

    def _if(self) -> Node:
        branches: list[tuple[Node, Node]] = []
        while True:
            condition = self._expression()
            self._expect("then")
            branches.append((condition, self._expression()))
            self._expect("else")
            if not self._accept("if"):
                return nodes.conditional(branches, self._expression())

    def _iterations(self) -> list[Iteration]:
        found: list[Iteration] = []
        while not found or self._accept(","):
            name = self._read_new_name()
            self._expect("in")
            start = self._expression()
            end = self._expression() if self._accept("..") else None
            found.append((name, start, end))
            self._names.push([name])
        return found

    def _for(self, place: str) -> Node:
        before, outer = self._nodes, self._reads_partial
        self._reads_partial = False
        iterations = self._iterations()
        self._expect("return")
        self._names.push(["partial"])
        body = self._expression()
        for _ in range(len(iterations) + 1):
            self._names.pop()
        node = iteration.loop(iterations, body, self._nodes - before, self._reads_partial, place)
        self._reads_partial |= outer
        return node

    def _quantified(self, every: bool, place: str) -> Node:
        before = self._nodes
        iterations = self._iterations()
        self._expect("satisfies")
        condition = self._expression()
        for _ in iterations:
            self._names.pop()
        return iteration.quantified(every, iterations, condition, self._nodes - before, place)

    def _function(self, token: Token) -> Node:
        self._expect("(")
        parameters: list[tuple[str, Type | None]] = []
        while not self._accept(")"):
            if parameters:
                self._expect(",")
            key = self._read_key()
            parameters.append((self._read_new_name(), None) if key is None else (key, self._type()))
        if self._at("external"):
            raise self._error(said("external"), token)
        before = self._nodes
        self._names.push([name for name, _ in parameters])
        body = self._expression()
        self._names.pop()
        return nodes.definition(parameters, body, self._nodes - before)
