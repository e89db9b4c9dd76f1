"""The page of what will be late, and of how well it was foretold."""

from app.domain.terms.calendar import Text

ADMIN_FORECAST = {
    "forecast": Text("Болжам", "Прогноз", "Forecast"),
    "forecast-title": Text("Не кешігеді", "Что опоздает", "What will be late"),
    "forecast-numbers": Text("Ашық істер", "Открытые дела", "Open cases"),
    "forecast-likely": Text("Кешігуі ықтимал", "Скорее опоздают", "Will likely be late"),
    "forecast-possible": Text("Кешігуі мүмкін", "Могут опоздать", "May be late"),
    "forecast-fine": Text("Үлгереді", "Успевают", "In time"),
    "forecast-late": Text("Мерзімі өтті", "Срок уже истёк", "Overdue already"),
    "forecast-unknown": Text("Мерзімі жоқ", "Без срока", "Without a term"),
    "forecast-danger": Text("Кешігу қаупі бар істер", "Дела под угрозой опоздания", "Cases in danger of being late"),
    "forecast-likely-hint": Text("50 % және одан көп", "50 % и больше", "50 % and more"),
    "forecast-possible-hint": Text("20–50 %", "20–50 %", "20–50 %"),
    "forecast-fine-hint": Text("20 %-дан аз", "меньше 20 %", "less than 20 %"),
    "forecast-any-level": Text("Қауіптегілер", "Под угрозой", "In danger"),
    "forecast-level": Text("Жағдайы", "Состояние", "State"),
    "forecast-step": Text("Қадам", "Шаг", "Step"),
    "forecast-any-step": Text("Барлық қадамдар", "Все шаги", "All steps"),
    "forecast-show": Text("Көрсету", "Показать", "Show"),
    "forecast-asked": Text("Сүзгілер", "Отбор", "Filters"),
    "forecast-steps": Text("Қай қадамда тұр", "На каком шаге стоят", "At which step they stand"),
    "forecast-as-of": Text("Есептелген уақыты: {at}", "Посчитано: {at}", "Worked out: {at}"),
    "forecast-case": Text("Іс", "Дело", "Case"),
    "forecast-chance": Text("Кешігу ықтималдығы", "Вероятность опоздания", "Chance of being late"),
    "forecast-of-case": Text("істің мерзімі", "срок дела", "the case's term"),
    "forecast-of-step": Text("қадамның мерзімі", "срок шага", "the step's term"),
    "forecast-step-over": Text("қадамның мерзімі өтті", "срок шага истёк", "the step is overdue"),
    "forecast-due": Text("Мерзімі", "Срок", "Due"),
    "forecast-expected": Text("Күтілетін соңы", "Ожидаемый конец", "Expected end"),
    "forecast-latest": Text("10 жағдайдың 9-ында {at} дейін", "в 9 случаях из 10 до {at}", "in 9 of 10 ways by {at}"),
    "forecast-why": Text("Неге", "Почему", "Why"),
    "forecast-do": Text("Не істеу керек", "Что делать", "What to do"),
    "forecast-why-case": Text(
        "Әдетте соңына дейін тағы {end} жұмыс уақыты керек, қалғаны {left}.",
        "До конца обычно нужно ещё {end} рабочего времени, осталось {left}.",
        "To the end it usually takes another {end} of working time, {left} remain.",
    ),
    "forecast-why-step": Text(
        "«{step}» әдетте {usual} алады (аяқталғаны: {seen}), {stood} болды.",
        "«{step}» обычно занимает {usual} (завершённых: {seen}), прошло {stood}.",
        "‘{step}’ usually takes {usual} (finished: {seen}), {stood} have passed.",
    ),
    "forecast-why-unseen": Text(
        "«{step}» бұрын аяқталмаған: модельдің мерзімі бойынша есептелді, {stood} болды.",
        "«{step}» ещё ни разу не завершали: считали по сроку модели, прошло {stood}.",
        "‘{step}’ was never finished before: the model's limit was taken, {stood} have passed.",
    ),
    "forecast-why-cost": Text(
        "Алда ең ұзағы – «{step}»: шамамен {cost}.",
        "Дольше всего впереди «{step}»: около {cost}.",
        "What takes longest ahead is ‘{step}’: about {cost}.",
    ),
    "forecast-why-paused": Text(
        "Істің сағаты тоқтап тұр: жалғасқаннан бастап есептелді.",
        "Часы дела стоят: посчитано, как если бы они пошли сейчас.",
        "The clock of the case stands: counted as if it went on now.",
    ),
    "forecast-few": Text(
        "Дерек аз: аяқталған {n} іс бойынша.",
        "Данных мало: по {n} завершённому делу.|Данных мало: по {n} завершённым делам.|Данных мало: по {n} завершённым делам.",
        "Few data: from {n} finished case.|Few data: from {n} finished cases.",
    ),
    "forecast-from": Text(
        "Аяқталған {n} іс бойынша",
        "По {n} завершённому делу|По {n} завершённым делам|По {n} завершённым делам",
        "From {n} finished case|From {n} finished cases",
    ),
    "forecast-holder": Text("Орындаушы: {name}", "У исполнителя: {name}", "With: {name}"),
    "forecast-nobody": Text("Ешкім алмаған", "Никто не взял", "Nobody has it"),
    "forecast-others": Text(
        "және тағы {n} ашық қадам",
        "и ещё {n} открытый шаг|и ещё {n} открытых шага|и ещё {n} открытых шагов",
        "and {n} more open step|and {n} more open steps",
    ),
    "forecast-team": Text("Басқаға беру", "Передать другому", "Give it to another"),
    "forecast-task": Text("Тапсырма: ескерту", "Задание: напомнить", "The task: remind"),
    "forecast-open-case": Text("Іс", "Дело", "The case"),
    "forecast-mend": Text("Дананы қарау, түзету", "Экземпляр: посмотреть, исправить", "The instance: inspect, mend"),
    "forecast-again": Text("Қайта есептеу", "Посчитать снова", "Work out anew"),
    "forecast-all-again": Text("Бәрін қайта есептеу", "Посчитать всё снова", "Work out all anew"),
    "forecast-asked-again": Text(
        "Болжам қайта есептелуде, бет өзі жаңарады.",
        "Прогноз пересчитывается, страница обновится сама.",
        "The forecast is being worked out; the page will change by itself.",
    ),
    "forecast-not-yet": Text(
        "Болжамы әлі жоқ ашық істер: {n}. Олар жаңа ғана келді не қай жерде тұрғаны белгісіз.",
        "Ещё без прогноза: {n} открытое дело.|Ещё без прогноза: {n} открытых дела.|Ещё без прогноза: {n} открытых дел.",
        "{n} open case has no forecast yet: it is new, or one does not know where it stands."
        "|{n} open cases have no forecast yet: they are new, or one does not know where they stand.",
    ),
    "forecast-none": Text("Мұндай іс жоқ", "Таких дел нет", "There are no such cases"),
    "forecast-none-do": Text(
        "Қауіпте іс болмаса – жақсы. Болжам сағат сайын жаңарады.",
        "Если под угрозой ничего нет, это хорошо. Прогноз обновляется каждый час.",
        "Nothing in danger is good news. The forecast is renewed every hour.",
    ),
    "forecast-days": Text(
        "{n} жұмыс күні", "{n} рабочий день|{n} рабочих дня|{n} рабочих дней", "{n} working day|{n} working days"
    ),
    "forecast-hours": Text("{n} сағ", "{n} ч", "{n} h"),
    "forecast-minutes": Text("{n} мин", "{n} мин", "{n} min"),
    "forecast-how-well": Text(
        "Өткен айда қаншалықты дәл болды",
        "Насколько точно было в прошлом месяце",
        "How well it foretold the past month",
    ),
    "forecast-told": Text("Болжанды", "Предсказано", "Told"),
    "forecast-came": Text("Кешікті", "Опоздало", "Were late"),
    "forecast-range": Text("Айтылған ықтималдық", "Названная вероятность", "Chance that was told"),
    "forecast-n": Text("Болжамдар", "Прогнозов", "Forecasts"),
    "forecast-share": Text("Кешіккендер үлесі", "Доля опоздавших", "Share that was late"),
    "forecast-mean": Text("Орташа болжам", "Среднее предсказание", "Mean of what was told"),
    "forecast-chart": Text(
        "Айтылған ықтималдық пен нақты кешігулер",
        "Предсказанная вероятность и действительные опоздания",
        "The chance that was told and what came",
    ),
    "forecast-brier": Text("Бриер көрсеткіші", "Показатель Брайера", "Brier score"),
    "forecast-constant": Text("тұрақты жорамалда", "при постоянной догадке", "of a constant guess"),
    "forecast-better": Text(
        "Болжам тұрақты жорамалдан жақсы: қатенің орташа квадраты {brier}, жорамалдікі {constant} (аз болғаны жақсы).",
        "Прогноз лучше постоянной догадки: средний квадрат ошибки {brier} против {constant} (меньше – лучше).",
        "The forecast beats a constant guess: its mean squared error is {brier} against {constant} (less is better).",
    ),
    "forecast-worse": Text(
        "Болжам тұрақты жорамалдан айтарлықтай жақсы емес: қатенің орташа квадраты {brier}, жорамалдікі {constant}. "
        "Абайлап сеніңіз.",
        "Прогноз не заметно лучше постоянной догадки: средний квадрат ошибки {brier} против {constant}. Доверяйте ему осторожно.",
        "The forecast does not clearly beat a constant guess: its mean squared error is {brier} against {constant}. "
        "Trust it with care.",
    ),
    "forecast-basis": Text(
        "{cases} істің {n} күндік болжамы бойынша; мерзімі әлі шешілмегені – {open}.",
        "По {n} ежедневным прогнозам {cases} дел; ещё не решено: {open}.",
        "From {n} daily forecasts of {cases} cases; not decided yet: {open}.",
    ),
    "forecast-too-few": Text(
        "Дерек тым аз ({cases} іс): бұл сандар кездейсоқ болуы мүмкін.",
        "Данных слишком мало (дел: {cases}): эти числа могут быть случайными.",
        "There are too few data (cases: {cases}): these numbers may be chance.",
    ),
    "forecast-no-past": Text(
        "Салыстыратын болжам әлі жоқ: олар күн сайын сақталады.",
        "Сравнивать пока нечего: прогнозы сохраняются каждый день.",
        "There is nothing to compare yet: forecasts are kept every day.",
    ),
    "forecast-hits": Text("Ескертілді, кешікті", "Предупредили, опоздало", "Warned, was late"),
    "forecast-alarms": Text("Ескертілді, үлгерді", "Предупредили, успело", "Warned, was in time"),
    "forecast-missed": Text("Ескертілмеді, кешікті", "Не предупредили, опоздало", "Not warned, was late"),
    "forecast-quiet": Text("Ескертілмеді, үлгерді", "Не предупредили, успело", "Not warned, was in time"),
    "forecast-decided": Text(
        "Нәтижесі белгілі болжамдар", "Прогнозы с известным исходом", "Forecasts with a known outcome"
    ),
    "forecast-open": Text("Әлі шешілмеген", "Ещё не решено", "Not decided yet"),
    "forecast-threshold": Text(
        "Ескерту – ықтималдық 50 %-дан бастап", "Предупреждение – от 50 %", "A warning is a chance of 50 % and more"
    ),
    "forecast-day": Text("Болжам күні", "День прогноза", "Foretold on"),
    "forecast-outcome": Text("Нәтижесі", "Что вышло", "What came"),
    "forecast-was-late": Text("кешікті", "опоздало", "late"),
    "forecast-was-in-time": Text("мерзімінде", "в срок", "in time"),
    "forecast-afterwards": Text("кейін есептелген", "посчитано задним числом", "worked out afterwards"),
    "forecast-removed": Text("Іс жойылған", "Дело удалено", "The case was removed"),
    "forecast-back": Text("Болжамға оралу", "Назад к прогнозу", "Back to the forecast"),
    "forecast-how": Text("Қалай есептеледі", "Как это считается", "How it is worked out"),
    "forecast-how-text": Text(
        "Әр іс үшін модель бойынша оның тұрған жерінен соңына дейін 200 жол жеребемен таңдалады: қадамдардың ұзақтығы мен "
        "тармақтар осы ұйымның өткен істерінен, дерек аз жерде модельдің мерзімінен алынады. Қазіргі қадамның қанша тұрғаны "
        "ескеріледі. Уақыт ұйым күнтізбесінің жұмыс уақытымен саналады, кідірістер шегеріледі. Кешігу ықтималдығы – мерзімнен "
        "асқан жолдардың үлесі. Тізім ықтималдық пен мерзімнің жақындығы бойынша реттелген.",
        "Для каждого дела по модели от места, где оно стоит, до конца разыгрывается 200 путей: длительности шагов и развилки "
        "берутся из прошлых дел этой организации, где данных мало, из сроков модели. Учтено, сколько уже стоит текущий шаг. "
        "Время считается рабочим по календарю организации, паузы вычтены. Вероятность опоздания – доля путей, которые "
        "выходят за срок. Список упорядочен по вероятности и близости срока.",
        "For each case 200 ways are drawn by lot through the model, from where it stands to its end: how long steps take and "
        "which way they go comes from past cases of this organisation, and where there are few, from the limits of the model. "
        "How long the current step has stood is taken into account. Time is working time of the organisation's calendar, "
        "without pauses. The chance of being late is the share of ways that go beyond the term. The list is sorted by the "
        "chance and by how close the term is.",
    ),
}
