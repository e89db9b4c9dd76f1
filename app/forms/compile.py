"""Turns a form made with Camunda Modeler's form builder (form-js JSON) into a `Form`.

Agrees with form-js on what a component accepts. A form with anything the server cannot check the way the browser does
is refused.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import Any

from app.forms.components import INPUTS, ComponentReader, Place
from app.forms.form import Form
from app.forms.model import Field, FormRejected, Language
from app.forms.paths import Branch
from app.forms.source import read_source, string, texts

MAX_DEPTH = 8
MAX_SEGMENTS = 20
MAX_REPETITIONS = 100
MAX_ID = 255
MAX_FINDINGS = 1_000

_WITHOUT_DATA = frozenset(
    ("text", "html", "image", "spacer", "separator", "button", "iframe", "table", "documentPreview")
)
_PATH = re.compile(r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*")
_RESERVED = frozenset(("__proto__", "constructor", "prototype"))


def compile(source: bytes | str, language: Language | None = None) -> Form:
    """Compiles a form's source, JSON of at most 256 KB with at most 8 levels of groups.

    Without a language the fields can be told, but expressions are not read, and a form with any cannot be loaded.
    Raises FormRejected with its findings, MAX_FINDINGS at most.
    """
    document = read_source(source)
    compiler = _Compiler(language)
    form_id = document.get("id")
    if not isinstance(form_id, str) or not form_id or len(form_id) > MAX_ID or not form_id.isprintable():
        compiler.find("no_id", {})
        form_id = ""
    root = Branch()
    compiler.components(document["components"], Place(root))
    findings = list(islice(chain(compiler.read.findings, compiler.read.expressions.circles()), MAX_FINDINGS))
    if findings:
        raise FormRejected(findings)
    return Form(
        form_id,
        tuple(compiler.fields),
        root,
        language=language,
        dynamic=compiler.dynamic,
        names=compiler.read.expressions.names,
        version_tag=tag if isinstance(tag := document.get("versionTag"), str) and tag else None,
    )


class _Compiler:
    def __init__(self, language: Language | None) -> None:
        self.read = ComponentReader(language)
        self.find = self.read.find
        self.fields: list[Field] = []
        self.ids: set[str] = set()
        self.dynamic = False

    def components(self, components: object, place: Place) -> None:
        if place.depth > MAX_DEPTH:
            self.find("too_deep", {})
            return
        for component in components if isinstance(components, list) else []:
            if isinstance(component, dict):
                self.component(component, place)
            else:
                self.find("bad_component", {})

    def component(self, component: dict[str, Any], place: Place) -> None:
        component_id = string(component, "id")
        if component_id is not None:
            if component_id in self.ids:
                self.find("duplicate_id", component)
            self.ids.add(component_id)
        kind = component.get("type")
        if kind in ("group", "dynamiclist"):
            self.container(component, place)
        elif isinstance(kind, str) and (kind in INPUTS or kind == "expression"):
            self.input(component, kind, place)
        elif not isinstance(kind, str) or kind not in _WITHOUT_DATA:
            self.find("unknown_type", component, kind)
        else:
            self.read.condition(component, place)

    def container(self, component: dict[str, Any], place: Place) -> None:
        hidden, hide = self.read.condition(component, place)
        is_list = component["type"] == "dynamiclist"
        segments = self.segments(component, "path") if component.get("path") or is_list else ()
        if segments is None:
            return
        repeats = is_list and component.get("isRepeating", True) is not False
        branch: Branch | None
        if is_list:
            self.check_repetitions(component)
            branch = Branch(
                closed=True,
                is_list=repeats,
                label=texts(component, component.get("label") or component["path"], "label"),
                component_id=string(component, "id"),
                hide=hide if repeats else (),
            )
            free = place.branch.place(segments, branch)
        else:
            branch = place.branch.open(segments)
            free = branch is not None
        if not free or branch is None:
            self.find("duplicate_key", component, component["path"])
            return
        self.dynamic = self.dynamic or bool(branch.hide)
        prefix = place.prefix + segments
        inside = Place(
            branch,
            prefix,
            hidden,
            () if repeats else hide,
            (*place.rows, ".".join(prefix)) if repeats else place.rows,
            place.depth + 1,
        )
        self.components(component.get("components"), inside)

    def check_repetitions(self, component: dict[str, Any]) -> None:
        number = component.get("defaultRepetitions", 1)
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MAX_REPETITIONS:
            self.find("bad_rule", component, "defaultRepetitions")

    def segments(self, component: dict[str, Any], name: str) -> tuple[str, ...] | None:
        path = component.get(name)
        segments = tuple(path.split(".")) if isinstance(path, str) and _PATH.fullmatch(path) else ()
        odd = any(part.isdecimal() or part in _RESERVED for part in segments)
        if odd or not 0 < len(segments) <= MAX_SEGMENTS:
            self.find("bad_key", component, path)
            return None
        return segments

    def input(self, component: dict[str, Any], kind: str, place: Place) -> None:
        segments = self.segments(component, "key")
        if segments is None:
            return
        leaf = self.read.leaf(component, kind, segments, place)
        if not place.branch.place(segments, leaf):
            self.find("duplicate_key", component, leaf.field.key)
        self.dynamic = self.dynamic or leaf.dynamic.changing or leaf.dynamic.ruling
        self.fields.append(leaf.field)
