"""What elements of a model say, in Kazakh, Russian and English: the names of their properties, and their values."""

import re
from collections.abc import Mapping

from app.domain.acts.clauses import cited
from app.domain.in_words.term_expressions import term_in_words
from app.domain.terms.calendar import Text

LIMIT, CLAUSE, ROLE = (
    Text("мерзімі", "срок", "limit"),
    Text("тармағы", "пункт", "clause"),
    Text("рөлі", "роль", "role"),
)
LEGAL = {
    "user_task.due_date": LIMIT,
    "user_task.candidate_groups": ROLE,
    "candidate_starter_groups": Text("кім бастайды", "кто начинает", "who starts"),
    "law.clause": CLAUSE,
    "law.limit": LIMIT,
    "law.limitClause": Text("мерзімнің тармағы", "пункт о сроке", "clause of the limit"),
    "law.total": Text("жалпы мерзімі", "общий срок", "total limit"),
    "law.totalClause": Text("жалпы мерзімнің тармағы", "пункт об общем сроке", "clause of the total limit"),
    "law.pause": Text("тоқтата тұру тармақтары", "пункты о приостановлении", "clauses of a pause"),
    "law.extend": Text("ұзарту", "продление", "extension"),
    "law.extendClause": Text("ұзарту тармағы", "пункт о продлении", "clause of the extension"),
    "law.act": Text("акт", "акт", "act"),
    "law.service": Text("қызмет", "услуга", "service"),
    "law.edition": Text("редакция", "редакция", "edition"),
    "law.inForceFrom": Text("күшіне енеді", "действует с", "in force from"),
    "law.inForceUntil": Text("күші тоқтайды", "действует до", "in force until"),
}
"""What the act itself says."""
_OTHERS = {
    "kind": Text("элемент түрі", "вид элемента", "kind of element"),
    "name": Text("атауы", "название", "name"),
    "name.ru": Text("орысша атауы", "название на русском", "name in Russian"),
    "name.en": Text("ағылшынша атауы", "название на английском", "name in English"),
    "lane": Text("жолағы", "дорожка", "lane"),
    "parent": Text("ішкі процесі", "подпроцесс", "subprocess"),
    "documentation": Text("сипаттамасы", "описание", "documentation"),
    "text": Text("мәтіні", "текст", "text"),
    "sourceRef": Text("басы", "откуда", "from"),
    "targetRef": Text("соңы", "куда", "to"),
    "source": Text("басы", "откуда", "from"),
    "target": Text("соңы", "куда", "to"),
    "condition": Text("шарты", "условие", "condition"),
    "default_flow": Text("әдепкі ағын", "поток по умолчанию", "default flow"),
    "user_task.assignee": Text("орындаушысы", "исполнитель", "assignee"),
    "user_task.candidate_users": Text("үміткерлер", "кандидаты", "candidate users"),
    "user_task.follow_up_date": Text("еске салу күні", "дата напоминания", "follow-up date"),
    "user_task.priority": Text("басымдығы", "приоритет", "priority"),
    "user_task.form_key": Text("нысан кілті", "ключ формы", "form key"),
    "user_task.form_ref": Text("нысаны", "форма", "form"),
    "user_task.form_ref_binding": Text("нысанды байланыстыру", "привязка формы", "binding of the form"),
    "user_task.form_ref_version": Text("нысан нұсқасы", "версия формы", "version of the form"),
    "form_ref": Text("бастау нысаны", "форма начала", "start form"),
    "form_ref_binding": Text("бастау нысанын байланыстыру", "привязка формы начала", "binding of the start form"),
    "form_ref_version": Text("бастау нысанының нұсқасы", "версия формы начала", "version of the start form"),
    "event.timer": Text("таймері", "таймер", "timer"),
    "event.name": Text("хабарлама не сигнал", "сообщение или сигнал", "message or signal"),
    "event.condition": Text("оқиға шарты", "условие события", "condition of the event"),
    "event.code": Text("қате коды", "код ошибки", "error code"),
    "call.called_element": Text("шақырылатын процесс", "вызываемый процесс", "called process"),
    "call.binding": Text("шақыруды байланыстыру", "привязка вызова", "binding of the call"),
    "call.version": Text("шақырылатын нұсқа", "вызываемая версия", "version that is called"),
    "call.inputs": Text("шақыруға берілетіндер", "передаётся при вызове", "handed to the call"),
    "call.outputs": Text("шақырудан қайтатындар", "возвращается из вызова", "returned by the call"),
    "inputs": Text("кіріс айнымалылары", "входные переменные", "input mappings"),
    "outputs": Text("шығыс айнымалылары", "выходные переменные", "output mappings"),
    "decision.decision": Text("шешімі", "решение", "decision"),
    "decision.binding": Text("шешімді байланыстыру", "привязка решения", "binding of the decision"),
    "decision.version": Text("шешім нұсқасы", "версия решения", "version of the decision"),
    "decision.mapping": Text("шешім нәтижесі", "результат решения", "result of the decision"),
    "expression": Text("өрнегі", "выражение", "expression"),
    "delegate": Text("делегаты", "делегат", "delegate"),
    "external.topic": Text("сыртқы жұмыс тақырыбы", "тема внешней работы", "topic of outside work"),
    "result_variable": Text("нәтиже айнымалысы", "переменная результата", "result variable"),
    "version_tag": Text("нұсқа белгісі", "метка версии", "version tag"),
    "history_time_to_live": Text("сақтау мерзімі", "срок хранения", "history time to live"),
}
_KINDS = {
    "process": Text("процесс", "процесс", "process"),
    "sequenceFlow": Text("ағын", "поток", "flow"),
    "startEvent": Text("бастау оқиғасы", "начальное событие", "start event"),
    "endEvent": Text("аяқтау оқиғасы", "конечное событие", "end event"),
    "intermediateCatchEvent": Text("күту оқиғасы", "событие ожидания", "catch event"),
    "intermediateThrowEvent": Text("жіберу оқиғасы", "событие отправки", "throw event"),
    "boundaryEvent": Text("шекаралық оқиға", "граничное событие", "boundary event"),
    "task": Text("қадам", "шаг", "task"),
    "manualTask": Text("қолмен орындалатын қадам", "ручной шаг", "manual task"),
    "userTask": Text("адам тапсырмасы", "задача человека", "user task"),
    "serviceTask": Text("қызметтік тапсырма", "сервисная задача", "service task"),
    "sendTask": Text("жіберу тапсырмасы", "задача отправки", "send task"),
    "receiveTask": Text("қабылдау тапсырмасы", "задача получения", "receive task"),
    "scriptTask": Text("есептеу", "вычисление", "script"),
    "businessRuleTask": Text("шешім қабылдау", "принятие решения", "decision"),
    "callActivity": Text("процесті шақыру", "вызов процесса", "call of a process"),
    "subProcess": Text("ішкі процесс", "подпроцесс", "subprocess"),
    "transaction": Text("транзакция", "транзакция", "transaction"),
    "adHocSubProcess": Text("еркін ішкі процесс", "свободный подпроцесс", "ad-hoc subprocess"),
    "exclusiveGateway": Text("таңдау", "выбор", "exclusive gateway"),
    "parallelGateway": Text("қатар жүру", "параллельный шлюз", "parallel gateway"),
    "inclusiveGateway": Text("бірнешеуін таңдау", "включающий шлюз", "inclusive gateway"),
    "complexGateway": Text("күрделі шлюз", "сложный шлюз", "complex gateway"),
    "participant": Text("қатысушы", "участник", "participant"),
    "lane": Text("жол", "дорожка", "lane"),
    "messageFlow": Text("хабарлама ағыны", "поток сообщений", "message flow"),
    "textAnnotation": Text("түсіндірме", "примечание", "note"),
    "association": Text("байланыс", "связь", "association"),
    "dataObjectReference": Text("деректер", "данные", "data"),
    "dataStoreReference": Text("деректер қоймасы", "хранилище данных", "data store"),
    "group": Text("топ", "группа", "group"),
    "eventBasedGateway": Text("оқиға бойынша таңдау", "выбор по событию", "event-based gateway"),
}
_NUMBER = re.compile(r"[0-9.,; -]*")
_TERMS = frozenset({"user_task.due_date", "user_task.follow_up_date", "law.total", "event.timer"})
_CLAUSES = frozenset({"law.clause", "law.limitClause", "law.totalClause", "law.extendClause"})
_ROLES = frozenset({"user_task.candidate_groups", "candidate_starter_groups"})


def kind_of(kind: str) -> Text:
    """What an element is, by its name in BPMN."""
    return _KINDS[kind]


def label_of(name: str) -> Text:
    """What a property is called; one that is rare by its name."""
    return LEGAL.get(name) or _OTHERS.get(name) or Text(name, name, name)


def value_in_words(name: str, value: str, lang: str, roles: Mapping[str, Text]) -> str:
    """What a property says; what has no words of its own as it is written."""
    if name in _TERMS:
        return term_in_words(value, lang) or value
    if name in _CLAUSES:
        return value if _NUMBER.fullmatch(value) else cited(value, lang)
    if name in _ROLES:
        keys = [key.strip() for key in value.split(",")]
        return ", ".join(roles[key].get(lang) if key in roles else key for key in keys)
    return value
