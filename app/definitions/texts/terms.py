"""Texts about the terms of a case: its total, and where its clock may stand still or a term be extended."""

from app.definitions.texts.text import error, warning

TERM_TEXTS = {
    "total-not-a-term": error(
        (
            "Істің жалпы мерзімі (law.total) мерзім ережесін қолданбайды: «{text}».",
            "Мына ережелердің бірін пайдаланыңыз: {allowed}.",
        ),
        (
            "Общий срок дела (law.total) не применяет ни одного правила сроков: «{text}».",
            "Используйте одно из правил: {allowed}.",
        ),
        (
            'The term of the whole case (law.total) uses no rule of terms: "{text}".',
            "Use one of the rules: {allowed}.",
        ),
    ),
    "total-without-clause": warning(
        ("Істің жалпы мерзімі қай тармақтан шығатыны айтылмаған.", "Тармақты law.totalClause ішінде атаңыз."),
        ("Не сказано, из какого пункта следует общий срок дела.", "Назовите пункт в law.totalClause."),
        ("It is not said which clause gives the term of the whole case.", "Name the clause in law.totalClause."),
    ),
    "total-on-step": error(
        ("{property} қадамда тұр, бірақ ол процестің өзіне ғана қолданылады.", "Оны процеске көшіріңіз."),
        ("{property} стоит на шаге, но относится только к самому процессу.", "Перенесите его на процесс."),
        ("{property} stands on a step, but is read from the process alone.", "Move it to the process."),
    ),
    "term-property-alone": warning(
        (
            "{property} бар, бірақ {needed} жоқ: ол ештеңеге қолданылмайды.",
            "{needed} қосыңыз немесе оны алып тастаңыз.",
        ),
        ("{property} есть, а {needed} нет: оно ни к чему не относится.", "Добавьте {needed} или удалите его."),
        ("There is {property} without {needed}: it applies to nothing.", "Add {needed}, or remove it."),
    ),
    "term-property-never-applies": error(
        (
            "{property} ешқашан қолданылмайды: бұл қадам ({step}) адамдарға тапсырма болып ашылмайды.",
            "Оны адам орындайтын тапсырмаға (userTask) не процеске көшіріңіз.",
        ),
        (
            "{property} никогда не применится: этот шаг ({step}) не открывается людям как задание.",
            "Перенесите его на задачу человека (userTask) или на процесс.",
        ),
        (
            "{property} can never apply: this step ({step}) is never open as a task.",
            "Move it to a user task, or to the process.",
        ),
    ),
    "pause-without-clause": error(
        ("law.pause ешбір тармақты атамайды.", "Мерзімді тоқтата тұруға жол беретін тармақты жазыңыз."),
        ("law.pause не называет ни одного пункта.", "Укажите пункт, который позволяет приостановить срок."),
        ("law.pause names no clause.", "Give the clause that lets the clock stand still."),
    ),
    "extend-unit-unknown": error(
        (
            "Мерзім мұндай бірлікпен ұзартылмайды: «{text}».",
            "law.extend мәнін бірлік:сан түрінде жазыңыз; бірліктер: {allowed}.",
        ),
        (
            "В такой единице срок не продлевается: «{text}».",
            "Запишите law.extend в виде единица:число; единицы: {allowed}.",
        ),
        (
            'A term is not extended in such a unit: "{text}".',
            "Write law.extend as unit:number; the units are {allowed}.",
        ),
    ),
    "extend-amount-invalid": error(
        (
            "Мерзімді қаншаға ұзартуға болатыны оң бүтін сан емес: «{text}».",
            "law.extend мәнін, мысалы, workingDays:10 деп жазыңыз.",
        ),
        (
            "На сколько можно продлить срок, сказано не целым положительным числом: «{text}».",
            "Запишите law.extend, например, так: workingDays:10.",
        ),
        (
            'By how much a term may be extended is not a positive whole number: "{text}".',
            "Write law.extend like this: workingDays:10.",
        ),
    ),
    "extend-without-clause": error(
        ("Мерзімді ұзартуға қай тармақ жол беретіні айтылмаған.", "Тармақты law.extendClause ішінде атаңыз."),
        ("Не сказано, какой пункт позволяет продлить срок.", "Назовите пункт в law.extendClause."),
        ("It is not said which clause lets the term be extended.", "Name the clause in law.extendClause."),
    ),
    "extend-term-without-allowance": warning(
        (
            "Бұл қадам мерзімді ұзартады, бірақ қаншаға екенін өзі де, процесі де айтпайды.",
            "Қадамға law.extend пен law.extendClause қосыңыз; олар шақырушы процесте ғана болса, ескертуді қалдырыңыз.",
        ),
        (
            "Этот шаг продлевает срок, но ни он, ни его процесс не говорят, на сколько можно.",
            "Добавьте шагу law.extend и law.extendClause; если они есть у вызывающего процесса, ничего не меняйте.",
        ),
        (
            "This step extends the term, but neither it nor its process says by how much it may.",
            "Give the step law.extend and law.extendClause; if the calling process has them, leave it so.",
        ),
    ),
}
