"""Every model of bpmn/ opens in Camunda Modeler's own import and passes its rules and bpmnlint's recommended ones."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODELS = sorted(path for suffix in ("bpmn", "dmn") for path in (ROOT / "bpmn").rglob(f"*.{suffix}"))
SOUND = ROOT / "tests/models/sound.bpmn"
TABLE = ROOT / "tests/models/sound.dmn"
HISTORY = "camunda-compat/history-time-to-live"
ELSEWHERE = r'<bpmn:subProcess id="elsewhere">\1</bpmn:subProcess>'

Finding = dict[str, str | None]


def findings(*files: Path) -> dict[Path, list[Finding]]:
    """What the Modeler has to say about each file; see import.mjs."""
    assert (ROOT / "node_modules").is_dir(), "npm ci --ignore-scripts installs what opens the models"
    command = ["node", "tests/models/import.mjs", *map(str, files)]
    result = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=120)
    return {Path(file): found for file, found in json.loads(result.stdout).items()}


@pytest.fixture(scope="module")
def of_all_models() -> dict[Path, list[Finding]]:
    return findings(*MODELS)


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.relative_to(ROOT / "bpmn").as_posix())
def test_a_model_opens_in_the_modeler_without_a_word(of_all_models: dict[Path, list[Finding]], model: Path) -> None:
    assert of_all_models[model] == []


def test_the_models_that_are_spoilt_below_are_sound() -> None:
    assert findings(SOUND, TABLE) == {SOUND: [], TABLE: []}


@pytest.fixture
def spoilt(tmp_path: Path) -> Callable[[Path, str, str], list[Finding]]:
    """What is found when the first match of a pattern in a model is replaced."""

    def spoil(model: Path, pattern: str, replacement: str) -> list[Finding]:
        text, changes = re.subn(pattern, replacement, model.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
        assert changes == 1, pattern
        copy = tmp_path / model.name
        copy.write_text(text, encoding="utf-8")
        return findings(copy)[copy]

    return spoil


@pytest.mark.parametrize(
    ("model", "pattern", "replacement", "check"),
    [
        pytest.param(SOUND, "</bpmn:process>", "", "import", id="not well-formed"),
        pytest.param(SOUND, 'targetRef="answer"', 'targetRef="gone"', "import", id="a reference to nothing"),
        pytest.param(SOUND, "camunda:historyTimeToLive=", "camunda:keptFor=", "unknown", id="an unknown attribute"),
        pytest.param(SOUND, "<bpmn:userTask", "<camunda:note /><bpmn:userTask", "import", id="an element out of place"),
        pytest.param(SOUND, "<bpmn:incoming>[^<]+</bpmn:incoming>", "", "flows", id="a flow its target does not list"),
        pytest.param(
            SOUND, "(<bpmn:sequenceFlow[^>]+>)", ELSEWHERE, "flows", id="a flow in another scope than its ends"
        ),
        pytest.param(SOUND, "<bpmndi:BPMNEdge.*?</bpmndi:BPMNEdge>", "", "diagram", id="a flow that is not drawn"),
        pytest.param(SOUND, "<bpmndi:BPMNShape.*?</bpmndi:BPMNShape>", "", "diagram", id="a step that is not drawn"),
        pytest.param(SOUND, ' name="Жауап беру"', "", "label-required", id="a step without a name"),
        pytest.param(SOUND, r'camunda:historyTimeToLive="[^"]*"', "", HISTORY, id="no history time to live"),
        pytest.param(TABLE, "<literalExpression", "<note /><literalExpression", "import", id="a word that DMN lacks"),
        pytest.param(TABLE, ' id="kind"', ' id="kind" colour="red"', "unknown", id="an attribute that DMN lacks"),
        pytest.param(TABLE, "<dmndi:DMNShape.*?</dmndi:DMNShape>", "", "diagram", id="an input that is not drawn"),
        pytest.param(TABLE, "<dmndi:DMNEdge.*?</dmndi:DMNEdge>", "", "diagram", id="a requirement that is not drawn"),
    ],
)
def test_a_spoilt_model_is_found_out(
    spoilt: Callable[[Path, str, str], list[Finding]], model: Path, pattern: str, replacement: str, check: str
) -> None:
    assert check in {finding["check"] for finding in spoilt(model, pattern, replacement)}
