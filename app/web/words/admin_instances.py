"""Finding instances, and where they stand."""

from app.domain.terms.calendar import Text

ADMIN_INSTANCES = {
    "instances": Text("Даналар", "Экземпляры", "Instances"),
    "instances-words": Text(
        "Нөмірі, өтініш беруші, ЖСН/БСН не дананың коды",
        "Номер, заявитель, ИИН/БИН или код экземпляра",
        "Number, applicant, IIN or BIN, or the id of an instance",
    ),
    "instances-state": Text("Күйі", "Состояние", "State"),
    "instances-state-running": Text("орындалуда", "в работе", "running"),
    "instances-state-suspended": Text("тоқтатыла тұрды", "приостановлен", "suspended"),
    "instances-state-stuck": Text("тұрып қалды", "застрял", "stuck"),
    "instances-state-ended": Text("аяқталды", "окончен", "ended"),
    "instances-state-cancelled": Text("тоқтатылды", "прекращён", "cancelled"),
    "instances-overdue": Text("Мерзімі өткен", "Просрочены", "Overdue"),
    "instances-with-incident": Text("Оқыс жағдайы бар", "С инцидентом", "With an incident"),
    "instances-incidents": Text(
        "{n} оқыс жағдай", "{n} инцидент|{n} инцидента|{n} инцидентов", "{n} incident|{n} incidents"
    ),
    "instances-narrower": Text("Дәлірек іздеу", "Уточнить", "Narrow it down"),
    "instances-organisation": Text("Ұйым", "Организация", "Organisation"),
    "instances-any": Text("Кез келгені", "Любая", "Any"),
    "instances-version": Text("Нұсқа", "Версия", "Version"),
    "instances-edition": Text("Редакция", "Редакция", "Edition"),
    "instances-step": Text("Қай қадамда тұр", "На каком шаге", "Stands at"),
    "instances-key": Text("Іс кілті (дәл)", "Бизнес-ключ (точно)", "Business key (exactly)"),
    "instances-started-from": Text("Басталған күннен", "Начаты с", "Started from"),
    "instances-started-to": Text("Басталған күнге дейін", "Начаты по", "Started until"),
    "instances-ended-from": Text("Аяқталған күннен", "Окончены с", "Ended from"),
    "instances-ended-to": Text("Аяқталған күнге дейін", "Окончены по", "Ended until"),
    "instances-called": Text("Шақырылған процестер де", "И вызванные процессы", "Called processes too"),
    "instances-is-called": Text("шақырылған процесс", "вызванный процесс", "a called process"),
    "instances-choose-service": Text(
        "Нұсқаны, редакцияны және қадамды таңдау үшін алдымен қызметті таңдап, іздеңіз.",
        "Чтобы выбрать версию, редакцию и шаг, сначала выберите услугу и нажмите «Найти».",
        "To choose a version, an edition or a step, choose a service first and search.",
    ),
    "instances-variables": Text("Айнымалылар бойынша", "По переменным", "By variables"),
    "instances-variables-about": Text(
        "«Немесе» жаңа баламаны бастайды: баламалардың бірінің барлық шарттары орындалуы керек.",
        "«Или» начинает новый вариант: должны выполняться все условия хотя бы одного варианта.",
        "“Or” begins an alternative: all conditions of at least one alternative must hold.",
    ),
    "instances-joined": Text("Қалай байланысады", "Связь с предыдущим", "How it is joined"),
    "instances-and": Text("және", "и", "and"),
    "instances-or": Text("немесе", "или", "or"),
    "instances-variable": Text("Айнымалы", "Переменная", "Variable"),
    "instances-operator": Text("Шарт", "Условие", "Condition"),
    "instances-value": Text("Мәні", "Значение", "Value"),
    "instances-until": Text("Дейін (аралық үшін)", "До (для промежутка)", "Until (for between)"),
    "instances-drop": Text("{n}-шартты алып тастау", "Убрать условие {n}", "Take away condition {n}"),
    "instances-add-and": Text("Тағы шарт", "Ещё условие", "Another condition"),
    "instances-add-or": Text("Тағы балама", "Ещё вариант", "Another alternative"),
    "operator-eq": Text("тең", "равно", "equals"),
    "operator-neq": Text("тең емес", "не равно", "is not"),
    "operator-contains": Text("құрамында бар", "содержит", "contains"),
    "operator-gt": Text("артық", "больше", "is greater than"),
    "operator-gteq": Text("кем емес", "не меньше", "is at least"),
    "operator-lt": Text("кем", "меньше", "is less than"),
    "operator-lteq": Text("артық емес", "не больше", "is at most"),
    "operator-between": Text("аралықта", "между", "is between"),
    "operator-exists": Text("бар", "есть", "exists"),
    "operator-missing": Text("жоқ", "нет", "does not exist"),
    "instances-number": Text("{n} табылды", "Найден {n}|Найдено {n}|Найдено {n}", "{n} found|{n} found"),
    "instances-more": Text(
        "{n}-нан көп табылды",
        "Найдено более {n}|Найдено более {n}|Найдено более {n}",
        "More than {n} found|More than {n} found",
    ),
    "instances-sorted-ended": Text("тек аяқталғандары", "только оконченные", "only those that have ended"),
    "instances-sorted-due": Text("тек мерзімі барлары", "только со сроком", "only those with a term"),
    "instances-what": Text("Іс", "Дело", "Case"),
    "instances-where": Text("Қазіргі қадам және мерзімі", "Где стоит и срок", "Where it stands, and until when"),
    "instances-choose-all": Text(
        "Осы беттегілердің бәрін таңдау", "Выбрать все на странице", "Choose all on this page"
    ),
    "instances-back": Text("Алдыңғылары", "Предыдущие", "Previous"),
    "instances-on": Text("Келесілері", "Следующие", "Next"),
    "instances-none": Text("Ештеңе табылмады", "Ничего не найдено", "Nothing found"),
    "instances-none-do": Text(
        "Шарттарды азайтып көріңіз.",
        "Уберите часть условий. Вызванные процессы ищутся, если отмечено «И вызванные процессы».",
        "Try fewer conditions. Called processes are looked for where “Called processes too” is ticked.",
    ),
    "instances-bounded": Text(
        "Индекс бұл шартты білмейді: ең жақын {n} дана қаралды. Қызметпен не күндермен тарылтыңыз немесе",
        "Этого условия индекс не знает: просмотрены ближайшие {n}. Сузьте поиск услугой или датами или|"
        "Этого условия индекс не знает: просмотрены ближайшие {n}. Сузьте поиск услугой или датами или|"
        "Этого условия индекс не знает: просмотрены ближайшие {n}. Сузьте поиск услугой или датами или",
        "No index knows this condition: the nearest {n} were looked at. Narrow it down by a service or days, or|"
        "No index knows this condition: the nearest {n} were looked at. Narrow it down by a service or days, or",
    ),
    "instances-further": Text("одан әрі қарау", "смотреть дальше", "look further"),
    "instances-no-day": Text(
        "«{given}» күн емес: ЖЖЖЖ-АА-КК түрінде жазыңыз.",
        "«{given}» — не дата: напишите ГГГГ-ММ-ДД.",
        "“{given}” is no day: write it as YYYY-MM-DD.",
    ),
    "instances-no-name": Text(
        "«{given}» мәні қай айнымалыныкі екенін жазыңыз.",
        "Напишите, какой переменной значение «{given}».",
        "Write of which variable “{given}” is the value.",
    ),
    "instances-no-value": Text(
        "«{given}» айнымалысының мәнін жазыңыз.",
        "Напишите значение переменной «{given}».",
        "Write the value of the variable “{given}”.",
    ),
}
