"""Why an absence cannot be entered, and why somebody may not work a step, in three languages."""

from app.domain.terms.calendar import Text

DAY_MISSING = Text(
    "Бірінші және соңғы күнді көрсетіңіз.", "Укажите первый и последний день.", "give the first and the last day"
)
DAYS_TURNED = Text(
    "Соңғы күн бірінші күннен бұрын. Күндерді тексеріңіз.",
    "Последний день раньше первого. Проверьте даты.",
    "the last day is before the first: check the dates",
)
DAYS_PAST = Text(
    "Жұмыста болмауды өткен күннен бастап тіркеуге болмайды: ең ертесі — бүгін, {today}.",
    "Отсутствие нельзя внести задним числом: самое раннее — сегодня, {today}.",
    "an absence cannot begin in the past: today, {today}, is the earliest day",
)
DAYS_FAR = Text(
    "Жұмыста болмау екі жылдан аспауы керек: соңғы күні ең кеші {latest}.",
    "Отсутствие вносят не больше чем на два года вперёд: последний день не позже {latest}.",
    "an absence ends within two years: {latest} is the latest day",
)
ORDER_MISSING = Text(
    "Бұйрықтың нөмірін енгізіңіз, мысалы: 118-Ө, 20.11.2026. Ең көбі {limit} таңба: кемінде бір цифр, әріптер, бос орын және "
    "- / . , ( ) № белгілері.",
    "Укажите номер приказа, например: 118-Ө от 20.11.2026. Не больше {limit} знаков: хотя бы одна цифра, буквы, пробелы и "
    "знаки - / . , ( ) №.",
    "give the number of the order, for example 118-A of 20.11.2026: at most {limit} characters, which are letters, spaces, "
    "- / . , ( ) and at least one digit",
)
ONESELF = Text(
    "Қызметкер өзін-өзі алмастыра алмайды. Басқа қызметкерді таңдаңыз.",
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
    "{deputy} — көрсетілетін қызметті алушы, ол қызметкерді алмастыра алмайды.",
    "{deputy} — услугополучатель и замещать сотрудника не может.",
    "{deputy} is an applicant, who cannot act for an officer",
)
DEPUTY_OPERATOR = Text(
    "{deputy} — Мемлекеттік корпорацияның қызметкері, ол көрсетілетін қызметті берушінің қызметкерін алмастыра алмайды. "
    "Басқа қызметкерді таңдаңыз.",
    "{deputy} — работник Государственной корпорации и замещать сотрудника услугодателя не может. "
    "Выберите другого сотрудника.",
    "{deputy} works for the State Corporation and cannot act for an officer of the provider: choose another person",
)
DEPUTY_ABSENT = Text(
    "{deputy} сол күндері өзі де жұмыста болмайды ({first} – {last}). Басқа қызметкерді таңдаңыз.",
    "{deputy} в эти дни тоже отсутствует ({first} – {last}). Выберите другого сотрудника.",
    "{deputy} is absent at that time too ({first} – {last}): choose another person",
)
ALREADY_ABSENT = Text(
    "{person}: сол күндерге жұмыста болмау бұрын тіркелген ({first} – {last}).",
    "На эти дни отсутствие уже внесено: {person}, {first} – {last}.",
    "an absence of {person} is entered for these days already ({first} – {last})",
)
CIRCLE = Text(
    "Алмастыру шеңберге тұйықталады: {deputy} сол күндері өзі жұмыста болмайды, ал оны тізбек бойынша {person} алмастырады. "
    "Басқа қызметкерді таңдаңыз.",
    "Замещение замыкается в круг: {deputy} в эти дни отсутствует, а замещает по цепочке {person}. "
    "Выберите другого сотрудника.",
    "the substitution comes back in a circle: at that time {person} acts for {deputy}, by a chain. "
    "Choose another person",
)
NOT_YOURS = Text(
    "Жұмыста болмауды қызметкердің өзі, ұйым басшысы немесе әкімші тіркейді.",
    "Отсутствие вносит сам сотрудник, руководитель организации или администратор.",
    "an absence is entered by the person, the head of the organisation or an administrator",
)
UNKNOWN = Text("Жұмыста болмау туралы мұндай жазба жоқ.", "Такой записи об отсутствии нет.", "there is no such absence")
OVER = Text(
    "Жұмыста болмау мерзімі аяқталған: тоқтататын ештеңе жоқ.",
    "Это отсутствие уже закончилось: прекращать нечего.",
    "this absence is over already: there is nothing to end",
)
NO_ORGANISATION = Text(
    "«{tenant}» деген ұйым жоқ.", "Организации «{tenant}» нет.", "there is no organisation '{tenant}'"
)
FOUR_EYES = Text(
    "{person} осы істе дайындаған қадамды өзі бекіте алмайды. Бұл тапсырманы басқа қызметкер орындауы керек.",
    "{person} уже готовил(а) решение по этому делу и не может сам(а) его утверждать. "
    "Эту задачу должен выполнить другой сотрудник.",
    "{person} prepared what this step is about, in this case, and may not work it: another person must",
)
