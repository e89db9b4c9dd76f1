"""Texts about events."""

from app.definitions.texts.text import error

EVENT_TEXTS = {
    "event-not-supported": error(
        (
            "Жүйе мұндай оқиғаны әзірге орындамайды: {step} + {definition}.",
            "Мына түрлері орындалады: {allowed}.",
        ),
        (
            "Система пока не исполняет такое событие: {step} + {definition}.",
            "Исполняются следующие виды: {allowed}.",
        ),
        (
            "The system does not run such an event yet: {step} + {definition}.",
            "These kinds are run: {allowed}.",
        ),
    ),
    "event-several-definitions": error(
        ("Оқиғаның бірнеше анықтамасы бар.", "Біреуін ғана қалдырыңыз."),
        ("У события несколько определений.", "Оставьте только одно."),
        ("The event has several definitions.", "Keep only one."),
    ),
    "event-definition-missing": error(
        ("Оқиға нені күтетіні көрсетілмеген.", "Оқиғаның түрін таңдаңыз: {allowed}."),
        ("Не указано, чего ждёт событие.", "Выберите вид события: {allowed}."),
        ("The event does not say what it waits for.", "Choose the kind of the event: {allowed}."),
    ),
    "boundary-attached-unknown": error(
        ("Шекаралық оқиға осы деңгейдегі ешбір қадамға бекітілмеген.", "Оны қадамның шекарасына қойыңыз."),
        ("Граничное событие не прикреплено ни к одному шагу этого уровня.", "Поместите его на границу шага."),
        ("The boundary event is attached to no step of this level.", "Put it on the border of a step."),
    ),
    "boundary-host-not-supported": error(
        (
            "Бұл түрдегі қадамға шекаралық оқиға бекітуге болмайды: {step}.",
            "Оны userTask, serviceTask, receiveTask, callActivity немесе subProcess шекарасына қойыңыз.",
        ),
        (
            "К шагу этого вида нельзя прикрепить граничное событие: {step}.",
            "Поместите его на границу userTask, serviceTask, receiveTask, callActivity или subProcess.",
        ),
        (
            "A boundary event cannot be attached to such a step: {step}.",
            "Put it on a userTask, serviceTask, receiveTask, callActivity or subProcess.",
        ),
    ),
    "boundary-never-fires": error(
        (
            "Қызметтік тапсырма күтпейді, сондықтан бұл шекаралық оқиға ешқашан іске қосылмайды.",
            "Қызметтік тапсырмада тек қате оқиғасын қалдырыңыз; таймер мен хабарламаны күтетін қадамға бекітіңіз.",
        ),
        (
            "Сервисная задача не ждёт, поэтому это граничное событие никогда не сработает.",
            "Оставьте на ней только событие ошибки; таймер или сообщение прикрепите к шагу, который ждёт.",
        ),
        (
            "A service task does not wait, so this boundary event would never fire.",
            "Keep only error events on it; put a timer or a message on a step that waits.",
        ),
    ),
    "boundary-incoming": error(
        ("Шекаралық оқиғаға ағын кіріп тұр.", "Ағынды алып тастаңыз."),
        ("В граничное событие входит поток.", "Удалите этот поток."),
        ("A flow leads into the boundary event.", "Remove the flow."),
    ),
    "boundary-error-not-interrupting": error(
        ("Қатені ұстайтын шекаралық оқиға қадамды үзбейтін деп белгіленген.", "Оны үзетін етіңіз."),
        ("Граничное событие ошибки помечено как непрерывающее.", "Сделайте его прерывающим."),
        ("An error boundary event is marked as non-interrupting.", "Make it interrupting."),
    ),
    "boundary-error-duplicate": error(
        ("Бұл қадамда дәл осы қатені ұстайтын басқа шекаралық оқиға бар.", "Біреуін ғана қалдырыңыз."),
        ("На этом шаге уже есть граничное событие для той же ошибки.", "Оставьте только одно."),
        ("Another boundary event of this step catches the same error.", "Keep only one of them."),
    ),
    "timer-missing": error(
        ("Таймердің уақыты көрсетілмеген.", "Күнді, ұзақтықты немесе циклді көрсетіңіз — тек біреуін."),
        ("У таймера не задано время.", "Задайте дату, длительность или цикл — что-то одно."),
        ("The timer has no time.", "Give it a date, a duration or a cycle: exactly one of them."),
    ),
    "timer-invalid": error(
        (
            "Таймер мәні ISO 8601 пішімінде емес: «{text}».",
            "Мысалы: 2026-03-20T16:50:00+05:00, PT15M, P4D, R3/PT10M. Cron өрнектері қолданылмайды.",
        ),
        (
            "Значение таймера не в формате ISO 8601: «{text}».",
            "Например: 2026-03-20T16:50:00+05:00, PT15M, P4D, R3/PT10M. Выражения cron не применяются.",
        ),
        (
            'The value of the timer is not ISO 8601: "{text}".',
            "For example: 2026-03-20T16:50:00+05:00, PT15M, P4D, R3/PT10M. Cron expressions are not used.",
        ),
    ),
    "timer-cycle-not-allowed": error(
        ("Бұл таймер бір рет қана іске қосылады, ал онда цикл көрсетілген.", "Күнді немесе ұзақтықты көрсетіңіз."),
        ("Этот таймер срабатывает один раз, а в нём задан цикл.", "Задайте дату или длительность."),
        ("This timer fires only once but has a cycle.", "Give it a date or a duration."),
    ),
    "message-missing": error(
        ("Қандай хабарлама күтілетіні көрсетілмеген.", "Хабарламаны таңдаңыз немесе жасаңыз."),
        ("Не указано, какое сообщение ожидается.", "Выберите или создайте сообщение."),
        ("It is not said which message is awaited.", "Choose or create a message."),
    ),
    "message-name-missing": error(
        ("Хабарламаның атауы жоқ.", "Хабарламаға атау беріңіз."),
        ("У сообщения нет имени.", "Задайте имя сообщения."),
        ("The message has no name.", "Give the message a name."),
    ),
    "boundary-error-computed": error(
        ("Ұстайтын оқиғаның қате коды өрнек бола алмайды.", "Тұрақты код беріңіз."),
        ("Код ошибки перехватывающего события не может быть выражением.", "Задайте постоянный код."),
        ("The error code of a catching event cannot be an expression.", "Give a constant code."),
    ),
    "error-code-missing": error(
        ("Қатенің коды жоқ.", "Қатені таңдап, оған код беріңіз."),
        ("У ошибки нет кода.", "Выберите ошибку и задайте её код."),
        ("The error has no code.", "Choose an error and give it a code."),
    ),
}
