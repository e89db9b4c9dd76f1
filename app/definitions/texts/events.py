"""Texts about events."""

from app.definitions.texts.text import error, warning

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
    "escalation-code-missing": error(
        ("Эскалацияның коды жоқ.", "Эскалацияны таңдап, оған код беріңіз."),
        ("У эскалации нет кода.", "Выберите эскалацию и задайте её код."),
        ("The escalation has no code.", "Choose an escalation and give it a code."),
    ),
    "timer-cycle-once": warning(
        ("Бұл таймер циклдің бірінші сәтінде ғана іске қосылады.", "Күн немесе ұзақтық көрсету анығырақ."),
        ("Этот таймер сработает только в первый момент цикла.", "Понятнее задать дату или длительность."),
        ("This timer fires only at the first moment of its cycle.", "A date or a duration says so more clearly."),
    ),
    "start-event-all-of": error(
        ("Процестің бастау оқиғасы бірнеше оқиғаның бәрін күте алмайды.", "Бірін ғана күтетін етіңіз."),
        ("Начальное событие процесса не может ждать всех своих событий сразу.", "Пусть оно ждёт одно из них."),
        ("A start event of a process cannot wait for all of its events at once.", "Let it wait for one of them."),
    ),
    "start-not-computed": error(
        (
            "Процесті бастайтын оқиғаның мәні есептелмейді: «{text}»: {reason}",
            "Бастау оқиғасында іс жоқ, сондықтан айнымалылар да жоқ: тұрақты мән немесе біздің функцияларды пайдаланыңыз.",
        ),
        (
            "Значение события, начинающего процесс, не вычисляется: «{text}»: {reason}",
            "До начала дела переменных нет: задайте постоянное значение или используйте наши функции.",
        ),
        (
            'The value of the event that begins the process cannot be computed: "{text}": {reason}',
            "There is no case yet and so no variables: give a constant, or use our functions.",
        ),
    ),
    "message-start-duplicate": error(
        ("«{message}» хабарламасымен процесте екі рет басталады.", "Әрқайсысына өз хабарламасын беріңіз."),
        ("Процесс дважды начинается сообщением «{message}».", "Дайте каждому началу своё сообщение."),
        ('The process begins twice with the message "{message}".', "Give each beginning a message of its own."),
    ),
    "signal-missing": error(
        ("Қандай сигнал екені көрсетілмеген.", "Сигналды таңдаңыз немесе жасаңыз."),
        ("Не указано, какой это сигнал.", "Выберите или создайте сигнал."),
        ("It is not said which signal it is.", "Choose or create a signal."),
    ),
    "signal-name-missing": error(
        ("Сигналдың атауы жоқ.", "Сигналға атау беріңіз."),
        ("У сигнала нет имени.", "Задайте имя сигнала."),
        ("The signal has no name.", "Give the signal a name."),
    ),
    "condition-missing": error(
        ("Оқиғаның шарты жоқ.", "Шартты ${{...}} өрнегімен жазыңыз."),
        ("У события нет условия.", "Запишите условие выражением ${{...}}."),
        ("The event has no condition.", "Write the condition as an expression, ${{...}}."),
    ),
    "escalation-never-thrown": error(
        ("Бұл қадам эскалация көтермейді.", "Оқиғаны ішкі процеске немесе шақыруға бекітіңіз."),
        ("Этот шаг не поднимает эскалацию.", "Прикрепите событие к подпроцессу или вызову."),
        ("This step throws no escalation.", "Put the event on a subprocess or a call activity."),
    ),
    "link-name-missing": error(
        ("Сілтеменің атауы жоқ.", "Сілтемеге атау беріңіз."),
        ("У ссылки нет имени.", "Задайте имя ссылки."),
        ("The link has no name.", "Give the link a name."),
    ),
    "link-unpaired": error(
        ("«{link}» сілтемесінің осы деңгейде дәл бір жұбы жоқ.", "Атауы бірдей бір ғана қабылдайтын сілтеме қойыңыз."),
        (
            "У ссылки «{link}» на этом уровне нет ровно одной пары.",
            "Поставьте одну принимающую ссылку с тем же именем.",
        ),
        ('The link "{link}" has not exactly one counterpart at this level.', "Put one catching link of the same name."),
    ),
    "link-in-flow": error(
        ("Сілтеменің бұл жағына ағын қосылмайды.", "Ағынды алып тастаңыз."),
        ("С этой стороны к ссылке поток не присоединяется.", "Удалите поток."),
        ("No flow joins this side of a link.", "Remove the flow."),
    ),
    "cancel-outside-transaction": error(
        ("Болдырмау оқиғасы транзакцияда емес.", "Оны транзакцияның ішіне немесе шекарасына қойыңыз."),
        ("Событие отмены стоит вне транзакции.", "Поместите его внутрь транзакции или на её границу."),
        ("The cancel event is outside of a transaction.", "Put it into a transaction, or on its border."),
    ),
    "cancel-not-caught": error(
        ("«{transaction}» транзакциясының шекарасында болдырмау оқиғасы жоқ.", "Оны қосыңыз."),
        ("На границе транзакции «{transaction}» нет события отмены.", "Добавьте его."),
        ('There is no cancel event on the border of the transaction "{transaction}".', "Add one."),
    ),
    "compensation-not-interrupting": error(
        ("Өтемақының бастау оқиғасы үзбейтін деп белгіленген.", "Белгіні алып тастаңыз."),
        ("Начальное событие компенсации помечено как непрерывающее.", "Снимите эту отметку."),
        ("The start event of a compensation is marked as non-interrupting.", "Remove the mark."),
    ),
    "compensation-without-handler": error(
        ("Өтемақы оқиғасы ешбір қадаммен байланыспаған.", "Оны өтемақы қадамымен ассоциация арқылы қосыңыз."),
        ("Событие компенсации не связано ни с одним шагом.", "Соедините его ассоциацией с шагом компенсации."),
        ("The compensation event is joined to no step.", "Join it to the compensating step by an association."),
    ),
    "compensation-handler-invalid": error(
        ("«{handler}» қадамы өтемақы қадамы емес.", "Осы деңгейдегі қадамға isForCompensation белгісін қойыңыз."),
        ("Шаг «{handler}» не является шагом компенсации.", "Отметьте шаг этого уровня как isForCompensation."),
        ('The step "{handler}" is not a compensating step.', "Mark a step of this level as isForCompensation."),
    ),
}
