"""Texts about how the nodes of a flow are joined."""

from app.definitions.texts.text import error, warning

FLOW_TEXTS = {
    "start-event-missing": error(
        ("Процестің немесе ішкі процестің бастау оқиғасы жоқ.", "Бір қарапайым бастау оқиғасын қосыңыз."),
        ("У процесса или подпроцесса нет начального события.", "Добавьте одно простое начальное событие."),
        ("The process or subprocess has no start event.", "Add one plain start event."),
    ),
    "several-start-events": error(
        (
            "Бұл деңгейде бірнеше бастау оқиғасы бар.",
            "Біреуін қалдырыңыз; процестің өзі хабарлама, сигнал, таймер немесе шарт арқылы да бастала алады.",
        ),
        (
            "На этом уровне несколько начальных событий.",
            "Оставьте одно; сам процесс может начинаться ещё и сообщением, сигналом, таймером или условием.",
        ),
        (
            "There are several start events at this level.",
            "Keep one; the process itself may also begin by a message, a signal, a timer or a condition.",
        ),
    ),
    "start-event-incoming": error(
        ("Бастау оқиғасына ағын кіріп тұр.", "Ағынды бастау оқиғасынан кейінгі қадамға апарыңыз."),
        ("В начальное событие входит поток.", "Направьте поток на шаг после начального события."),
        ("A flow leads into the start event.", "Lead the flow to the step after the start event."),
    ),
    "end-event-outgoing": error(
        ("Аяқтау оқиғасынан ағын шығып тұр.", "Ағынды алып тастаңыз немесе аралық оқиғаны пайдаланыңыз."),
        ("Из конечного события выходит поток.", "Удалите поток или используйте промежуточное событие."),
        ("A flow leads out of the end event.", "Remove the flow, or use an intermediate event."),
    ),
    "end-event-missing": warning(
        ("Бұл деңгейде аяқтау оқиғасы жоқ.", "Аяқтау оқиғасын қосыңыз."),
        ("На этом уровне нет конечного события.", "Добавьте конечное событие."),
        ("There is no end event at this level.", "Add an end event."),
    ),
    "unreachable": error(
        ("Бастау оқиғасынан бұл қадамға жол жоқ.", "Қадамды ағынмен қосыңыз немесе алып тастаңыз."),
        ("От начального события до этого шага нет пути.", "Соедините шаг потоком или удалите его."),
        ("No path leads here from the start event.", "Connect the step with a flow, or remove it."),
    ),
    "end-not-reachable": warning(
        ("Бұл қадамнан аяқтау оқиғасына жол жоқ.", "Ағынды аяқтау оқиғасына дейін жеткізіңіз."),
        ("От этого шага нет пути к конечному событию.", "Доведите поток до конечного события."),
        ("No path leads from here to an end event.", "Lead the flow on to an end event."),
    ),
    "flow-end-missing": error(
        ("Ағынның «{attribute}» ұшы ешбір қадамға жалғанбаған.", "Ағынды қайта жүргізіңіз."),
        ("Конец «{attribute}» потока не соединён ни с одним шагом.", "Проведите поток заново."),
        ('The end "{attribute}" of the flow joins no step.', "Draw the flow again."),
    ),
    "message-flow-inside": error(
        ("Хабарлама ағыны бір пулдың ішінде қалады.", "Ішінде реттілік ағынын пайдаланыңыз немесе оны алып тастаңыз."),
        ("Поток сообщений остаётся внутри одного пула.", "Внутри используйте поток управления или удалите его."),
        ("The message flow stays inside one pool.", "Inside, use a sequence flow, or remove it."),
    ),
    "message-flow-backward": error(
        (
            "Хабарлама ағыны бұл оқиғаға теріс бағытта жүргізілген: күтетіні жібермейді, жіберетіні қабылдамайды.",
            "Ағынды керісінше жүргізіңіз немесе оқиғаның түрін өзгертіңіз.",
        ),
        (
            "Поток сообщений у этого события проведён в обратную сторону: ждущее не посылает, посылающее не принимает.",
            "Проведите поток в другую сторону или измените вид события.",
        ),
        (
            "The message flow is drawn backward at this event: what waits does not send, what sends does not wait.",
            "Turn the flow around, or change the kind of the event.",
        ),
    ),
    "flow-crosses-border": error(
        ("Ағын ішкі процестің шекарасынан өтіп тұр.", "Ағынды ішкі процестің өзіне немесе өзінен жүргізіңіз."),
        ("Поток пересекает границу подпроцесса.", "Проведите поток к самому подпроцессу или от него."),
        ("The flow crosses the border of a subprocess.", "Draw it to or from the subprocess itself."),
    ),
    "flow-without-condition": error(
        ("Шлюзден шыққан ағынның шарты жоқ.", "Шарт жазыңыз немесе ағынды әдепкі деп белгілеңіз."),
        ("У потока из шлюза нет условия.", "Задайте условие или сделайте поток потоком по умолчанию."),
        ("The flow out of the gateway has no condition.", "Give it a condition, or make it the default flow."),
    ),
    "gateway-without-default": warning(
        ("Әдепкі ағын жоқ: ешбір шарт орындалмаса, іс тоқтайды.", "Бір ағынды әдепкі деп белгілеңіз."),
        (
            "Нет потока по умолчанию: если ни одно условие не выполнится, дело остановится.",
            "Сделайте один из потоков потоком по умолчанию.",
        ),
        ("There is no default flow: if no condition holds, the case stops.", "Make one flow the default."),
    ),
    "gateway-without-outgoing": error(
        ("Шлюзден ағын шықпайды.", "Ағын қосыңыз немесе аяқтау оқиғасын пайдаланыңыз."),
        ("Из шлюза не выходит ни один поток.", "Добавьте поток или используйте конечное событие."),
        ("No flow leads out of the gateway.", "Add a flow, or use an end event."),
    ),
    "default-flow-unknown": error(
        ("Әдепкі «{flow}» ағыны бұл қадамнан шықпайды.", "Осы қадамнан шығатын ағынды таңдаңыз."),
        ("Поток по умолчанию «{flow}» не выходит из этого шага.", "Выберите поток, выходящий из этого шага."),
        ('The default flow "{flow}" does not lead out of this step.', "Choose a flow that leads out of it."),
    ),
    "default-flow-condition": error(
        ("Әдепкі ағынның шарты бар.", "Шартты алып тастаңыз немесе басқа ағынды әдепкі етіңіз."),
        ("У потока по умолчанию есть условие.", "Удалите условие или выберите другой поток по умолчанию."),
        ("The default flow has a condition.", "Remove the condition, or choose another default flow."),
    ),
    "condition-on-single-flow": error(
        ("Жалғыз шығатын ағынның шарты бар.", "Шартты алып тастаңыз немесе екінші ағын қосыңыз."),
        ("У единственного исходящего потока есть условие.", "Удалите условие или добавьте второй поток."),
        ("The only flow that leads out has a condition.", "Remove the condition, or add a second flow."),
    ),
    "condition-at-parallel-gateway": warning(
        (
            "Параллель шлюзден шыққан ағынның шарты бар: ол ешқашан тексерілмейді.",
            "Шартты алып тастаңыз немесе қамтитын шлюзді пайдаланыңыз.",
        ),
        (
            "У потока из параллельного шлюза есть условие: оно никогда не проверяется.",
            "Удалите условие или используйте включающий шлюз.",
        ),
        (
            "A flow out of a parallel gateway has a condition, which is never looked at.",
            "Remove the condition, or use an inclusive gateway.",
        ),
    ),
    "condition-at-event-gateway": error(
        ("Оқиғаға негізделген шлюзден шыққан ағынның шарты бар.", "Шартты алып тастаңыз."),
        ("У потока из шлюза по событиям есть условие.", "Удалите условие."),
        ("A flow out of an event-based gateway has a condition.", "Remove the condition."),
    ),
    "ad-hoc-empty": error(
        ("Ad-hoc ішкі процесінде ештеңе басталмайды.", "Оған кіретін ағыны жоқ қадам қосыңыз."),
        ("В подпроцессе ad-hoc нечему начаться.", "Добавьте в него шаг без входящего потока."),
        ("Nothing can begin in the ad-hoc subprocess.", "Put a step into it that no flow leads to."),
    ),
    "ad-hoc-event": error(
        ("Ad-hoc ішкі процесінде бастау мен аяқтау оқиғалары болмайды.", "Оқиғаны алып тастаңыз."),
        ("В подпроцессе ad-hoc нет начальных и конечных событий.", "Удалите событие."),
        ("An ad-hoc subprocess has neither start nor end events.", "Remove the event."),
    ),
    "condition-not-at-gateway": error(
        ("Шартты ағын шлюзден шықпай тұр.", "Қадамнан кейін шлюз қойып, шартты содан шыққан ағынға жазыңыз."),
        ("Условный поток выходит не из шлюза.", "Поставьте после шага шлюз и задайте условие на потоке из него."),
        ("A conditional flow does not come from a gateway.", "Put a gateway behind the step and the condition there."),
    ),
    "condition-not-expression": error(
        ("Шарт өрнек емес: «{text}».", "Шартты ${{…}} түрінде жазыңыз."),
        ("Условие не является выражением: «{text}».", "Запишите условие в виде ${{…}}."),
        ('The condition is not an expression: "{text}".', "Write the condition as ${{…}}."),
    ),
    "condition-script": error(
        (
            "Шарт «{language}» тіліндегі скрипт ретінде жазылған.",
            "Шартты ${{…}} өрнегі ретінде немесе «feel» тілінде жазыңыз.",
        ),
        ("Условие задано скриптом на языке «{language}».", "Задайте условие выражением ${{…}} или на языке «feel»."),
        ('The condition is a script in "{language}".', 'Write the condition as an expression ${{…}}, or in "feel".'),
    ),
    "handler-in-flow": error(
        ("Бұл қадам оқиғамен басталады, ал оған ағын қосылған.", "Ағынды алып тастаңыз."),
        ("Этот шаг начинается событием, а к нему присоединён поток.", "Удалите поток."),
        ("This step is begun by an event, and a flow is joined to it.", "Remove the flow."),
    ),
    "event-gateway-target": error(
        (
            "Оқиғаға негізделген шлюзден кейін тек күтілетін оқиға тұра алады.",
            "Хабарлама, сигнал, таймер немесе шарт оқиғасын қойыңыз; оған басқа ағын кірмейді.",
        ),
        (
            "После шлюза по событиям может стоять только ожидаемое событие.",
            "Поставьте событие сообщения, сигнала, таймера или условия; другие потоки в него не входят.",
        ),
        (
            "Only an event that is waited for can stand behind an event-based gateway.",
            "Put a message, signal, timer or conditional event there; no other flow leads into it.",
        ),
    ),
    "instantiates-in-flow": error(
        (
            "Бұл элемент процесті бастайды, сондықтан оған ағын кірмейді, ол ішкі процесте тұрмайды және қайталанбайды.",
            "instantiate белгісін алып тастаңыз немесе элементті процестің басына қойыңыз.",
        ),
        (
            "Этот элемент начинает процесс: в него не входит поток, он не стоит в подпроцессе и не повторяется.",
            "Снимите признак instantiate или поставьте элемент в начало процесса.",
        ),
        (
            "This element begins the process: no flow leads to it, it is in no subprocess, and it is not repeated.",
            "Remove instantiate, or put the element at the beginning of the process.",
        ),
    ),
    "instantiating-gateway-target": error(
        (
            "Процесті бастайтын шлюзден кейін тек хабарлама немесе сигнал тұра алады.",
            "Таймерді бастау оқиғасымен беріңіз.",
        ),
        ("После шлюза, начинающего процесс, стоят только сообщения и сигналы.", "Таймер задайте начальным событием."),
        ("Only messages and signals stand behind a gateway that begins the process.", "Make a timer a start event."),
    ),
    "activation-condition-missing": error(
        ("Күрделі шлюздің шарты жоқ.", "Мысалы, мынадай шарт беріңіз: ${{activationCount >= 2}}."),
        ("У сложного шлюза нет условия.", "Задайте, например: ${{activationCount >= 2}}."),
        ("The complex gateway has no condition.", "Give it one, for example ${{activationCount >= 2}}."),
    ),
}
