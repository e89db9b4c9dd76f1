"""Evaluating the expressions of a net where not all variables are known: every case that makes a difference is followed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from app import expressions
from app.conformity.timing import Timing
from app.conformity.values import ANY, UNSET, Given, GivenMoment, Undecided, Unset, View
from app.conformity.variables import Assignment, Variables, names

Known = dict[str, object]
FAULT: Final = "\0fault"
"""In the place of a value: the expression has none, as it takes apart what somebody gave."""
MEMORY = "?"
"""Before the source of a condition that was decided as a whole, in the place of a variable's name."""
LARGEST = 50
"""Counters are followed up to here; beyond, they are any number."""


@dataclass
class Deciding:
    """unset: full names of variables that were read before they existed, with the step that read them.

    assigned: what expressions have been seen to make of each variable, ANY for what is not known.
    """

    variables: Variables
    timing: Timing
    unset: set[tuple[str, str]] = field(default_factory=set)
    assigned: dict[str, set[object]] = field(default_factory=dict)

    def evaluate(self, known: Known, source: str, frame: str, now: object, step: str) -> list[tuple[Known, object]]:
        """Each way in which the variables that are asked for can be, with the value that the expression then has."""
        return self._evaluated(known, source, frame, now, step, self._values)

    def total(self, known: Known, source: str, now: object, step: str) -> list[tuple[Known, object]]:
        """As `evaluate`, as a case reads its total term: what is not known yet is null, and so is a day that people set."""
        seen = {name: _or_null(value) for name, value in known.items()}
        return self._evaluated(seen, source, "", now, step, lambda name: tuple(map(_or_null, self._values(name))))

    def _evaluated(
        self,
        known: Known,
        source: str,
        frame: str,
        now: object,
        step: str,
        values: Callable[[str], tuple[object, ...]],
    ) -> list[tuple[Known, object]]:
        if not expressions.is_expression(source):
            return [(known, source)]
        try:
            expression = expressions.compile(source)
        except expressions.ExpressionError:
            return [(known, FAULT)]
        functions = self.timing.functions(now, step) if expression.functions else {}
        pending, found = [known], []
        while pending:
            case = pending.pop()
            try:
                found.append((case, expression.evaluate(View(case, frame), functions)))
            except Undecided as asked:
                name = str(asked)
                pending += [case | {name: value} for value in reversed(dict.fromkeys(values(name)))]
            except Unset as asked:
                name = str(asked)
                self.unset.add((name, step))
                pending += [case | {name: value} for value in values(name) if value is not UNSET]
            except expressions.ExpressionError:
                found.append((case, FAULT))
        return found

    def _values(self, name: str) -> tuple[object, ...]:
        return self.variables.domains.get(name) or (Given(name),)

    def truth(self, known: Known, source: str, frame: str, now: object, step: str) -> Iterator[tuple[Known, bool]]:
        """As `evaluate`, for a condition. What cannot be told from its variables is both, and stays what it was."""
        memory = f"{MEMORY}{frame}{MEMORY}{source}"
        if memory in known:
            yield known, bool(known[memory])
            return
        for case, value in self.evaluate(known, source, frame, now, step):
            if isinstance(value, bool):
                yield case, value
            else:
                yield case | {memory: True}, True
                yield case | {memory: False}, False

    def assign(self, known: Known, assignments: Iterable[Assignment], now: object, step: str) -> list[Known]:
        """The variables after the assignments that matter, one after the other."""
        cases = [known]
        for one in assignments:
            if one.target not in self.variables.relevant:
                continue
            cases = [
                self.written(case, one.target, value)
                for before in cases
                for case, value in self._source(before, one, now, step)
            ]
        return cases

    def _source(self, known: Known, one: Assignment, now: object, step: str) -> list[tuple[Known, object]]:
        """Handing over a variable that does not exist is no fault: the other does not exist either."""
        read = names(one.source, one.frame)
        if len(read) == 1:
            name = next(iter(read))
            if one.source == f"${{{name.removeprefix(one.frame)}}}" and known.get(name) is UNSET:
                return [(known, UNSET)]
        return self.evaluate(known, one.source, one.frame, now, step)

    def written(self, known: Known, name: str, value: object) -> Known:
        """The variables with a new value of one; what was decided by its old one is open again."""
        if name not in self.variables.relevant:
            return known
        self.assigned.setdefault(name, set()).add(ANY if _unknown(value) else value)
        return self.forget(known, (name,)) | ({} if _unknown(value) else {name: value})

    def given(self, name: str) -> frozenset[object] | None:
        """What a variable can hold, as far as has been seen: of forms, decision tables and expressions; None: anything."""
        facts = self.variables
        found = set(self.assigned.get(name, ()))
        if name in facts.orphans:
            return None
        if any(name in writes.form for writes in facts.writes.values()):
            found |= set(facts.domains.get(name, ()))
        return None if any(value is ANY or isinstance(value, Given) for value in found) else frozenset(found)

    def forget(self, known: Known, written: Iterable[str]) -> Known:
        """The variables when these may have any value."""
        gone = set(written)
        return {name: value for name, value in known.items() if name not in gone and not (gone & read_by(name))}

    def living(self, known: Known, steps: Iterable[str]) -> Known:
        """The variables without those that nothing at these steps, or behind them, will read."""
        live = self.variables.always.union(*(self.variables.live[step] for step in steps))
        return {name: value for name, value in known.items() if name in live or read_by(name) & live}


def read_by(memory: str) -> frozenset[str]:
    """The variables by which a condition was decided; none for what is a variable itself."""
    if not memory.startswith(MEMORY):
        return frozenset()
    frame, _, source = memory.removeprefix(MEMORY).partition(MEMORY)
    return names(source, frame)


def _or_null(value: object) -> object:
    return None if value is UNSET or isinstance(value, GivenMoment) else value


def _unknown(value: object) -> bool:
    if value is FAULT or value is ANY or isinstance(value, list | dict | tuple):
        return True
    return not isinstance(value, bool) and isinstance(value, int | Decimal) and not -LARGEST <= value <= LARGEST
