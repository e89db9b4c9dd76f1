"""The built-in functions of FEEL by their names (DMN 1.4, 10.3.4)."""

from app.expressions.feel import contexts, dates, lists, numeric, ranges, text
from app.expressions.feel.values import Function

BUILTINS: dict[str, Function] = {
    name: Function(name, signatures)
    for area in (contexts, dates, lists, numeric, ranges, text)
    for name, signatures in area.FUNCTIONS.items()
}
