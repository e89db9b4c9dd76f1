"""Why a token is not moved, and an instance not taken to another version."""

from app.domain.terms.calendar import Text

UNKNOWN_ACTIVITY = Text(
    "«{id}» элементі үлгіде жоқ.",
    "Элемента «{id}» в модели нет.",
    "there is no activity '{id}' in process '{process}'",
)
UNKNOWN_FLOW = Text(
    "«{id}» ағыны үлгіде жоқ.",
    "Потока «{id}» в модели нет.",
    "there is no sequence flow '{id}' in process '{process}'",
)
NOT_ACTIVE = Text(
    "«{name}» қазір орындалып жатқан жоқ: тоқтататын ештеңе жоқ.",
    "«{name}» сейчас не выполняется: отменять нечего.",
    "activity '{id}' is not active: there is nothing to cancel",
)
NOTHING_LEFT = Text(
    "Бұдан кейін істе ештеңе қалмайды: оның орнына істі тоқтатыңыз.",
    "После этого в деле ничего не останется: вместо этого прекратите дело.",
    "nothing would be left of the process instance: delete it instead",
)
SEVERAL_SCOPES = Text(
    "«{name}» бірнеше рет орындалып жатыр: қайсысына екенін көрсетіңіз.",
    "«{name}» выполняется несколько раз: укажите, в каком из них.",
    "'{id}' runs several times: say in which with ancestorActivityInstanceId",
)
NOT_AROUND = Text(
    "Көрсетілген қадам «{name}» элементін қамтымайды.",
    "Указанный шаг не содержит «{name}».",
    "the ancestor activity instance is no running scope around activity '{id}'",
)
REPEATED_NOT_RUNNING = Text(
    "«{name}» бірнеше рет орындалады және қазір орындалып жатқан жоқ: оны тұтас бастаңыз («{id}#multiInstanceBody»).",
    "«{name}» выполняется многократно и сейчас не идёт: начните его целиком («{id}#multiInstanceBody»).",
    "the repeated activity '{id}' is not running: begin all of it with '{id}#multiInstanceBody'",
)
NOT_PARALLEL = Text(
    "«{name}» бірінен соң бірі орындалады: қатар тағы біреуін бастауға болмайды.",
    "«{name}» выполняется по очереди: начать ещё одно рядом нельзя.",
    "the instances of '{id}' run one after the other: none is begun beside the one that runs",
)
HANDLER_NOT_RUNNING = Text(
    "«{name}» оқиғалы ішкі процесі орындалып жатқан жоқ: оны бастау оқиғасынан бастаңыз.",
    "Событийный подпроцесс «{name}» не выполняется: начните его с начального события.",
    "the event subprocess '{id}' is not running: begin it at its start event",
)
FOR_COMPENSATION = Text(
    "«{name}» қайтару қадамы: ол тек қайтару кезінде орындалады.",
    "«{name}» — шаг отмены: он выполняется только при компенсации.",
    "'{id}' is for compensation: it begins with a compensation alone",
)
NO_WAY_ON = Text(
    "«{name}» элементінен шығатын ағын жоқ.",
    "Из «{name}» не выходит ни один поток.",
    "activity '{id}' has no outgoing sequence flow to take",
)
SEVERAL_WAYS_ON = Text(
    "«{name}» элементінен бірнеше ағын шығады: қайсысымен екенін көрсетіңіз.",
    "Из «{name}» выходит несколько потоков: укажите, по какому.",
    "activity '{id}' has more than one outgoing sequence flow: name one with startTransition",
)
TOKEN_LOST = Text(
    "Іс «{name}» қадамында тұр, ал жаңа нұсқада оған сәйкес қадам көрсетілмеген.",
    "Дело стоит на шаге «{name}», а в новой версии ему ничего не сопоставлено.",
    "the process instance stands at activity '{id}', which is mapped to nothing",
)
NO_SUCH_WAIT = Text(
    "Іс «{name}» қадамында тұр, ал «{target}» оны қабылдай алмайды: {why}",
    "Дело стоит на шаге «{name}», а «{target}» не может его принять: {why}",
    "the process instance stands at activity '{id}', which '{target}' cannot take over: {why}",
)
