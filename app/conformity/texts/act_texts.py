"""The words of the findings of the checks of coverage, role, results and conflicts."""

from app.domain.terms.calendar import Text

ACT: dict[str, tuple[str, Text]] = {
    "procedure-uncovered": (
        "coverage",
        Text(
            "{clause}: «{name}» рәсіміне модельде жеке элемент жоқ",
            "{clause}: для процедуры «{name}» в модели нет своего элемента",
            "{clause}: the model has no element of its own for the procedure “{name}”",
        ),
    ),
    "task-without-clause": (
        "coverage",
        Text(
            "{element}: адамның тапсырмасында актінің тармағы көрсетілмеген (law.clause)",
            "{element}: у задачи человека не указан пункт акта (law.clause)",
            "{element}: a person's task names no clause of the act (law.clause)",
        ),
    ),
    "clause-unknown": (
        "coverage",
        Text(
            "{element}: актіде {clause} деген тармақ жоқ",
            "{element}: акт не знает пункта {clause}",
            "{element}: the act knows no clause {clause}",
        ),
    ),
    "condition-ignored": (
        "coverage",
        Text(
            "{element}: {clause} рәсімі тек шартпен орындалады ({about}), ал модельде әр жол осы қадамнан өтеді",
            "{element}: процедура {clause} выполняется только при условии ({about}), а в модели через неё идёт каждый путь",
            "{element}: the procedure {clause} happens under a condition only ({about}), in the model each path goes through it",
        ),
    ),
    "procedure-skipped": (
        "coverage",
        Text(
            "{element}: {clause} рәсімін актіде шартсыз орындау керек, ал модельде {about} нәтижесіне онсыз да жетуге болады",
            "{element}: процедура {clause} по акту обязательна, а в модели к результату {about} можно прийти без неё",
            "{element}: the act has the procedure {clause} without a condition, in the model a path to the result {about} "
            "leaves it out",
        ),
    ),
    "flow-channel": (
        "coverage",
        Text(
            "{element}: оған {about} арнасының шарты апармайды ({clause})",
            "{element}: к нему не ведёт условие канала {about} ({clause})",
            "{element}: no condition of the channel {about} leads here ({clause})",
        ),
    ),
    "flow-unregistered": (
        "coverage",
        Text(
            "{element}: {clause} өтінішті тіркемейді (registerApplication)",
            "{element}: {clause} не регистрирует заявление (registerApplication)",
            "{element}: {clause} does not register the application (registerApplication)",
        ),
    ),
    "flow-uncalled": (
        "coverage",
        Text(
            "{clause}: актіде {about} ағыны бар, модель оны шақырмайды",
            "{clause}: в акте есть поток {about}, модель его не вызывает",
            "{clause}: the act has the flow {about}, the model does not call it",
        ),
    ),
    "flow-unknown": (
        "coverage",
        Text(
            "{element}: ортақ ағындардың арасында ондай ағын жоқ (flows.yaml)",
            "{element}: такого потока среди общих нет (flows.yaml)",
            "{element}: there is no such flow among the shared ones (flows.yaml)",
        ),
    ),
    "flow-uncovered": (
        "coverage",
        Text(
            "{element}: ағынның {clause} қадамын орындайтын элемент жоқ ({about})",
            "{element}: нет элемента для {clause} этого потока ({about})",
            "{element}: no element does {clause} of the flow ({about})",
        ),
    ),
    "flow-otherwise": (
        "coverage",
        Text(
            "{element}: {clause} орындалмаса, {about} болып, өтініш тіркелмеуі керек; модельде олай емес",
            "{element}: если {clause} не выполнено, должен быть {about} и заявление не регистрируется; в модели не так",
            "{element}: where {clause} fails there has to be {about} and no registration; in the model it is not so",
        ),
    ),
    "model-missing": (
        "coverage",
        Text(
            "{element} қызметінің моделі жоқ",
            "у услуги {element} нет модели",
            "the service {element} has no model",
        ),
    ),
    "service-unknown": (
        "coverage",
        Text(
            "{element}: актіде {about} деген қызмет жоқ (law.act, law.service)",
            "{element}: акт не знает услуги {about} (law.act, law.service)",
            "{element}: no act knows the service {about} (law.act, law.service)",
        ),
    ),
    "edition-other": (
        "coverage",
        Text(
            "{element}: актіде {about} – {act}, модельде – {model}",
            "{element}: в акте {about} – {act}, в модели – {model}",
            "{element}: {about} is {act} in the act and {model} in the model",
        ),
    ),
    "role-other": (
        "role",
        Text(
            "{element}: {clause} бойынша орындаушы – {act}, модельде – {model}",
            "{element}: по {clause} действует {act}, в модели – {model}",
            "{element}: by {clause} the one who acts is {act}, in the model it is {model}",
        ),
    ),
    "role-unknown": (
        "role",
        Text(
            "{element}: {model} деген рөл жоқ (roles.yaml)",
            "{element}: роли {model} нет (roles.yaml)",
            "{element}: there is no role {model} (roles.yaml)",
        ),
    ),
    "applicant-unknown": (
        "role",
        Text(
            "{element}: өтініш берушінің өзіне бекітілген, ал модель кім бастағанын сақтамайды (camunda:initiator)",
            "{element}: назначена самому заявителю, а модель не хранит, кто начал дело (camunda:initiator)",
            "{element}: it is assigned to the applicant, but the model does not keep who began the case (camunda:initiator)",
        ),
    ),
    "lane-other": (
        "role",
        Text(
            "{element}: «{lane}» жолағында тұр, ал рөлі – «{role}»",
            "{element}: стоит на дорожке «{lane}», а его роль – «{role}»",
            "{element}: it stands in the lane “{lane}”, but its role is “{role}”",
        ),
    ),
    "system-task": (
        "role",
        Text(
            "{element}: {clause} бойынша мұны жүйе орындайды, модельде – адамның тапсырмасы",
            "{element}: по {clause} это делает система, в модели – задача человека",
            "{element}: by {clause} the system does this, in the model it is a person's task",
        ),
    ),
    "kind-missing": (
        "results",
        Text(
            "актідегі {about} өтініш түрін модельде беруге болмайды ({element})",
            "вид обращения {about} по акту есть, а в модели подать его нельзя ({element})",
            "the act has requests of the kind {about}, in the model they cannot be made ({element})",
        ),
    ),
    "kind-unknown": (
        "results",
        Text(
            "актіде {about} деген өтініш түрі жоқ ({element})",
            "акт не знает вида обращения {about} ({element})",
            "the act knows no request of the kind {about} ({element})",
        ),
    ),
    "channel-missing": (
        "results",
        Text(
            "актідегі {about} арнасын модельде таңдауға болмайды ({element})",
            "канал {about} по акту есть, а в модели его не выбрать ({element})",
            "the act has the channel {about}, in the model it cannot be chosen ({element})",
        ),
    ),
    "channel-unknown": (
        "results",
        Text(
            "актіде {about} деген арна жоқ ({element})",
            "акт не знает канала {about} ({element})",
            "the act knows no channel {about} ({element})",
        ),
    ),
    "result-missing": (
        "results",
        Text(
            "{element}: жол актінің нәтижесінсіз аяқталады (law.result)",
            "{element}: путь кончается без результата по акту (law.result)",
            "{element}: a path ends without a result of the act (law.result)",
        ),
    ),
    "result-unknown": (
        "results",
        Text(
            "{element}: {about} деген нәтиже актіде жоқ",
            "{element}: акт не знает результата {about}",
            "{element}: the act knows no result {about}",
        ),
    ),
    "result-undocumented": (
        "results",
        Text(
            "{element}: {about} нәтижесінің құжатына нөмір берілмеген (issueDocument)",
            "{element}: документу результата {about} не дан номер (issueDocument)",
            "{element}: the document of the result {about} has got no number (issueDocument)",
        ),
    ),
    "results-several": (
        "results",
        Text(
            "{element}: бір жол бірнеше нәтижеге келеді: {about}",
            "{element}: один путь приходит к нескольким результатам: {about}",
            "{element}: one path comes to several results: {about}",
        ),
    ),
    "result-unreached": (
        "results",
        Text(
            "{about} нәтижесіне ешбір жол жетпейді",
            "к результату {about} не ведёт ни один путь",
            "no path comes to the result {about}",
        ),
    ),
    "result-other": (
        "results",
        Text(
            "{element}: мұнда дайындалған құжат – {about}, ал соңының нәтижесі басқа",
            "{element}: сюда приходят с документом {about}, а результат окончания другой",
            "{element}: the document prepared for this end is {about}, but the end has another result",
        ),
    ),
    "result-against-procedure": (
        "results",
        Text(
            "{element}: {clause} рәсімі {about} нәтижесімен аяқтайды, ал жол басқаша аяқталады",
            "{element}: процедура {clause} кончает дело результатом {about}, а путь кончается иначе",
            "{element}: the procedure {clause} closes the case with {about}, but the path ends otherwise",
        ),
    ),
    "conflict-unnamed": (
        "conflicts",
        Text(
            "{clause}: акт өзіне қайшы келеді (керісінше: {against}), бірақ модельдің құжаттамасы оны атамайды; "
            "таңдалған оқылуы: {follow}",
            "{clause}: акт противоречит себе (против: {against}), но документация модели этого не называет; "
            "принятое чтение: {follow}",
            "{clause}: the act contradicts itself (against: {against}), but the model's documentation does not name it; "
            "the reading to follow: {follow}",
        ),
    ),
    "conflict-named": (
        "conflicts",
        Text(
            "{clause}: қайшылық ({against}) {element} құжаттамасында аталған; мына оқылуы таңдалған: {follow}",
            "{clause}: противоречие ({against}) названо в документации {element}; принято чтение: {follow}",
            "{clause}: the contradiction ({against}) is named in the documentation of {element}; the reading followed: {follow}",
        ),
    ),
}
