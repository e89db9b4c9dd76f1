"""Expressions of models: JUEL `${...}` here, FEEL in `feel`; without Python's own evaluation, with bounded cost."""

from app.expressions.errors import EvaluationError, ExpressionError, ParseError
from app.expressions.juel import Expression, compile, is_expression
from app.expressions.texts import said

__all__ = ["EvaluationError", "Expression", "ExpressionError", "ParseError", "compile", "is_expression", "said"]
