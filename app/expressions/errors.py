"""What can go wrong with an expression: it does not parse, or it cannot be evaluated."""

from app.expressions.texts import Said


class ExpressionError(Exception):
    """`position` is the 0-based offset in `source`, None where no single place is at fault."""

    def __init__(self, message: str, position: int | None = None, source: str = "") -> None:
        super().__init__(message, position, source)
        self.message = message
        self.position = position
        self.source = source

    def __str__(self) -> str:
        return self.message if self.position is None else f"{self.message} (at offset {self.position})"


class ParseError(ExpressionError):
    """The source is not a JUEL expression, or exceeds a limit. `said` is why, by language."""

    def __init__(self, said: Said, position: int | None = None, source: str = "") -> None:
        super().__init__(said["en"], position, source)
        self.args = said, position, source
        self.said = said


class EvaluationError(ExpressionError):
    """The expression has no value for the given variables and functions."""
