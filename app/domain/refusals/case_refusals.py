"""Why something is not done to the clock of a case, in words for those who asked: Kazakh, Russian, English."""

from app.domain.in_words.wording import amount_in_words
from app.domain.terms.calendar import LANGUAGES, Text
from app.domain.terms.explanation import Rule
from app.errors import Conflict

CASE_UNKNOWN = Text(
    "{case} ісі жоқ немесе ол сізге арналмаған.",
    "Дела {case} нет, или оно не для вас.",
    "Process instance with id {case} does not exist",
)
NO_SERVICE = Text(
    "Мұнда бастауға болатын «{service}» қызметі жоқ.",
    "Здесь нет услуги «{service}», которую можно начать.",
    "there is no service '{service}' that is started here",
)
SERVICE_SUSPENDED = Text(
    "«{service}» қызметі бойынша жаңа іс уақытша басталмайды.",
    "Новые дела по услуге «{service}» временно не начинаются.",
    "no new case of the service '{service}' is started for the time being",
)
CASE_ENDED = Text(
    "Іс аяқталған: оның мерзімі енді өзгермейді.",
    "Дело завершено: его срок больше не меняется.",
    "process instance '{case}' has ended",
)
CASE_SUSPENDED = Text(
    "Іс тоқтатып қойылған: ол жалғасқанша мерзімі өзгертілмейді.",
    "Дело остановлено: пока его не продолжат, срок не меняется.",
    "process instance '{case}' is suspended",
)
MAY_NOT_DECIDE = Text(
    "Іс мерзімі туралы ашық қадамның басшысы мен орындаушысы, осындай құқық беретін қадамның адамдары не әкімші шешеді.",
    "О сроке дела решают руководитель и исполнитель открытого шага, люди шага, который даёт такое право, "
    "или администратор.",
    "the clock of a case is decided on by the head or executor of an open step, by the people of the step that allows "
    "it, or by an administrator",
)
STANDS_ALREADY = Text(
    "Іс мерзімінің өтуі тоқтатылып қойған.",
    "Течение срока дела уже приостановлено.",
    "the clock of case '{case}' stands still already",
)
RUNS = Text(
    "Іс мерзімінің өтуі тоқтатылмаған.",
    "Течение срока дела не приостановлено.",
    "the clock of case '{case}' runs",
)
NO_TERM_RUNS = Text(
    "Бұл істің мерзімдері өтіп кеткен: ұзартатын мерзім жоқ.",
    "Сроки этого дела истекли: продлевать нечего.",
    "no term of case '{case}' runs any more",
)
REASON = Text(
    "Себебі 1-ден {limit} таңбаға дейін жазылады.",
    "Причина указывается, от 1 до {limit} знаков.",
    "a reason has from 1 to {limit} characters",
)
NO_PAUSE = Text(
    "Акт бұл істің мерзімін қазір тоқтата тұруға жол бермейді.",
    "Акт не позволяет сейчас приостановить течение срока этого дела.",
    "the act does not let the clock of this case stand still now",
)
NO_EXTENSION = Text(
    "Акт бұл істің мерзімін қазір ұзартуға жол бермейді.",
    "Акт не позволяет сейчас продлить срок этого дела.",
    "the act does not let the clock of this case be extended now",
)
PAUSE_CLAUSE = Text(
    "Негізі – мерзімді тоқтата тұруға жол беретін тармақтардың бірі: {clauses}.",
    "Основание – один из пунктов, позволяющих приостановить срок: {clauses}.",
    "clause is one of those that let the clock stand still: {clauses}",
)
EXTENSION_CLAUSE = Text(
    "Негізі – мерзімді ұзартуға жол беретін тармақтардың бірі: {clauses}.",
    "Основание – один из пунктов, позволяющих продлить срок: {clauses}.",
    "clause is one of those that let the clock be extended: {clauses}",
)
NO_PAUSE_NOW = Text(
    "Акт бұл істің мерзімін қазір тоқтата тұруға жол бермейді, тек мына тармақтар бойынша, олардың қадамдарында: {clauses}.",
    "Акт не позволяет сейчас приостановить течение срока этого дела, только по пунктам и на их шагах: {clauses}.",
    "the act does not let the clock of this case stand still now, only under these clauses and at their steps: {clauses}",
)
NO_EXTENSION_NOW = Text(
    "Акт бұл істің мерзімін қазір ұзартуға жол бермейді, тек мына тармақтар бойынша, олардың қадамдарында: {clauses}.",
    "Акт не позволяет сейчас продлить срок этого дела, только по пунктам и на их шагах: {clauses}.",
    "the act does not let the clock of this case be extended now, only under these clauses and at their steps: {clauses}",
)
UNIT_UNKNOWN = Text(
    "Өлшем бірлігі – мыналардың бірі: {units}.",
    "Единица измерения – одна из: {units}.",
    "unit is one of {units}",
)
UNIT_NOT_ALLOWED = Text(
    "Бұл негіз ({clause}) мерзімді мұндай бірлікпен ({unit}) ұзартуға жол бермейді.",
    "Это основание ({clause}) не позволяет продлевать срок в таких единицах ({unit}).",
    "clause {clause} lets the term be extended, but not by {unit}",
)
AMOUNT = Text(
    "Негізі ({clause}) бойынша мерзім 1 мен {limit} аралығындағы бүтін санға ұзартылады.",
    "По этому основанию ({clause}) срок продлевается на целое число от 1 до {limit}.",
    "amount is a whole number from 1 to {limit} of {unit}, as clause {clause} has it",
)
NO_ALLOWANCE = Text(
    "«{step}» қадамы мерзімді ұзарта алмайды: қаншаға екенін (law.extend) өзі де, процесі де айтпайды.",
    "Шаг «{step}» не может продлить срок: ни он, ни его процесс не говорят, на сколько (law.extend).",
    "step '{step}' cannot extend a term: neither it nor its process says in law.extend by how much",
)
_TOO_MUCH = Text(
    "Негізі ({clause}) бойынша мерзім барлығы {limit} ғана ұзартылады, оның {used} пайдаланылған.",
    "По этому основанию ({clause}) срок продлевается всего на {limit}, из них использовано: {used}.",
    "clause {clause} allows {limit} in all, {used} of them used",
)


def too_much(clause: str, rule: Rule, limit: int | float, used: int | float) -> Conflict:
    """More is asked than what the clause still leaves; details: {"left"}, in the unit of the rule."""
    words = {
        lang: _TOO_MUCH.get(lang).format(
            clause=clause, limit=amount_in_words(rule, limit, lang), used=amount_in_words(rule, used, lang)
        )
        for lang in LANGUAGES
    }
    return Conflict(words["en"], details={"left": limit - used}, words=words)
