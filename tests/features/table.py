"""Which constructs run, by the tests that prove it: `python -m tests.features.table > docs/constructs.md`.

A test module says in RUNS what it proves to run, in REFUSES what it proves to be refused, each with the chapters of BPMN
2.0.2 that speak of it.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).parents[1]
REFUSING = sorted((TESTS / "definitions").glob("test_*_findings.py"))
HEAD = """# Constructs

What runs of BPMN 2.0.2 and of Camunda 7's extensions, and what a deployment refuses by element and reason. The table is
made from the tests: `python -m tests.features.table > docs/constructs.md`.

| construct | | BPMN 2.0.2 | proved by |
|---|---|---|---|
"""


def table() -> str:
    return HEAD + "".join(sorted(_rows("RUNS", "runs"))) + "".join(sorted(_rows("REFUSES", "refused")))


def _rows(declared: str, word: str) -> Iterator[str]:
    for file in (*sorted((TESTS / "features").glob("test_*.py")), *REFUSING):
        place = file.relative_to(TESTS.parent)
        module = import_module(".".join(place.with_suffix("").parts))
        for construct, where in getattr(module, declared, {}).items():
            yield f"| {construct} | {word} | {where} | [{file.stem}](../{place.as_posix()}) |\n"


if __name__ == "__main__":
    print(table(), end="")
