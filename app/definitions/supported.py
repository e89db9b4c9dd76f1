"""What of BPMN 2.0 and of Camunda's extensions the engine runs, as tables; everything else is refused with a reason."""

import re

from app.definitions.xml import Element, flag, local
from app.domain.models.model import EventKind, Kind, Language

Advice = dict[str, str]

_WAITED_FOR = (EventKind.TIMER, EventKind.MESSAGE, EventKind.SIGNAL, EventKind.CONDITIONAL)
_SENT = (EventKind.MESSAGE, EventKind.SIGNAL, EventKind.ESCALATION, EventKind.COMPENSATION)

EVENTS: dict[Kind, tuple[EventKind, ...]] = {
    Kind.START_EVENT: (EventKind.NONE,),
    Kind.END_EVENT: (EventKind.NONE, *_SENT, EventKind.ERROR, EventKind.CANCEL, EventKind.TERMINATE),
    Kind.INTERMEDIATE_CATCH_EVENT: (*_WAITED_FOR, EventKind.LINK),
    Kind.INTERMEDIATE_THROW_EVENT: (EventKind.NONE, *_SENT, EventKind.LINK),
    Kind.BOUNDARY_EVENT: (
        *_WAITED_FOR, EventKind.ERROR, EventKind.ESCALATION, EventKind.COMPENSATION, EventKind.CANCEL,
    ),
}  # fmt: skip
PROCESS_STARTS = (EventKind.NONE, *_WAITED_FOR)
EVENT_SUBPROCESS_STARTS = (*_WAITED_FOR, EventKind.ERROR, EventKind.ESCALATION, EventKind.COMPENSATION)
GATEWAYS = {
    Kind.EXCLUSIVE_GATEWAY, Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY, Kind.COMPLEX_GATEWAY, Kind.EVENT_BASED_GATEWAY,
}  # fmt: skip
SCOPES = {Kind.SUB_PROCESS, Kind.TRANSACTION, Kind.AD_HOC_SUB_PROCESS}
ACTIVITIES = set(Kind) - set(EVENTS) - GATEWAYS
SERVICES = {Kind.SERVICE_TASK, Kind.SEND_TASK, Kind.BUSINESS_RULE_TASK}
BOUNDARY_HOSTS = {Kind.USER_TASK, Kind.RECEIVE_TASK, Kind.SCRIPT_TASK, Kind.CALL_ACTIVITY, *SERVICES, *SCOPES}
REPEATED = {
    Kind.USER_TASK, Kind.SERVICE_TASK, Kind.SEND_TASK, Kind.SCRIPT_TASK, Kind.BUSINESS_RULE_TASK, Kind.CALL_ACTIVITY, *SCOPES,
}  # fmt: skip


def allowed_events(element: Element, kind: Kind) -> tuple[EventKind, ...]:
    """The kinds of event that the engine runs there."""
    around = element.getparent()
    if kind is not Kind.START_EVENT or around is None:
        return EVENTS[kind]
    if local(around) == "process":
        return PROCESS_STARTS
    return EVENT_SUBPROCESS_STARTS if flag(around, "triggeredByEvent", default=False) else EVENTS[kind]


ELEMENTS_READ = {kind.value for kind in Kind} | {
    "sequenceFlow", "conditionExpression", "laneSet", "lane", "childLaneSet", "flowNodeRef", "incoming", "outgoing",
    "extensionElements", "script", "multiInstanceLoopCharacteristics", "loopCardinality", "completionCondition",
    "loopDataInputRef", "inputDataItem", "timerEventDefinition", "timeDate", "timeDuration", "timeCycle",
    "messageEventDefinition", "signalEventDefinition", "conditionalEventDefinition", "condition", "errorEventDefinition",
    "escalationEventDefinition", "compensateEventDefinition", "cancelEventDefinition", "linkEventDefinition",
    "terminateEventDefinition", "standardLoopCharacteristics", "loopCondition", "activationCondition",
}  # fmt: skip
"""Read, and looked into."""

ELEMENTS_DRAWN = {
    "documentation", "dataObject", "dataObjectReference", "dataStoreReference", "association", "textAnnotation",
    "group", "ioSpecification", "property", "auditing", "monitoring", "category", "rendering", "supports",
    "partitionElement", "operationRef", "source", "target",
}  # fmt: skip
"""Part of the drawing only: they change nothing in how a process runs, as in Camunda."""

DATA_ASSOCIATIONS = {"dataInputAssociation", "dataOutputAssociation"}
"""Drawn only, unless they carry one of DATA_MOVES."""
DATA_MOVES = {"assignment", "transformation"}

_FEEL_ADDRESS = re.compile(r"https?://www\.omg\.org/spec/(feel/[0-9]+|dmn/[0-9]+/feel)/?")
_CALL = Kind.CALL_ACTIVITY.value
_RULE = Kind.BUSINESS_RULE_TASK.value
_USER = Kind.USER_TASK.value
_START = Kind.START_EVENT.value
_SERVICE = {kind.value for kind in SERVICES}
GLOBAL_TASKS = {
    "globalTask": Kind.TASK, "globalUserTask": Kind.USER_TASK, "globalScriptTask": Kind.SCRIPT_TASK,
    "globalManualTask": Kind.MANUAL_TASK, "globalBusinessRuleTask": Kind.BUSINESS_RULE_TASK,
}  # fmt: skip
"""Tasks that call activities may call, as what they are run there (BPMN 2.0.2, 10.3.7)."""
_NODES = {kind.value for kind in Kind}
_LOOP = {"multiInstanceLoopCharacteristics"}

ATTRIBUTES_READ: dict[str, set[str]] = {
    "assignee": {_USER},
    "candidateGroups": {_USER},
    "candidateUsers": {_USER},
    "dueDate": {_USER},
    "followUpDate": {_USER},
    "priority": {_USER},
    "formKey": {_USER, _START},
    "formRef": {_USER, _START},
    "formRefBinding": {_USER, _START},
    "formRefVersion": {_USER, _START},
    "formRefVersionTag": {_USER, _START},
    "expression": _SERVICE,
    "delegateExpression": _SERVICE,
    "resultVariable": _SERVICE | {Kind.SCRIPT_TASK.value},
    "decisionRef": {_RULE},
    "decisionRefBinding": {_RULE},
    "decisionRefVersion": {_RULE},
    "decisionRefVersionTag": {_RULE},
    "mapDecisionResult": {_RULE},
    "initiator": {_START},
    "calledElementBinding": {_CALL},
    "calledElementVersion": {_CALL},
    "calledElementVersionTag": {_CALL},
    "collection": _LOOP,
    "elementVariable": _LOOP,
    "errorCodeVariable": {"errorEventDefinition"},
    "errorMessageVariable": {"errorEventDefinition"},
    "escalationCodeVariable": {"escalationEventDefinition"},
    "asyncBefore": _NODES,
    "asyncAfter": _NODES,
    "async": _NODES,
    "jobPriority": _NODES,
    "type": _SERVICE,
    "topic": _SERVICE,
    "taskPriority": {*_SERVICE, "process"},
    "versionTag": {"process"},
    "historyTimeToLive": {"process"},
    "isStartableInTasklist": {"process"},
    "candidateStarterGroups": {"process"},
}
"""Camunda's attributes and the elements on which they are read."""

ATTRIBUTES_HARMLESS = {"exclusive", "modelerTemplate", "modelerTemplateVersion"}
"""Change nothing for an engine that runs one step of an instance at a time."""

PLAIN_ATTRIBUTES = {
    "eventGatewayType": "Exclusive",
    "behavior": "All",
    "isImmediate": "true",
}
"""BPMN attributes that must be absent or have this value."""

EXTENSIONS_READ: dict[str, set[str] | None] = {
    "properties": None,
    "in": {_CALL, "signalEventDefinition", "messageEventDefinition", Kind.SEND_TASK.value},
    "out": {_CALL},
    "failedJobRetryTimeCycle": _NODES,
    "inputOutput": {kind.value for kind in ACTIVITIES},
}
"""Camunda's extension elements and where they are read; None: everywhere."""

_DELEGATE: Advice = {
    "kk": "Тіркелген делегатты пайдаланыңыз: delegateExpression=${атау}.",
    "ru": "Используйте зарегистрированный делегат: delegateExpression=${имя}.",
    "en": "Use a registered delegate: delegateExpression=${name}.",
}
_REMOVE: Advice = {"kk": "Оны алып тастаңыз.", "ru": "Удалите его.", "en": "Remove it."}
_EACH: Advice = {
    "kk": "Қадамды көп данадағы ішкі процеске салып, оқиғаны соның ішінде, қадамнан кейін жіберіңіз.",
    "ru": "Поместите шаг в многоэкземплярный подпроцесс и посылайте событие в нём, после шага.",
    "en": "Put the step into a multi-instance subprocess, and throw the event there, behind it.",
}
_GROUPS: Advice = {
    "kk": "Рөлді camunda:candidateGroups арқылы көрсетіңіз.",
    "ru": "Укажите роль через camunda:candidateGroups.",
    "en": "Name the role with camunda:candidateGroups.",
}
_FORM: Advice = {
    "kk": "Нысанды бөлек .form файлы етіп жасап, formRef арқылы көрсетіңіз.",
    "ru": "Создайте форму отдельным файлом .form и укажите её через formRef.",
    "en": "Make the form a .form file and name it with formRef.",
}
_INLINE: Advice = {
    "kk": "Өрнекті үлгінің ішіне жазыңыз.",
    "ru": "Запишите выражение в самой модели.",
    "en": "Write the expression in the model itself.",
}
_ERROR: Advice = {
    "kk": "Қатені делегат немесе сыртқы орындаушы көтерсін, оны шекаралық оқиғамен ұстаңыз.",
    "ru": "Пусть ошибку выдаёт делегат или внешний исполнитель; перехватите её граничным событием.",
    "en": "Let the delegate or the worker raise the error, and catch it with a boundary event.",
}
_FIRST_EVENT: Advice = {
    "kk": "Шлюз бірінші болған оқиғаны ғана алады; бәрін күту үшін параллель шлюз қойыңыз.",
    "ru": "Шлюз ждёт только первое событие; чтобы дождаться всех, поставьте параллельный шлюз.",
    "en": "The gateway takes the first event only; put a parallel gateway to wait for all of them.",
}

ADVICE: dict[str, Advice] = {
    "potentialOwner": _GROUPS,
    "humanPerformer": _GROUPS,
    "performer": _GROUPS,
    "resourceRole": _GROUPS,
    "eventGatewayType": _FIRST_EVENT,
    "behavior": _EACH,
    "class": _DELEGATE,
    "caseRef": _DELEGATE,
    "formHandlerClass": _FORM,
    "resource": _INLINE,
    "executionListener": _DELEGATE,
    "taskListener": _DELEGATE,
    "connector": _DELEGATE,
    "field": _DELEGATE,
    "formData": _FORM,
    "errorEventDefinition": _ERROR,
}
"""How to do without a refused element, attribute or extension."""

ATTRIBUTES_REFUSED = {
    "class", "caseRef", "caseBinding", "caseVersion",
    "caseTenantId", "decisionRef", "decisionRefBinding", "decisionRefVersion", "decisionRefVersionTag",
    "decisionRefTenantId", "mapDecisionResult", "variableMappingClass", "variableMappingDelegateExpression",
    "calledElementTenantId", "formHandlerClass", "resource", "initiator", "candidateStarterUsers", "variableName",
    "variableEvents",
}  # fmt: skip
"""Camunda's attributes that mean something the engine does not do; `false` is the same as absent."""


def language(name: str | None) -> Language | None:
    """The language of a script or a condition, also by FEEL's address; None if it is another one, or not said."""
    known = (name or "").lower()
    if known == Language.JUEL:
        return Language.JUEL
    return Language.FEEL if known == Language.FEEL or _FEEL_ADDRESS.fullmatch(known) else None


def is_event_definition(name: str) -> bool:
    """Whether the element says what an event waits for or does."""
    return name.endswith("EventDefinition") or name == "eventDefinitionRef"


def advice(name: str) -> Advice:
    """How to do without `name`; by default, to remove it."""
    return ADVICE.get(name, _REMOVE)
