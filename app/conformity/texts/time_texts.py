"""The words of the findings of the check of time."""

from app.domain.calendar import Text

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
