"""The services by their acts, and whether the models do what the acts say."""

from app.domain.terms.calendar import Text

ADMIN_SERVICES = {
    "services": Text("Қызметтер", "Услуги", "Services"),
    "services-title": Text("Актілер мен қызметтер", "Акты и услуги", "Acts and services"),
    "services-act": Text("{date} № {number} акт", "Акт № {number} от {date}", "Act no. {number} of {date}"),
    "services-registered": Text(
        "№ {number} болып тіркелген", "зарегистрирован под № {number}", "registered as no. {number}"
    ),
    "services-repealed": Text(
        "күші жойылған: {date} № {number}", "утратил силу: № {number} от {date}", "repealed by no. {number} of {date}"
    ),
    "services-service": Text("Қызмет", "Услуга", "Service"),
    "services-model": Text("Модель", "Модель", "Model"),
    "services-no-model": Text("моделі жоқ", "модели нет", "no model"),
    "services-others": Text("Басқа процестер", "Другие процессы", "Other processes"),
    "services-others-about": Text(
        "Қызметтер шақыратын ортақ процестер және ешбір акт білмейтіндері.",
        "Общие процессы, которые вызывают услуги, и те, о которых не знает ни один акт.",
        "Processes that services call, and those that no act knows.",
    ),
    "services-process": Text("Процесс", "Процесс", "Process"),
    "services-instances": Text("Барлық істері", "Все дела", "All instances"),
    "services-editions": Text("Редакциялар мен нұсқалар", "Редакции и версии", "Editions and versions"),
    "services-edition": Text("Редакция", "Редакция", "Edition"),
    "services-in-force": Text("Қолданылуы", "Действует", "In force"),
    "services-organisation": Text("Ұйым", "Организация", "Organisation"),
    "services-versions": Text("Модель нұсқалары", "Версии модели", "Versions of the model"),
    "services-holds": Text("қолданыста", "действует", "in force"),
    "services-comes": Text("әлі күшіне енбеген", "вступит в силу", "to come"),
    "services-past": Text("қолданыстан шыққан", "не действует", "not in force"),
    "services-running": Text(
        "{n} іс жүріп жатыр", "идёт {n} дело|идут {n} дела|идёт {n} дел", "{n} case runs|{n} cases run"
    ),
    "services-difference": Text("алдыңғысынан айырмасы", "отличия от предыдущей", "difference from the one before"),
    "services-none-deployed": Text(
        "Бұл қызметтің моделі орналастырылмаған: өтініштерді қабылдау мүмкін емес.",
        "Модель этой услуги не размещена: заявления принять нельзя.",
        "No model of this service is deployed: no application can be taken.",
    ),
    "services-proof": Text("{n}-нұсқаны тексеру", "Проверка версии {n}", "Check of version {n}"),
    "services-proving": Text(
        "Модель актімен салыстырылуда, бұл бірнеше секунд алады…",
        "Модель сверяется с актом, это займёт несколько секунд…",
        "The model is checked against its act, which takes some seconds…",
    ),
    "services-lacking": Text(
        "Акт талап ететін, бірақ модельде жоқ нәрселер",
        "Чего акт требует, а в модели нет",
        "What the act demands and the model lacks",
    ),
    "services-lacks-nothing": Text(
        "Актінің әр рәсімі мен нәтижесі модельде бар.",
        "Каждая процедура и каждый результат акта есть в модели.",
        "Every procedure and every result of the act is in the model.",
    ),
    "services-no-act": Text(
        "Модель бірде-бір актіні атамайды: салыстыратын ештеңе жоқ.",
        "Модель не называет ни одного акта: сверять не с чем.",
        "The model names no act: there is nothing to check it against.",
    ),
    "services-otherwise": Text("Актіден айырмашылықтар", "Что модель делает иначе", "What the model does otherwise"),
    "services-nothing-otherwise": Text(
        "Рөлдер, мерзімдер мен жолдар актіге сай.",
        "Роли, сроки и пути соответствуют акту.",
        "Roles, terms and ways are as the act has them.",
    ),
    "services-findings": Text(
        "Модель файлындағы ескертулер", "Замечания к файлу модели", "Findings in the file of the model"
    ),
    "services-notes": Text(
        "Актінің өзі туралы {n} ескертпе",
        "{n} примечание о самом акте|{n} примечания о самом акте|{n} примечаний о самом акте",
        "{n} note about the act itself|{n} notes about the act itself",
    ),
    "services-whole": Text("Модель тұтастай", "Модель в целом", "The model as a whole"),
    "services-demands": Text("Актінің рәсімдері", "Процедуры акта", "The procedures of the act"),
    "services-demands-about": Text(
        "Тармақ, рәсім, оның мерзімі және моделдің осы тармақты атайтын элементтері.",
        "Пункт, процедура, её срок и элементы модели, которые называют этот пункт.",
        "Clause, procedure, its term, and the elements of the model that name the clause.",
    ),
    "services-procedure": Text("Рәсім", "Процедура", "Procedure"),
    "services-elements": Text("Элементтер", "Элементы", "Elements"),
    "services-elsewhere": Text(
        "модельдің өзінде емес: жоғарыдағы тексеруді қараңыз",
        "не в самой модели: см. проверку выше",
        "not in the model itself: see the check above",
    ),
    "services-any": Text("кез келген ұйым", "любая организация", "any organisation"),
}
