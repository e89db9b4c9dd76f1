"""Errors that people read, in three languages: what is wrong, and what they can do."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import AppError

E = TypeVar("E", bound=AppError)

HELD_BY_OTHERS = Text(
    "Осы іспен басқа біреу тым ұзақ жұмыс істеп жатыр: ештеңе өзгерген жоқ, қайталап көріңіз.",
    "С этим делом слишком долго работает кто-то другой: ничего не изменилось, повторите попытку.",
    "others have been at work on this for too long: nothing has changed, try again",
)
TASK_UNKNOWN = Text(
    "{task} тапсырмасы жоқ немесе ол сізге арналмаған.",
    "Задачи {task} нет, или она не для вас.",
    "Cannot find task with id {task}: task is null",
)
TASK_COMPLETED = Text(
    "Тапсырма орындалып қойған: енді жауап қабылданбайды.",
    "Задача уже завершена: ответ больше не принимается.",
    "task '{task}' is already completed",
)
TASK_CANCELLED = Text(
    "Тапсырма жабылды, оның шешімі енді керек емес: жауап қабылданбайды.",
    "Задача закрыта, решение по ней больше не нужно: ответ не принимается.",
    "task '{task}' is already cancelled",
)
TASK_SUSPENDED = Text(
    "Тапсырма тоқтатыла тұрды: іс жалғасқанша жауап қабылданбайды.",
    "Задача приостановлена: ответ не принимается, пока дело не продолжат.",
    "task '{task}' is suspended",
)
TASK_DELEGATED = Text(
    "Тапсырма басқаға берілген: ол қайтарғанша орындалмайды.",
    "Задача передана другому: её нельзя завершить, пока её не вернут.",
    "A delegated task cannot be completed, but should be resolved instead: '{task}'",
)
NOT_CLAIMED = Text(
    "Тапсырма ешкімге бекітілмеген: алдымен оны өзіңізге алыңыз.",
    "Задачу никто не взял: сначала возьмите её себе.",
    "task '{task}' is not claimed: claim it first",
)
ANOTHERS_TASK = Text(
    "Бұл тапсырма басқа адамға бекітілген: оны тек сол адам орындай алады.",
    "Задача поручена другому человеку: завершить её может только он.",
    "task '{task}' is assigned to another person",
)
CLAIMED_BY_ANOTHER = Text(
    "Тапсырманы басқа адам алып қойған.",
    "Задачу уже взял другой человек.",
    "Task '{task}' is already claimed by someone else.",
)
CLAIM_FOR_ANOTHER = Text(
    "Тапсырманы тек өзіңізге ала аласыз; басқаға беру үшін оны тағайындаңыз.",
    "Взять задачу можно только себе; чтобы передать её другому, назначьте исполнителя.",
    "a task can be claimed for oneself only; hand it on with assignee",
)
FOR_ONE_ALONE = Text(
    "Бұл тапсырма бір адамның өзіне арналған: оны қайтаратын топ жоқ.",
    "Эта задача только для одного человека: нет группы, в которую её можно вернуть.",
    "task '{task}' is for one person alone: there is no group to give it back to",
)
USER_UNKNOWN = Text("«{user}» деген пайдаланушы жоқ.", "Пользователя «{user}» нет.", "there is no user '{user}'")
NOT_A_MEMBER = Text(
    "«{user}» бұл тапсырманы орындай алмайды: осы ұйымда оның рөлінде емес.",
    "«{user}» не может выполнить эту задачу: не состоит в её роли в этой организации.",
    "user '{user}' may not work task '{task}': not a member of its group in its organisation",
)
NOBODY_IN_ROLE = Text(
    "«{tenant}» ұйымында «{role}» рөлінде ешкім жоқ: алдымен мүшелерін тағайындаңыз.",
    "В организации «{tenant}» нет никого в роли «{role}»: сначала назначьте её членов.",
    "nobody in organisation '{tenant}' holds the role '{role}': give it members first",
)
STEP_FAILED = Text(
    "«{name}» қадамы орындалмайды: {why}",
    "Шаг «{name}» не может быть выполнен: {why}",
    "{tag} '{id}' cannot be executed: {why}",
)
NO_PLAIN_START = Text(
    "«{process}» процесін қолмен бастауға болмайды: ол хабарламамен, сигналмен, таймермен немесе шартпен басталады.",
    "Процесс «{process}» нельзя начать так: он начинается сообщением, сигналом, таймером или условием.",
    "There is no default start activity for process '{process}': it begins with a message, a signal, a timer or a condition",
)
MESSAGE_TAKEN = Text(
    "«{process}» орналастырылмайды: «{message}» хабарламасымен «{other}» процесі басталады.",
    "«{process}» не размещается: сообщением «{message}» уже начинается процесс «{other}».",
    "Cannot deploy process definition '{process}': there already is a message start event for the message with name "
    "'{message}' in process '{other}'",
)
FILE_TWICE = Text(
    "«{name}» файлы екі рет берілген: әр файлдың атауы бөлек болуға тиіс.",
    "Файл «{name}» передан дважды: у каждого файла должно быть своё имя.",
    "the file '{name}' is given twice",
)
STANDS_TWICE = Text(
    "«{key}» орналастырудың екі файлында тұр: біреуін алып тастаңыз.",
    "«{key}» есть в двух файлах размещения: уберите один из них.",
    "the {what} '{key}' stands in two files of the deployment",
)
WRONG_TYPE = Text(
    "«{name}»: мәні {type} түріне сай емес.",
    "«{name}»: значение не подходит типу {type}.",
    "Cannot convert value of variable '{name}' to java type {type}: {reason}",
)


def of(kind: type[E], text: Text, details: Mapping[str, Any] | Sequence[Any] | None = None, /, **given: object) -> E:
    """An error of a kind with its words. given: what stands in the gaps of the text."""
    words = {language: text.get(language).format(**given) for language in LANGUAGES}
    return kind(words["en"], details=details, words=words)
