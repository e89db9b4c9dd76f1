"""What holds for every form: those of the services, and made ones."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions.forms.form_context import is_provided
from app.actions.forms.form_language import FEEL
from app.forms import Form, FormErrors, compile
from tests.forms.dynamic_forms import NOW, REQUIRED, computed, form, load, number, text


@pytest.mark.parametrize("path", sorted(Path("forms").rglob("*.form")), ids=lambda path: path.stem)
def test_the_forms_of_the_services_can_be_used(path: Path) -> None:
    subject = compile(path.read_bytes(), FEEL)
    assert subject.strange_names({name for name in subject.variables if is_provided(name)}, {}) == []
    shown = (field.key for field in subject.fields if not (field.fillable or field.computed))
    sent = {key: "forged" for key in shown if "." not in key}
    assert touched(subject, sent).isdisjoint(sent)


def touched(subject: Form, data: dict[str, Any]) -> set[str]:
    """The keys of the data that is kept, or of the errors."""
    try:
        return set(load(subject, data))
    except FormErrors as broken:
        return {error.key for error in broken.errors}


_values = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["", "x", "refuse", "2"]))
_conditions = st.sampled_from(
    [
        "=f0 = 1",
        "=f0 = null",
        '=f1 != "x"',
        "=known",
        "=not(known)",
        "=f0 + 1 > 2",
        "=missing",
        "=true",
        "=f1",
        "=f2 = 0",
    ]
)


@st.composite
def _components(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Two open fields, a computed one, and fields that are hidden, disabled or read-only on conditions on those."""
    made = [number("f0"), text("f1"), computed("f2", draw(st.sampled_from(["=f0 * 2", "=f1", "=known", "=null"])))]
    for index in range(draw(st.integers(1, 4))):
        closing: dict[str, Any] = draw(
            st.one_of(
                st.builds(lambda hide: {"conditional": {"hide": hide}}, _conditions),
                st.builds(lambda readonly: {"readonly": readonly}, _conditions),
                st.just({"disabled": True}),
            )
        )
        made.append(text(f"g{index}", **closing, **(REQUIRED if draw(st.booleans()) else {})))
    return made


def _closed(component: dict[str, Any], data: dict[str, Any]) -> bool:
    if component.get("disabled"):
        return True
    condition = component.get("conditional", {}).get("hide") or component.get("readonly")
    return condition is not None and FEEL.holds(condition[1:], data, NOW)


@settings(max_examples=150, deadline=None)
@given(components=_components(), values=st.lists(_values, min_size=7, max_size=7), known=_values)
def test_closed_fields_never_hold_up_and_never_give_a_value(
    components: list[dict[str, Any]], values: list[Any], known: Any
) -> None:
    subject = form(*components)
    data: dict[str, Any] = {f"f{index}": values[index] for index in range(3)}
    data |= {f"g{index}": f"sent {value}" if value else value for index, value in enumerate(values[3:])}
    data = {key: value for key, value in data.items() if key in {field.key for field in subject.fields}}
    seen = _seen(components, data, known)
    closed = {one["key"] for one in components[3:] if _closed(one, seen)}
    try:
        loaded = load(subject, data, known=known)
    except FormErrors as broken:
        wrong = {error.key for error in broken.errors}
    else:
        wrong = set()
        assert loaded["f2"] == seen["f2"]
        assert loaded.keys().isdisjoint(closed)
        assert loaded.keys() | closed == {one["key"] for one in components}
    assert wrong.isdisjoint(closed)


def _seen(components: list[dict[str, Any]], data: dict[str, Any], known: Any) -> dict[str, Any]:
    """What the conditions above see: the open fields as they are kept, and the computed one."""
    seen: dict[str, Any] = {"known": known, "f0": None, "f1": None}
    for component in components[:2]:
        try:
            seen |= form(component).load({component["key"]: data[component["key"]]})
        except FormErrors:
            continue
    return seen | {"f2": FEEL.evaluate(components[2]["expression"][1:], seen, NOW).value}
