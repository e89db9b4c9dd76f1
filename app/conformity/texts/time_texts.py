"""The words of the findings of the check of time."""

from app.domain.terms.calendar import Text

TIME: dict[str, tuple[str, Text]] = {
    "due-missing": (
        "time",
        Text(
            "{element}: {clause} бойынша мерзім – {act}, модельде мерзім жоқ",
            "{element}: по {clause} срок – {act}, в модели срока нет",
            "{element}: by {clause} the limit is {act}, the model has none",
        ),
    ),
    "limit-other": (
        "time",
        Text(
            "{element}: {clause} бойынша мерзім – {act}, модельде – {model}",
            "{element}: по {clause} срок – {act}, в модели – {model}",
            "{element}: by {clause} the limit is {act}, in the model it is {model}",
        ),
    ),
    "begins-other": (
        "time",
        Text(
            "{element}: {clause} бойынша мерзім мына сәттен басталады: {act}; модельде: {model}",
            "{element}: по {clause} срок начинается с момента: {act}; в модели: {model}",
            "{element}: by {clause} the limit runs from: {act}; in the model from: {model}",
        ),
    ),
    "begins-unproved": (
        "time",
        Text(
            "{element}: {clause} бойынша мерзім «{act}» сәтінен басталады; модельде: {model}. Бірдей екені дәлелденбеді",
            "{element}: по {clause} срок начинается с «{act}»; в модели: {model}. Что это одно и то же, не доказано",
            "{element}: by {clause} the limit runs from “{act}”; in the model from: {model}. It is not proved to be the same",
        ),
    ),
    "limit-unfounded": (
        "time",
        Text(
            "{element}: {clause} мерзім бермейді, ал модель {model} береді және оның тармағын атамайды (law.limitClause)",
            "{element}: {clause} срока не даёт, а модель даёт {model} и не называет его пункта (law.limitClause)",
            "{element}: {clause} gives no limit, the model gives {model} and names no clause for it (law.limitClause)",
        ),
    ),
    "limit-unproved": (
        "time",
        Text(
            "{element}: {clause} бойынша мерзім – {act}; модельде оны адам береді ({model}), тең екені дәлелденбеді",
            "{element}: по {clause} срок – {act}; в модели его задаёт человек ({model}), равенство не доказано",
            "{element}: by {clause} the limit is {act}; in the model a person gives it ({model}), it is not proved to be equal",
        ),
    ),
    "limit-of-flow": (
        "time",
        Text(
            "{element}: бұл актіде мұндай мерзім жоқ, {model} – шақырылатын процестің өз мерзімі",
            "{element}: этот акт такого срока не даёт, {model} – собственный срок вызываемого процесса",
            "{element}: this act gives no such limit, {model} is the called process's own",
        ),
    ),
    "limit-clause-unknown": (
        "time",
        Text(
            "{element}: {clause} деген тармақта актіде мерзім жоқ (law.limitClause)",
            "{element}: в пункте {clause} акт срока не даёт (law.limitClause)",
            "{element}: the act gives no limit in clause {clause} (law.limitClause)",
        ),
    ),
    "automatic-limit": (
        "time",
        Text(
            "{clause}: жүйе қадамының мерзімін ({act}) модельде таймер ұстамайды",
            "{clause}: срок автоматического шага ({act}) в модели не держит таймер",
            "{clause}: no timer of the model holds the limit of the automatic step ({act})",
        ),
    ),
    "total-missing": (
        "time",
        Text(
            "жалпы мерзім актіде – {act} ({clause}), модельде көрсетілмеген (law.total)",
            "общий срок по акту – {act} ({clause}), в модели не указан (law.total)",
            "the act's total is {act} ({clause}), the model names none (law.total)",
        ),
    ),
    "extension-missing": (
        "time",
        Text(
            "{clause} бойынша мерзім ұзартылады (ең көбі {act}), модельде ондай орын жоқ (law.extend)",
            "по {clause} срок продлевается (не более чем на {act}), в модели такого места нет (law.extend)",
            "by {clause} the term can be extended (by {act} at most), the model has no place for it (law.extend)",
        ),
    ),
    "extension-unfounded": (
        "time",
        Text(
            "{element}: модель мерзімді ұзартуға жол береді ({model}), ал {clause} бойынша актіде ондай жоқ (law.extendClause)",
            "{element}: модель позволяет продлить срок ({model}), а в {clause} акт этого не даёт (law.extendClause)",
            "{element}: the model lets the term be extended ({model}), the act does not in {clause} (law.extendClause)",
        ),
    ),
    "extension-other": (
        "time",
        Text(
            "{element}: {clause} бойынша мерзім ең көбі {act} ұзартылады, модельде – {model}",
            "{element}: по {clause} срок продлевается не более чем на {act}, в модели – {model}",
            "{element}: by {clause} the term can be extended by {act} at most, in the model by {model}",
        ),
    ),
    "total-clause-missing": (
        "time",
        Text(
            "жалпы мерзімнің тармағы көрсетілмеген (law.totalClause)",
            "не указан пункт общего срока (law.totalClause)",
            "the clause of the total term is not named (law.totalClause)",
        ),
    ),
    "total-clause-unknown": (
        "time",
        Text(
            "жалпы мерзімнің тармағы {clause} деп аталған, актіде ондай мерзім жоқ (law.totalClause)",
            "пунктом общего срока назван {clause}, в акте такого срока нет (law.totalClause)",
            "{clause} is named as the clause of the total term, the act has no such term there (law.totalClause)",
        ),
    ),
    "sum-missing": (
        "time",
        Text(
            "акт жалпы мерзім бермейді, модельде қадамдардың қосындысы да жоқ (law.total): ең ұзақ жол «{branch}» {start} "
            "басталып, {end} аяқталады",
            "общего срока акт не даёт, и суммы шагов в модели нет (law.total): самый долгий путь «{branch}» начинается "
            "{start} и кончается {end}",
            "the act gives no total, and the model no sum of its steps (law.total): the longest path “{branch}” begins "
            "{start} and ends {end}",
        ),
    ),
    "sum-shorter": (
        "time",
        Text(
            "қосынды қысқа: {start} басталған «{branch}» жолы актінің мерзімдерімен {end} аяқталады, law.total оның соңында "
            "{total} береді; айырма {step} қадамынан басталады",
            "сумма коротка: путь «{branch}», начатый {start}, по срокам акта кончается {end}, а law.total в его конце даёт "
            "{total}; расходятся с шага {step}",
            "the sum is too short: the path “{branch}” begun {start} ends {end} by the act's limits, at its end law.total "
            "gives {total}; they part at {step}",
        ),
    ),
    "sum-longer": (
        "time",
        Text(
            "қосынды ұзын: {start} басталған «{branch}» жолы, осындай жолдардың ең ұзағы, актінің мерзімдерімен {end} аяқталады, "
            "law.total оның соңында {total} береді; айырма {step} қадамынан басталады",
            "сумма длинна: путь «{branch}», начатый {start}, самый долгий из таких, по срокам акта кончается {end}, а law.total "
            "в его конце даёт {total}; расходятся с шага {step}",
            "the sum is too long: the path “{branch}” begun {start}, the longest of such paths, ends {end} by the act's limits, "
            "at its end law.total gives {total}; they part at {step}",
        ),
    ),
    "sum-other": (
        "time",
        Text(
            "қосындының бір мерзімі {total} бітеді, ал {start} басталған «{branch}» жолында ол сәтте ешбір қадам бітпейді; "
            "айырма {step} қадамынан басталады",
            "один из сроков суммы кончается {total}, а на пути «{branch}», начатом {start}, тогда не кончается ни один шаг; "
            "расходятся с шага {step}",
            "a term of the sum ends {total}, but on the path “{branch}” begun {start} no step ends then; they part at {step}",
        ),
    ),
    "sum-unread": (
        "time",
        Text(
            "law.total {start} басталған «{branch}» жолының соңында ({end}) мерзім бермейді",
            "law.total не даёт срока в конце пути «{branch}», начатого {start} ({end})",
            "law.total gives no term at the end of the path “{branch}” begun {start} ({end})",
        ),
    ),
    "sum-shorter-at-registration": (
        "time",
        Text(
            "қосынды тіркеу кезінде қысқа: {start} басталған «{branch}» жолы {end} аяқталады, ал әлі белгісіз айнымалылары бос "
            "кезде law.total {total} береді; айырма {step} қадамынан басталады",
            "сумма коротка при регистрации: путь «{branch}», начатый {start}, кончается {end}, а пока неизвестные переменные "
            "пусты, law.total даёт {total}; расходятся с шага {step}",
            "the sum is too short at the registration: the path “{branch}” begun {start} ends {end}, while the variables not "
            "yet known are null law.total gives {total}; they part at {step}",
        ),
    ),
    "sum-longer-at-registration": (
        "time",
        Text(
            "қосынды тіркеу кезінде ұзын: {start} басталған ең ұзақ жол «{branch}» {end} аяқталады, ал әлі белгісіз "
            "айнымалылары бос кезде law.total {total} береді",
            "сумма длинна при регистрации: самый долгий путь «{branch}», начатый {start}, кончается {end}, а пока неизвестные "
            "переменные пусты, law.total даёт {total}",
            "the sum is too long at the registration: the longest path “{branch}” begun {start} ends {end}, while the "
            "variables not yet known are null law.total gives {total}",
        ),
    ),
    "sum-unread-at-registration": (
        "time",
        Text(
            "law.total тіркеу кезінде, әлі белгісіз айнымалылары бос кезде, мерзім бермейді («{branch}» жолы, {start})",
            "law.total не даёт срока при регистрации, пока неизвестные переменные пусты (путь «{branch}», {start})",
            "law.total gives no term at the registration, while the variables not yet known are null (path “{branch}”, "
            "{start})",
        ),
    ),
    "sum-unproved": (
        "time",
        Text(
            "бірде-бір жол тіркеуден соңына дейін қайталаусыз және ұзартусыз жетпейді, law.total немен тең екені белгісіз",
            "ни один путь не идёт от регистрации до конца без повторов и продлений, law.total сравнить не с чем",
            "no path goes from the registration to an end without rounds and extensions, law.total cannot be compared",
        ),
    ),
    "sum-of-given": (
        "time",
        Text(
            "law.total адам беретін {about} сәтінен де санайды; содан кейінгі мерзім дәлелденбейді",
            "law.total считает и от {about}, который задаёт человек; срок после него не доказывается",
            "law.total also counts from {about}, which a person gives; the term after it is not proved",
        ),
    ),
    "paths-unexplored": (
        "time",
        Text(
            "жолдар тым көп ({about} астам), мерзімі барлығының тексерілмеді",
            "путей слишком много (более {about}), срок проверен не у всех",
            "there are too many paths (more than {about}), not all were timed",
        ),
    ),
    "total-other": (
        "time",
        Text(
            "жалпы мерзім актіде – {act}, модельде – {model}",
            "общий срок по акту – {act}, в модели – {model}",
            "the total is {act} in the act, {model} in the model",
        ),
    ),
    "total-exceeded": (
        "time",
        Text(
            "«{branch}» жолы {end} аяқталады, жалпы мерзім {total} бітеді",
            "ветвь «{branch}» кончается {end}, общий срок – {total}",
            "the branch “{branch}” ends {end}, the total term ends {total}",
        ),
    ),
    "total-too-short": (
        "time",
        Text(
            "актінің өз қадамдары оның жалпы мерзіміне сыймайды: «{branch}» жолы {end} аяқталады, мерзім {total} бітеді",
            "собственные шаги акта не умещаются в его общий срок: ветвь «{branch}» кончается {end}, срок – {total}",
            "the act's own steps do not fit into its total: the branch “{branch}” ends {end}, the term ends {total}",
        ),
    ),
    "total-shared": (
        "time",
        Text(
            "мерзімі жоқ қадамдар жалпы мерзімнің соңына дейін созылса, «{branch}» жолы {end} аяқталады, мерзім {total} бітеді: "
            "{step} қадамына уақыт қалмайды",
            "если шаги без своего срока займут весь общий срок, ветвь «{branch}» кончится {end}, а срок – {total}: "
            "для {step} времени не остаётся",
            "if the steps without a limit of their own take the whole term, the branch “{branch}” ends {end}, the term "
            "{total}: nothing is left for {step}",
        ),
    ),
    "term-other": (
        "time",
        Text(
            "{element}: көрсетілетін мерзім – {model}, ал жалпы мерзім – {act}",
            "{element}: показываемый срок – {model}, а общий срок – {act}",
            "{element}: the term that is shown is {model}, but the total is {act}",
        ),
    ),
    "begins-too-late": (
        "time",
        Text(
            "{element}: алдыңғы қадамдар өз мерзімдерін түгел алса, {clause} бойынша мерзім ({due}) қадам басталғанға "
            "({moment}) дейін бітеді",
            "{element}: если предыдущие шаги займут свои сроки целиком, срок по {clause} ({due}) кончится раньше, чем шаг "
            "начнётся ({moment})",
            "{element}: if the steps before it take their limits whole, its limit by {clause} ({due}) is over before it can "
            "begin ({moment})",
        ),
    ),
}
