"""Why an absence cannot be entered, and why somebody may not work a step, in three languages."""

from app.domain.calendar import Text

DAY_MISSING = Text(
    "Бірінші және соңғы күнді көрсетіңіз.", "Укажите первый и последний день.", "give the first and the last day"
)
DAYS_TURNED = Text(
    "Соңғы күн бірінші күннен бұрын. Күндерді тексеріңіз.",
    "Последний день раньше первого. Проверьте даты.",
    "the last day is before the first: check the dates",
)
DAYS_PAST = Text(
    "Болмауды өткен күннен бастап енгізуге болмайды: ең ертесі — бүгін, {today}.",
    "Отсутствие нельзя внести задним числом: самое раннее — сегодня, {today}.",
    "an absence cannot begin in the past: today, {today}, is the earliest day",
)
ORDER_MISSING = Text(
    "Бұйрықтың нөмірін енгізіңіз: 1-ден {limit} таңбаға дейін.",
    "Укажите номер приказа: от 1 до {limit} знаков.",
    "give the number of the order: 1 to {limit} characters",
)
ONESELF = Text(
    "Адам өз орнына өзі қала алмайды. Басқа қызметкерді таңдаңыз.",
    "Нельзя замещать самого себя. Выберите другого сотрудника.",
    "nobody is his own deputy: choose another person",
)
NOT_STAFF = Text(
    "{person} бұл ұйымның қызметкері емес.",
    "{person} — не сотрудник этой организации.",
    "{person} is not on the staff of this organisation",
)
DEPUTY_ELSEWHERE = Text(
    "{deputy} бұл ұйымның қызметкері емес. Осы ұйымнан басқа қызметкерді таңдаңыз.",
    "{deputy} — не сотрудник этой организации. Выберите сотрудника этой же организации.",
    "{deputy} is not on the staff of this organisation: choose a person of the same one",
)
DEPUTY_APPLICANT = Text(
    "{deputy} — көрсетілетін қызметті алушы, ол қызметкердің орнына қала алмайды.",
    "{deputy} — услугополучатель и замещать сотрудника не может.",
    "{deputy} is an applicant, who cannot act for an officer",
)
DEPUTY_ABSENT = Text(
    "{deputy} сол күндері өзі де болмайды ({first} – {last}). Басқа қызметкерді таңдаңыз.",
    "{deputy} в эти дни тоже отсутствует ({first} – {last}). Выберите другого сотрудника.",
    "{deputy} is absent at that time too ({first} – {last}): choose another person",
)
ALREADY_ABSENT = Text(
    "{person} үшін сол күндерге болмау бұрыннан енгізілген ({first} – {last}).",
    "На эти дни отсутствие уже внесено: {person}, {first} – {last}.",
    "an absence of {person} is entered for these days already ({first} – {last})",
)
CIRCLE = Text(
    "Орын басу шеңберге тұйықталады: {deputy} сол күндері өзі болмайды, ал оның орнын тізбек бойынша {person} басады. "
    "Басқа қызметкерді таңдаңыз.",
    "Замещение замыкается в круг: {deputy} в эти дни отсутствует, а замещает по цепочке {person}. "
    "Выберите другого сотрудника.",
    "the substitution comes back in a circle: at that time {person} acts for {deputy}, by a chain. "
    "Choose another person",
)
NOT_YOURS = Text(
    "Болмауды адамның өзі, ұйым басшысы немесе әкімші енгізеді.",
    "Отсутствие вносит сам сотрудник, руководитель организации или администратор.",
    "an absence is entered by the person, the head of the organisation or an administrator",
)
UNKNOWN = Text("Мұндай болмау жазбасы жоқ.", "Такой записи об отсутствии нет.", "there is no such absence")
OVER = Text(
    "Бұл болмау аяқталған: оны тоқтатудың қажеті жоқ.",
    "Это отсутствие уже закончилось: прекращать нечего.",
    "this absence is over already: there is nothing to end",
)
NO_ORGANISATION = Text(
    "«{tenant}» деген ұйым жоқ.", "Организации «{tenant}» нет.", "there is no organisation '{tenant}'"
)
FOUR_EYES = Text(
    "{person} осы істе дайындаған қадамды өзі бекіте алмайды. Бұл тапсырманы басқа қызметкер орындауы керек.",
    "{person} уже готовил(а) решение по этому делу и не может сам(а) его утверждать. "
    "Это задание должен выполнить другой сотрудник.",
    "{person} prepared what this step is about, in this case, and may not work it: another person must",
)
