"""Small acts with small models, written where the check looks for them."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from app.conformity import Report, audit
from tests.features import feature_models as m

ROLES = {
    "clerk": {"kk": "Кеңсе қызметкері", "ru": "Сотрудник канцелярии", "en": "Office clerk"},
    "head": {"kk": "Басшы", "ru": "Руководитель", "en": "Head or deputy"},
    "unit_head": {"kk": "Бөлімше басшысы", "ru": "Руководитель подразделения", "en": "Head of unit"},
    "executor": {"kk": "Орындаушы", "ru": "Исполнитель", "en": "Executor"},
    "applicant": {"kk": "Өтініш беруші", "ru": "Заявитель", "en": "Applicant"},
    "system": {"kk": "Жүйе", "ru": "Система", "en": "Information system"},
}
TOTAL = "workingDays(250, submittedAt)"
NAMES = {"kk": "қызмет", "ru": "услуга", "en": "service"}


def step(clause: str, role: str = "clerk", **more: Any) -> dict[str, Any]:
    return {"clause": clause, "role": role, **NAMES, **more}


def service(*steps: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """With a total of a year, as `model` has it, unless more says otherwise."""
    return {
        "total_limit": {"working_days": 250, "clause": "total"},
        "key": "s", "title": NAMES, "provider": {"key": "p"}, "results": {"issued": NAMES},
        "steps": [dict(one) for one in steps], **more,
    }  # fmt: skip


def law(documentation: str = "", **properties: str) -> str:
    """A documentation and properties; `clause="5.1"` is law.clause, `name_en` is name.en."""
    names = {key: key.replace("_", ".") if key.startswith("name_") else f"law.{key}" for key in properties}
    inner = "".join(f'<camunda:property name="{names[key]}" value="{value}"/>' for key, value in properties.items())
    return (
        f"<documentation>{documentation}</documentation>"
        f"<extensionElements><camunda:properties>{inner}</camunda:properties></extensionElements>"
    )


def task(node: str, clause: str, due: str | None = None, role: str = "clerk", *content: str, **properties: str) -> str:
    given = {"dueDate": f"${{{due}}}"} if due else {}
    return m.user(node, law(clause=clause, **properties), *content, candidateGroups=role, **given)


def registered() -> str:
    return m.service("register", law(name_en="Number the application"), delegateExpression="${registerApplication}")


def model(*content: str, lanes: Mapping[str, str], **properties: str) -> bytes:
    """lanes: the role of each node that stands in a lane. The end gives the result `issued` unless content has an end.

    properties: of the process; total and totalClause are those of `service` unless they are given.
    """
    own_end = any('<endEvent id="end"' in part for part in content)
    end = "" if own_end else m.node("endEvent", "end", law(result="issued"))
    drawn = "".join(
        f'<lane id="lane-{node}" name="{ROLES[role]["kk"]}"><flowNodeRef>{node}</flowNodeRef></lane>'
        for node, role in lanes.items()
    )
    head = law(**{"act": "a", "service": "s", "total": TOTAL, "totalClause": "total"} | properties)
    source = m.file(head, f"<laneSet>{drawn}</laneSet>", m.start(), *content, end).decode()
    return numbered(source).replace('process id="p"', 'process id="s"').encode()


def numbered(source: str) -> str:
    """With a step before each end with a result that gives the document its number."""
    for node in re.findall(r'<endEvent id="([\w-]+)">(?:(?!</endEvent>).)*"law.result"', source):
        issue = m.service(f"number-{node}", delegateExpression="${issueDocument}") + m.path(f"number-{node}", node)
        source = source.replace(f'targetRef="{node}"', f'targetRef="number-{node}"')
        source = source.replace("</process>", f"{issue}</process>")
    return source


def in_line(*nodes: tuple[str, str], **properties: str) -> bytes:
    """Start, registration, the tasks (each with its role) one after the other, end."""
    ids = [part.partition('id="')[2].partition('"')[0] for part, _ in nodes]
    lanes = {node: role for node, (_, role) in zip(ids, nodes, strict=True)}
    parts = [part for part, _ in nodes]
    return model(registered(), *parts, m.path("start", "register", *ids, "end"), lanes=lanes, **properties)


def report(home: Path, act: Mapping[str, Any], source: bytes, **others: bytes) -> Report:
    """others: called processes, by the name of their file."""
    root = home / "bpmn"
    (root / "a").mkdir(parents=True)
    (root / "shared").mkdir()
    (root / "roles.yaml").write_text(yaml.safe_dump(ROLES, allow_unicode=True))
    (root / "a" / "act.yaml").write_text(
        yaml.safe_dump({"act": {"id": "a"}, "services": [dict(act)]}, allow_unicode=True)
    )
    (root / "a" / "s.bpmn").write_bytes(source)
    for name, called in others.items():
        (root / "shared" / f"{name}.bpmn").write_bytes(called)
    (only,) = audit(root, "s")
    return only
