"""What the editor of models says of BPMN, by its English words: its tools, and the kinds of elements."""

from app.domain.terms.calendar import Text

_TOOLS = {
    "Activate hand tool": Text("Сызбаны жылжыту", "Двигать схему", "Activate hand tool"),
    "Activate lasso tool": Text("Бірнешеуін таңдау", "Выбрать несколько", "Activate lasso tool"),
    "Activate create/remove space tool": Text(
        "Орын қосу не алу", "Раздвинуть или сдвинуть", "Activate create/remove space tool"
    ),
    "Activate global connect tool": Text("Элементтерді қосу", "Соединить элементы", "Activate global connect tool"),
    "Create start event": Text("Бастау оқиғасы", "Начальное событие", "Create start event"),
    "Create intermediate/boundary event": Text(
        "Аралық не шекаралық оқиға", "Промежуточное или граничное событие", "Create intermediate/boundary event"
    ),
    "Create end event": Text("Аяқтау оқиғасы", "Конечное событие", "Create end event"),
    "Create gateway": Text("Тармақтау", "Развилка", "Create gateway"),
    "Create task": Text("Қадам", "Шаг", "Create task"),
    "Create data object reference": Text("Деректер", "Данные", "Create data object reference"),
    "Create data store reference": Text("Деректер қоймасы", "Хранилище данных", "Create data store reference"),
    "Create expanded sub-process": Text("Ішкі процесс", "Подпроцесс", "Create expanded sub-process"),
    "Create pool/participant": Text("Қатысушы", "Участник", "Create pool/participant"),
    "Create group": Text("Топ", "Группа", "Create group"),
    "Delete": Text("Жою", "Удалить", "Delete"),
    "Add lane above": Text("Үстіне жол қосу", "Дорожка сверху", "Add lane above"),
    "Add lane below": Text("Астына жол қосу", "Дорожка снизу", "Add lane below"),
    "Divide into two lanes": Text("Екі жолға бөлу", "Разделить на две дорожки", "Divide into two lanes"),
    "Divide into three lanes": Text("Үш жолға бөлу", "Разделить на три дорожки", "Divide into three lanes"),
    "Append receive task": Text("Кейін: хабарлама алу", "Дальше: получение сообщения", "Append receive task"),
    "Append message intermediate catch event": Text(
        "Кейін: хабарламаны күту", "Дальше: ожидание сообщения", "Append message intermediate catch event"
    ),
    "Append timer intermediate catch event": Text(
        "Кейін: уақытты күту", "Дальше: ожидание времени", "Append timer intermediate catch event"
    ),
    "Append conditional intermediate catch event": Text(
        "Кейін: шартты күту", "Дальше: ожидание условия", "Append conditional intermediate catch event"
    ),
    "Append signal intermediate catch event": Text(
        "Кейін: сигналды күту", "Дальше: ожидание сигнала", "Append signal intermediate catch event"
    ),
    "Append compensation activity": Text("Кейін: өтеу қадамы", "Дальше: шаг отмены", "Append compensation activity"),
    "Append end event": Text("Кейін: аяқтау", "Дальше: конец", "Append end event"),
    "Append gateway": Text("Кейін: тармақтау", "Дальше: развилка", "Append gateway"),
    "Append task": Text("Кейін: қадам", "Дальше: шаг", "Append task"),
    "Append intermediate/boundary event": Text(
        "Кейін: аралық оқиға", "Дальше: промежуточное событие", "Append intermediate/boundary event"
    ),
    "Change element": Text("Түрін өзгерту", "Изменить вид", "Change element"),
    "Add text annotation": Text("Түсініктеме қосу", "Добавить пояснение", "Add text annotation"),
    "Connect to other element": Text("Басқа элементпен қосу", "Соединить с другим", "Connect to other element"),
    "Connect using association": Text("Байланыстыру", "Связать", "Connect using association"),
    "Connect using data input association": Text(
        "Деректермен байланыстыру", "Связать с данными", "Connect using data input association"
    ),
    "Parallel multi-instance": Text("Бәріне қатар", "Для каждого одновременно", "Parallel multi-instance"),
    "Sequential multi-instance": Text("Бәріне кезекпен", "Для каждого по очереди", "Sequential multi-instance"),
    "Loop": Text("Қайталау", "Повторение", "Loop"),
    "Collection": Text("Жинақ", "Набор", "Collection"),
    "Participant multiplicity": Text("Бірнеше қатысушы", "Несколько участников", "Participant multiplicity"),
    "Toggle non-interrupting": Text("Үзбейтін ету", "Не прерывать", "Toggle non-interrupting"),
    "Event based instantiating Gateway": Text(
        "Процесті бастайтын оқиғалар", "Развилка событий, начинающая процесс", "Event based instantiating Gateway"
    ),
    "Parallel Event based instantiating Gateway": Text(
        "Процесті қатар бастайтын оқиғалар",
        "Параллельная развилка событий, начинающая процесс",
        "Parallel Event based instantiating Gateway",
    ),
    "Open {element}": Text("{element} ашу", "Открыть {element}", "Open {element}"),
    "Search in diagram": Text("Сызбадан іздеу", "Поиск на схеме", "Search in diagram"),
    "flow elements must be children of pools/participants": Text(
        "Элементтер қатысушының ішінде болуы керек",
        "Элементы должны быть внутри участника",
        "flow elements must be children of pools/participants",
    ),
    "Data object must be placed within a pool/participant.": Text(
        "Деректер қатысушының ішінде болуы керек",
        "Данные должны быть внутри участника",
        "Data object must be placed within a pool/participant.",
    ),
}
_KINDS = {
    "Task": ("Қадам", "Шаг"),
    "User task": ("Адамның қадамы", "Шаг человека"),
    "Service task": ("Жүйенің қадамы", "Шаг системы"),
    "Send task": ("Хабарлама жіберу", "Отправка сообщения"),
    "Receive task": ("Хабарлама алу", "Получение сообщения"),
    "Manual task": ("Жүйеден тыс қадам", "Шаг вне системы"),
    "Business rule task": ("Шешім кестесі", "Таблица решений"),
    "Script task": ("Есептеу", "Вычисление"),
    "Call activity": ("Басқа процесті шақыру", "Вызов другого процесса"),
    "Transaction": ("Транзакция", "Транзакция"),
    "Event sub-process": ("Оқиғаның ішкі процесі", "Подпроцесс события"),
    "Sub-process": ("Ішкі процесс", "Подпроцесс"),
    "Sub process": ("Ішкі процесс", "Подпроцесс"),
    "Sub-process (collapsed)": ("Ішкі процесс (жиналған)", "Подпроцесс (свёрнутый)"),
    "Sub-process (expanded)": ("Ішкі процесс (ашық)", "Подпроцесс (развёрнутый)"),
    "Ad-hoc sub-process": ("Еркін ішкі процесс", "Произвольный подпроцесс"),
    "Ad hoc sub process": ("Еркін ішкі процесс", "Произвольный подпроцесс"),
    "Ad-hoc sub-process (collapsed)": ("Еркін ішкі процесс (жиналған)", "Произвольный подпроцесс (свёрнутый)"),
    "Ad-hoc sub-process (expanded)": ("Еркін ішкі процесс (ашық)", "Произвольный подпроцесс (развёрнутый)"),
    "Exclusive gateway": ("Біреуін таңдау", "Выбор одного"),
    "Parallel gateway": ("Бәрі қатар", "Все сразу"),
    "Inclusive gateway": ("Бірнешеуін таңдау", "Выбор нескольких"),
    "Complex gateway": ("Күрделі тармақтау", "Сложная развилка"),
    "Event-based gateway": ("Қайсысы бұрын болса", "Что раньше случится"),
    "Event based gateway": ("Қайсысы бұрын болса", "Что раньше случится"),
    "Data store reference": ("Деректер қоймасы", "Хранилище данных"),
    "Data object reference": ("Деректер", "Данные"),
    "Expanded pool/participant": ("Ашық қатысушы", "Развёрнутый участник"),
    "Empty pool/participant": ("Бос қатысушы", "Пустой участник"),
    "Empty pool/participant (removes content)": (
        "Бос қатысушы (мазмұны жойылады)",
        "Пустой участник (без содержимого)",
    ),
    "Start event": ("Бастау", "Начало"),
    "Intermediate throw event": ("Аралық оқиға", "Промежуточное событие"),
    "Intermediate catch event": ("Күту", "Ожидание"),
    "Boundary event": ("Шекаралық оқиға", "Граничное событие"),
    "End event": ("Аяқтау", "Конец"),
    "Sequence flow": ("Жол", "Переход"),
    "Default flow": ("Әдепкі жол", "Переход по умолчанию"),
    "Conditional flow": ("Шартты жол", "Переход по условию"),
    "Message flow": ("Хабарлама ағыны", "Поток сообщений"),
    "Process": ("Процесс", "Процесс"),
    "Collaboration": ("Қатысушылардың сызбасы", "Схема участников"),
    "Participant": ("Қатысушы", "Участник"),
    "Lane": ("Жол", "Дорожка"),
    "Group": ("Топ", "Группа"),
    "Association": ("Байланыс", "Связь"),
    "Text annotation": ("Түсініктеме", "Пояснение"),
    "Global connect": ("Қосу", "Соединение"),
}
_WHAT = {
    "Message": ("хабарлама", "сообщение"),
    "Timer": ("таймер", "таймер"),
    "Conditional": ("шарт", "условие"),
    "Signal": ("сигнал", "сигнал"),
    "Error": ("қате", "ошибка"),
    "Escalation": ("эскалация", "эскалация"),
    "Compensation": ("өтеу", "отмена сделанного"),
    "Link": ("сілтеме", "связка"),
    "Cancel": ("бас тарту", "отказ"),
    "Terminate": ("бәрін тоқтату", "остановка всего"),
}
_WHERE = {
    "start event": ("бастау", "начало"),
    "start event (non-interrupting)": ("үзбейтін бастау", "начало без прерывания"),
    "intermediate catch event": ("күту", "ожидание"),
    "intermediate throw event": ("жіберу", "отправка"),
    "boundary event": ("шекарада", "на границе"),
    "boundary event (non-interrupting)": ("шекарада, үзбейтін", "на границе без прерывания"),
    "end event": ("аяқтау", "конец"),
}

BPMN = (
    _TOOLS
    | {english: Text(kk, ru, english) for english, (kk, ru) in _KINDS.items()}
    | {
        f"{what} {where}": Text(f"{kk.capitalize()}: {at_kk}", f"{ru.capitalize()}: {at_ru}", f"{what} {where}")
        for what, (kk, ru) in _WHAT.items()
        for where, (at_kk, at_ru) in _WHERE.items()
    }
)
