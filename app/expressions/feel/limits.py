"""Bounds on the cost of a FEEL expression: what a decision model may make the service do."""

MAX_SOURCE = 10_000
"""Characters in a source."""
MAX_COMPILED = 500_000
"""Characters of the sources that are kept compiled: a large decision table has many cells, and needs all each time."""
MAX_DEPTH = 40
"""Nested parentheses, lists, contexts, filters, arguments, loops and links of a path."""
MAX_NODES = 2_000
"""Literals, names, operators and calls that parsing a source may make."""
MAX_NAME = 200
"""Characters in a name."""
MAX_DIGITS = 34
"""Significant digits of a number; decimal128 has as many (DMN 1.4, 10.3.2.3.1)."""
MAX_EXPONENT = 6_144
"""Largest absolute decimal exponent of a number, as of decimal128."""
MAX_TEXT = 100_000
"""Characters in a string that an expression makes."""
MAX_ITEMS = 10_000
"""Items in a list that an expression makes."""
MAX_VALUES = 100_000
"""Values in the result, and in one variable, those inside of lists and contexts too."""
MAX_NESTING = 60
"""Levels of lists and contexts in the result and in a variable."""
MAX_STEPS = 500_000
"""Parts of expressions evaluated, items looked at and pairs of values compared in one evaluation."""
MAX_CHARACTERS = 50
"""Characters of text that count as much as one step, and in a result as much as one value."""
MAX_WARNINGS = 50
"""Different warnings of one evaluation."""
MAX_PATTERN = 500
"""Characters in a regular expression."""
MAX_PROGRAM = 5_000
"""Steps that a regular expression is compiled to; `{n,m}` repeats those of its operand."""
MAX_MATCHED = 10_000
"""Characters in a string that a regular expression is applied to."""
MAX_MATCHING = 500_000
"""Steps that applying a regular expression to a string may take."""
MATCHING_STEPS = 4
"""So many of them count as much as one step of an evaluation."""
COMPILED_STEPS = 10
"""So many steps of a compiled regular expression count as much, each time that it is used."""
MAX_CALLS = 50
"""Calls inside of each other of functions that a model defines."""
