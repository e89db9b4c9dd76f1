"""Element templates for Camunda Modeler: what a deployment reads of a step, filled in by choice.

Format: the JSON schema of element templates for Camunda 7 (@camunda/element-templates-json-schema). The roles are those of
the regulations; labels are in the three languages, for a template knows no translations.
"""

import json
from typing import Any

from app.actions.models.naming import roles
from app.actions.running.delegates import DELEGATES
from app.domain.in_words.grammar import agreeing
from app.domain.people.designers import DESIGNER
from app.domain.terms.calendar import LANGUAGES, Text
from app.domain.terms.explanation import Rule

SCHEMA = "https://unpkg.com/@camunda/element-templates-json-schema/resources/schema.json"
VERSION = 1
NO_TASKS = frozenset({"system", DESIGNER})
"""Roles that no task is for."""
Property = dict[str, Any]

_UNITS = {
    Rule.MINUTES: Text("{n} минут", "{n} минута|{n} минуты|{n} минут", "{n} minute|{n} minutes"),
    Rule.HOURS: Text("{n} сағат", "{n} час|{n} часа|{n} часов", "{n} hour|{n} hours"),
    Rule.WORKING_DAYS: Text(
        "{n} жұмыс күні", "{n} рабочий день|{n} рабочих дня|{n} рабочих дней", "{n} working day|{n} working days"
    ),
    Rule.CALENDAR_DAYS: Text(
        "{n} күнтізбелік күн",
        "{n} календарный день|{n} календарных дня|{n} календарных дней",
        "{n} calendar day|{n} calendar days",
    ),
}
_AMOUNTS = {
    Rule.MINUTES: (5, 10, 15, 20, 30, 45),
    Rule.HOURS: (1, 2, 3, 4, 6, 8),
    Rule.WORKING_DAYS: (*range(1, 16), 20, 22, 25, 30, 45, 60),
    Rule.CALENDAR_DAYS: (*range(1, 16), 20, 22, 25, 30, 45, 60, 90),
}
_OPENED = Text("қадам ашылғаннан", "с открытия шага", "from the opening of the step")
_APPLIED = Text("өтініш берілгеннен", "с подачи заявления", "from the application")
REGISTERED_AT = "submittedAt"
"""What the registration takes down, and terms of the application count from."""


def templates() -> dict[str, str]:
    """The files of the templates by name."""
    made = {
        "regulation-procedure.json": _procedure(),
        "register-application.json": _delegated(
            "register-application",
            Text("Өтінішті тіркеу", "Регистрация заявления", "Register application"),
            "registerApplication",
            "applicationNumber, applicationDate, submittedAt, receivedAt",
        ),
        "issue-document.json": _delegated(
            "issue-document",
            Text("Құжат беру", "Выдача документа", "Issue document"),
            "issueDocument",
            "documentNumber, documentDate, validUntil (documentValidYears)",
        ),
        "notify.json": _notify(),
    }
    return {name: json.dumps(one, ensure_ascii=False, indent=2) + "\n" for name, one in made.items()}


def _procedure() -> dict[str, Any]:
    role = [{"name": f"{_said(name)} ({key})", "value": key} for key, name in roles().items() if key not in NO_TASKS]
    properties = [
        *_names(),
        _chosen(Text("Рөл", "Роль", "Role"), "camunda:candidateGroups", role),
        _chosen(Text("Мерзім", "Срок", "Limit"), "camunda:dueDate", _limits()),
        *_clauses(),
        _property(
            Text("Мерзімнің тармағы, басқа болса", "Пункт срока, если другой", "Clause of the limit, if another"),
            "law.limitClause",
        ),
        _written(Text("Нысан (id)", "Форма (id)", "Form (id)"), "camunda:formRef"),
        _chosen(
            Text("Нысанның нұсқасы", "Версия формы", "Version of the form"),
            "camunda:formRefBinding",
            [
                {
                    "name": _said(Text("осы орналастырудан", "из этого размещения", "of this deployment")),
                    "value": "deployment",
                },
                {"name": _said(Text("соңғы", "последняя", "the newest")), "value": "latest"},
            ],
        ),
    ]
    name = Text("Регламент рәсімі", "Процедура регламента", "Regulation procedure")
    return _template("procedure", name, "bpmn:UserTask", properties)


def _delegated(key: str, name: Text, delegate: str, writes: str) -> dict[str, Any]:
    assert delegate in DELEGATES
    hidden = {
        "type": "Hidden",
        "value": f"${{{delegate}}}",
        "binding": {"type": "property", "name": "camunda:delegateExpression"},
    }
    return {
        **_template(key, name, "bpmn:ServiceTask", [hidden, *_names(), *_clauses()]),
        "description": f"→ {writes}",
    }


def _notify() -> dict[str, Any]:
    external = {"type": "Hidden", "value": "external", "binding": {"type": "property", "name": "camunda:type"}}
    topic = {
        "label": _said(Text("Тақырып", "Тема", "Topic")),
        "type": "String",
        "value": "notify",
        "constraints": {"notEmpty": True},
        "binding": {"type": "property", "name": "camunda:topic"},
    }
    text = {
        "label": _said(Text("Хабарламаның мәтіні", "Текст уведомления", "Text of the notice")),
        "type": "Text",
        "constraints": {"notEmpty": True},
        "binding": {"type": "camunda:inputParameter", "name": "noticeText"},
    }
    name = Text("Хабарлау", "Уведомление", "Notify")
    return _template("notify", name, "bpmn:ServiceTask", [external, *_names(), topic, text, *_clauses()])


def _template(key: str, name: Text, element: str, properties: list[Property]) -> dict[str, Any]:
    return {
        "$schema": SCHEMA,
        "name": f"{name.en} · {name.ru} · {name.kk}",
        "id": f"reglament.{key}",
        "version": VERSION,
        "appliesTo": ["bpmn:Task", element],
        "elementType": {"value": element},
        "properties": properties,
    }


def _names() -> list[Property]:
    """What the step is called: in the model in Kazakh, and in the two other languages."""
    return [
        _written(Text("Атауы (қаз.)", "Название (каз.)", "Name (kk)"), "name"),
        _property(Text("Атауы (орыс.)", "Название (рус.)", "Name (ru)"), "name.ru"),
        _property(Text("Атауы (ағыл.)", "Название (англ.)", "Name (en)"), "name.en"),
    ]


def _clauses() -> list[Property]:
    return [{**_property(Text("Тармақ", "Пункт акта", "Clause"), "law.clause"), "constraints": {"notEmpty": True}}]


def _limits() -> list[dict[str, str]]:
    opened = [_limit(rule, n, "", _OPENED) for rule in _UNITS for n in _AMOUNTS[rule]]
    days = (Rule.WORKING_DAYS, Rule.CALENDAR_DAYS)
    return opened + [_limit(rule, n, f", {REGISTERED_AT}", _APPLIED) for rule in days for n in _AMOUNTS[rule]]


def _limit(rule: Rule, n: int, base: str, begins: Text) -> dict[str, str]:
    words = (f"{agreeing(_UNITS[rule], n, lang).format(n=n)} {begins.get(lang)}" for lang in LANGUAGES)
    return {"name": " · ".join(words), "value": f"${{{rule.value}({n}{base})}}"}


def _chosen(label: Text, attribute: str, choices: list[dict[str, str]]) -> Property:
    return {
        "label": _said(label),
        "type": "Dropdown",
        "value": choices[0]["value"],
        "choices": choices,
        "constraints": {"notEmpty": True},
        "binding": {"type": "property", "name": attribute},
    }


def _written(label: Text, attribute: str) -> Property:
    return {
        "label": _said(label),
        "type": "String",
        "constraints": {"notEmpty": True},
        "binding": {"type": "property", "name": attribute},
    }


def _property(label: Text, name: str) -> Property:
    """An extension property; an empty one is not written."""
    return {"label": _said(label), "type": "String", "binding": {"type": "camunda:property", "name": name}}


def _said(text: Text) -> str:
    return f"{text.kk} · {text.ru} · {text.en}"
