"""Bounds on the cost of a JUEL expression: what a model may make the service do."""

MAX_SOURCE = 4_000
"""Characters in a source."""
MAX_COMPILED = 500_000
"""Characters of the sources that are kept compiled."""
MAX_DEPTH = 50
"""Nested parentheses, indexes, arguments, ternaries, unary operators and links of a property chain."""
MAX_NODES = 500
"""Literals, names, operators and calls in a source."""
MAX_STRING_LITERAL = 1_000
"""Characters between the quotes of a string literal."""
MAX_DIGITS = 34
"""Significant digits of a number; decimal128 has as many."""
MAX_EXPONENT = 1_000
"""Largest absolute decimal exponent of a number; wide enough for any binary double."""
MAX_TEXT = 100_000
"""Characters in a string that an expression makes."""
MAX_ITEMS = 10_000
"""Items in a list that an expression makes."""
MAX_VALUES = 100_000
"""Values, those inside of lists and maps too, that the variables of an execution may have when they are read as one."""
MAX_NESTING = 60
"""Levels of lists and maps in them."""
MAX_COMPARISONS = 20_000
"""Pairs of values that one comparison, or one search of a list or map, may look at."""
