"""Two versions of a model of an act: what a designer might change in it."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "bpmn" / "aktobe-6435" / "licence-procedure.bpmn"
CHANGES = (
    ('camunda:dueDate="${workingDays(4, submittedAt)}"', 'camunda:dueDate="${workingDays(5, submittedAt)}"'),
    ('law.clause" value="5.4"', 'law.clause" value="6.1"'),
    ('camunda:candidateGroups="clerk"', 'camunda:candidateGroups="head"'),
    ('<dc:Bounds x="1944" y="137" width="36" height="36"/>', '<dc:Bounds x="1944" y="217" width="36" height="36"/>'),
)
"""A limit, a clause, a role, and the place of the last event."""

LABEL, OTHER_LABEL = '"label.en": "Application number"', '"label.en": "Number"'


def first() -> dict[str, bytes]:
    """The model with its forms, as they are."""
    forms = [path for name in ("shared", "aktobe-6435") for path in (ROOT / "forms" / name).glob("*.form")]
    return {path.name: path.read_bytes() for path in (MODEL, *sorted(forms))}


def second() -> dict[str, bytes]:
    """The same with CHANGES, and another label in the form of the draft."""
    files, source = first(), MODEL.read_text()
    for before, after in CHANGES:
        assert before in source
        source = source.replace(before, after, 1)
    draft = files["licence-draft.form"].decode()
    assert LABEL in draft
    return {**files, MODEL.name: source.encode(), "licence-draft.form": draft.replace(LABEL, OTHER_LABEL, 1).encode()}
