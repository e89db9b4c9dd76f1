"""Texts about the edition of the law that a process follows."""

from app.definitions.texts.text import error

EDITION_TEXTS = {
    "edition-day": error(
        ("{property} күнді білдірмейді: «{text}».", "Күнді 2026-07-01 түрінде жазыңыз."),
        ("{property} не является днём: «{text}».", "Запишите день в виде 2026-07-01."),
        ('{property} is no day: "{text}".', "Write the day as 2026-07-01."),
    ),
    "edition-unnamed": error(
        ("Күшінде болатын күндері бар, бірақ редакцияның атауы жоқ.", "Редакцияны {property} ішінде атаңыз."),
        ("Дни действия указаны, а редакция не названа.", "Назовите редакцию в {property}."),
        ("There are days in force, but the edition has no name.", "Name the edition in {property}."),
    ),
    "edition-missing": error(
        (
            "Бұл процестің редакциялары бар: {editions}; мұнда редакция аталмаған.",
            "Үлгі қай редакцияға сай екенін {property} ішінде атаңыз.",
        ),
        (
            "У этого процесса есть редакции: {editions}; здесь редакция не названа.",
            "Назовите в {property} редакцию, которой следует модель.",
        ),
        (
            "This process has editions: {editions}; here no edition is named.",
            "Name in {property} the edition that the model follows.",
        ),
    ),
    "edition-ends-before": error(
        (
            "{edition} редакциясы {begins} күні басталып, {ends} күні аяқталады: ол бірде-бір күн күшінде болмайды.",
            "Күндерді түзетіңіз: аяқталу күні редакция енді қолданылмайтын алғашқы күн.",
        ),
        (
            "Редакция {edition} начинается {begins} и заканчивается {ends}: она не действует ни одного дня.",
            "Исправьте дни: день окончания – первый день, когда редакция уже не действует.",
        ),
        (
            "Edition {edition} begins on {begins} and ends on {ends}: it is in force on no day.",
            "Mend the days: the last is the first day on which the edition is in force no more.",
        ),
    ),
    "edition-overlaps": error(
        (
            "{edition} және {other} редакцияларының күшінде болатын күндері қабаттасады.",
            "Бұрынғысын кейінгісі басталатын күні аяқтаңыз немесе оның соңын жазбаңыз.",
        ),
        (
            "Дни действия редакций {edition} и {other} пересекаются.",
            "Закончите прежнюю в день начала следующей или не указывайте её конец.",
        ),
        (
            "The days in force of the editions {edition} and {other} overlap.",
            "Let the former end on the day on which the latter begins, or name no end of it.",
        ),
    ),
}
