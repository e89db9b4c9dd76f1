"""What changed between two versions of a model."""

from app.domain.terms.calendar import Text

DIFFERENCE = {
    "difference": Text("Не өзгерді", "Что изменилось", "What changed"),
    "difference-of": Text("Не өзгерді: {name}", "Что изменилось: {name}", "What changed: {name}"),
    "difference-with": Text("Мына нұсқамен салыстыру", "Сравнить с версией", "Compare with version"),
    "difference-compare": Text("Салыстыру", "Сравнить", "Compare"),
    "difference-before": Text("Бұрын: {n}-нұсқа", "Было: версия {n}", "Before: version {n}"),
    "difference-after": Text("Кейін: {n}-нұсқа", "Стало: версия {n}", "After: version {n}"),
    "difference-version": Text("{n}-нұсқа", "Версия {n}", "Version {n}"),
    "difference-edition": Text("Редакция: {name}", "Редакция: {name}", "Edition: {name}"),
    "difference-none": Text(
        "Бұл екі нұсқада айырмашылық жоқ.",
        "Между этими версиями нет различий.",
        "These two versions do not differ.",
    ),
    "difference-legend": Text("Шартты белгілер", "Условные обозначения", "Legend"),
    "difference-added": Text("Қосылды", "Добавлено", "Added"),
    "difference-removed": Text("Алынып тасталды", "Удалено", "Removed"),
    "difference-changed": Text("Өзгерді", "Изменено", "Changed"),
    "difference-moved": Text("Орын ауыстырды", "Перемещено", "Moved"),
    "difference-in-law": Text("Акт бойынша", "По акту", "In the terms of the act"),
    "difference-elements": Text("Элементтер", "Элементы", "Elements"),
    "difference-show": Text("Сызбадан көрсету", "Показать на схеме", "Show in the diagram"),
    "difference-was": Text("бұрын", "было", "was"),
    "difference-is": Text("енді", "стало", "is"),
    "difference-nothing": Text("жоқ", "нет", "none"),
    "difference-references": Text(
        "Нысандар, шешімдер мен шақырылатын процестер",
        "Формы, решения и вызываемые процессы",
        "Forms, decisions and called processes",
    ),
    "difference-only-written": Text(
        "Мазмұны сол күйінде: файлдың жазылуы ғана өзгерген.",
        "Содержание прежнее: изменилась только запись файла.",
        "It says the same: only how the file is written has changed.",
    ),
    "difference-form": Text("Нысан", "Форма", "Form"),
    "difference-decision": Text("Шешім", "Решение", "Decision"),
    "difference-process": Text("Процесс", "Процесс", "Process"),
}
