"""Forms with expressions, for tests: made, loaded for a case, and what is wrong with them."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.actions.forms.form_language import FEEL
from app.forms import Case, Form, FormErrors, FormRejected, compile

NOW = datetime(2026, 5, 1, 0, 30, tzinfo=ZoneInfo("Asia/Almaty"))
REQUIRED = {"validate": {"required": True}}


def source(*components: dict[str, Any]) -> str:
    return json.dumps({"type": "default", "id": "f", "components": list(components)})


def form(*components: dict[str, Any]) -> Form:
    return compile(source(*components), FEEL)


def load(subject: Form, data: dict[str, Any], **known: Any) -> dict[str, object]:
    return subject.load(data, Case(known, NOW))


def codes(subject: Form, data: dict[str, Any], **known: Any) -> list[tuple[str, str]]:
    with pytest.raises(FormErrors) as broken:
        load(subject, data, **known)
    assert all(error.message.keys() == {"kk", "ru", "en"} for error in broken.value.errors)
    return [(error.key, error.code) for error in broken.value.errors]


def findings(*components: dict[str, Any]) -> list[str]:
    with pytest.raises(FormRejected) as refused:
        form(*components)
    assert all(found.message.keys() == found.hint.keys() == {"kk", "ru", "en"} for found in refused.value.findings)
    return [found.message["en"] for found in refused.value.findings]


def text(key: str, hide: str | None = None, **rest: Any) -> dict[str, Any]:
    return {"type": "textfield", "key": key, **({"conditional": {"hide": hide}} if hide else {}), **rest}


def number(key: str, **rest: Any) -> dict[str, Any]:
    return {"type": "number", "key": key, **rest}


def computed(key: str, expression: str, **rest: Any) -> dict[str, Any]:
    return {"type": "expression", "key": key, "expression": expression, "computeOn": "change", **rest}
