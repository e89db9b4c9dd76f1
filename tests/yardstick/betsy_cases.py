"""Betsy's test cases, read out of the Java in which they are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CASES = Path("pebl-builder/src/main/java/configuration/bpmn")
MODELS = Path("pebl-builder/src/main/resources/files/bpmn")
FOLDERS = {
    "Activity": "activities", "Basic": "basics", "Data": "data", "Error": "errors", "Event": "events",
    "Gateway": "gateways", "Pattern": "cfpatterns",
}  # fmt: skip
_TEST = re.compile(r"static final Test (\w+)\s*=\s*BPMNProcessBuilder\s*\.build(\w+)Process\s*\((.*?)\);", re.DOTALL)
_LISTED = re.compile(r"Arrays\.asList\((.*?)\);", re.DOTALL)
_FEATURE = re.compile(r'new Feature\((?:new FeatureSet\(.*?\)|\w+),\s*"([^"]+)"', re.DOTALL)
_ACT = re.compile(r"\.(\w+)\(\s*(\d*)\s*\)")
_ASSERTED = {
    "assertMarkerExists": "MARKER_exists",
    "assertIncrement": "INCREMENT",
    "assertRuntimeException": "ERROR_runtime",
    "assertErrorThrownErrorEvent": "ERROR_thrownErrorEvent",
    "assertGenericError": "ERROR",
    "assertExecutionParallel": "EXECUTION_parallel",
    "assertDataCorrect": "DATA_correct",
    **{f"assertTask{number}": f"SCRIPT_task{number}" for number in range(1, 6)},
}


@dataclass(frozen=True, slots=True)
class Case:
    """expected: what is logged, in any order. text: the variable `test`; beside: whether the process ParallelProcess of the
    same file is started too."""

    group: str
    model: str
    number: int
    expected: tuple[str, ...]
    text: str | None = None
    integer: int = 0
    beside: bool = False

    @property
    def name(self) -> str:
        return f"{self.group}/{self.model} {self.number}"


def cases(betsy: Path) -> list[Case]:
    return [case for file in sorted((betsy / CASES).glob("*Processes.java")) for case in _in_file(file)]


def _in_file(file: Path) -> Iterator[Case]:
    source = re.sub(r"^\s*//.*$", "", file.read_text(), flags=re.MULTILINE)
    listed = set(re.findall(r"\w+", " ".join(_LISTED.findall(source))))
    for name, kind, arguments in _TEST.findall(source):
        if name not in listed:
            continue
        head, *builders = arguments.split("new BPMNTestCaseBuilder()")
        feature = _FEATURE.search(head)
        given = re.search(r'"([^"]+)"', head)
        assert feature
        assert given
        model = feature[1] if kind in ("Data", "Pattern") else given[1]
        for number, built in enumerate(builders, start=1):
            yield _case(FOLDERS[kind], model, number, _ACT.findall(built))


def _case(group: str, model: str, number: int, acts: list[tuple[str, str]]) -> Case:
    done = dict(acts)
    text = next((name.removeprefix("input").lower() for name in done if name.startswith("input")), None)
    return Case(
        group=group,
        model=model,
        number=number,
        expected=tuple(sorted(_ASSERTED[name] for name, _ in acts if name.startswith("assert"))),
        text=text,
        integer=int(done.get("setIntegerVariable") or 0),
        beside="useParallelProcess" in done,
    )


def broken_models(betsy: Path) -> list[Path]:
    """The models that each break a rule of BPMN, in folders by rule."""
    return sorted((betsy / MODELS / "bpmn_constraints").rglob("*.bpmn"))
