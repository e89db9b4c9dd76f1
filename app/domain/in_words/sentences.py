"""What is done to a case, as the second half of a sentence that begins with who did it: by the operation's name.

{step}: the step in question; {other}: the person it is about; {clause}: the clause of the act it is done by, as it is cited;
{document}: the name of a file; {decision}: what was chosen, in the words of the form; {day}: a day, as it is written;
{versions}: of the process, the old one and the new one.
"""

from collections import defaultdict

from app.domain.terms.calendar import Text

SENTENCES = {
    "Create": Text("істі бастады", "начал(а) дело", "started the case"),
    "Claim": Text("«{step}» қадамын өзіне алды", "взял(а) шаг «{step}»", "claimed “{step}”"),
    "Release": Text(
        "«{step}» қадамын топқа қайтарды", "вернул(а) шаг «{step}» группе", "gave “{step}” back to its group"
    ),
    "Assign": Text(
        "«{step}» қадамын {other} деген қызметкерге тапсырды",
        "поручил(а) шаг «{step}»: {other}",
        "assigned “{step}” to {other}",
    ),
    "Reassign": Text(
        "«{step}» қадамын {other} деген қызметкерге тапсырды, уақытша берілуі тоқтатылды",
        "поручил(а) шаг «{step}»: {other}, передача с возвратом прекращена",
        "assigned “{step}” to {other}, who does not give it back",
    ),
    "EndDelegation": Text(
        "«{step}» қадамының уақытша берілуін тоқтатты: оны қазіргі орындаушысы аяқтайды",
        "прекратил(а) передачу с возвратом шага «{step}»: завершит тот, у кого он сейчас",
        "ended the delegation of “{step}”: who has it completes it",
    ),
    "Delegate": Text(
        "«{step}» қадамын {other} деген қызметкерге уақытша берді",
        "передал(а) шаг «{step}» с возвратом: {other}",
        "delegated “{step}” to {other}",
    ),
    "Resolve": Text(
        "«{step}» қадамын иесіне қайтарды", "вернул(а) шаг «{step}» владельцу", "gave “{step}” back to its owner"
    ),
    "Complete": Text("«{step}» қадамын аяқтады", "завершил(а) шаг «{step}»", "completed “{step}”"),
    "Decide": Text(
        "«{step}» қадамын аяқтады: {decision}",
        "завершил(а) шаг «{step}»: {decision}",
        "completed “{step}”: {decision}",
    ),
    "Sign": Text("«{step}» қадамында қол қойды", "подписал(а) на шаге «{step}»", "signed at “{step}”"),
    "TakeBack": Text(
        "«{step}» қадамын {other} деген қызметкерге қайтарып алды",
        "забрал(а) обратно шаг «{step}»: {other}",
        "took “{step}” back: {other}",
    ),
    "Hold": Text(
        "«{step}» қадамын {day} дейін кейінге қалдырды",
        "отложил(а) шаг «{step}» до {day}",
        "put “{step}” on hold until {day}",
    ),
    "Unhold": Text(
        "кейінге қалдырылған «{step}» қадамын жұмысқа қайтарды",
        "вернул(а) в работу шаг «{step}»",
        "returned “{step}” to work",
    ),
    "AddDocument": Text(
        "«{document}» құжатын қосты", "приложил(а) документ «{document}»", "added the document “{document}”"
    ),
    "HandIn": Text(
        "өтінішпен бірге құжаттарды тапсырды: {document}",
        "приложил(а) к заявлению документы: {document}",
        "handed in documents with the application: {document}",
    ),
    "DeleteDocument": Text(
        "«{document}» құжатын жойды", "удалил(а) документ «{document}»", "deleted the document “{document}”"
    ),
    "Comment": Text("түсініктеме жазды", "оставил(а) комментарий", "commented"),
    "Pause": Text(
        "істің мерзімін тоқтатты ({clause})",
        "приостановил(а) срок дела ({clause})",
        "let the clock of the case stand still ({clause})",
    ),
    "Resume": Text("істің мерзімін жалғастырды", "возобновил(а) срок дела", "let the clock of the case go on"),
    "Extend": Text(
        "істің мерзімін ұзартты ({clause})",
        "продлил(а) срок дела ({clause})",
        "extended the term of the case ({clause})",
    ),
    "UpdateDueDate": Text(
        "күнтізбенің өзгеруіне байланысты мерзімді қайта есептеді",
        "пересчитал(а) срок из-за изменения календаря",
        "counted the term anew, because the calendar has changed",
    ),
    "Overdue": Text(
        "«{step}» қадамының мерзімі өткенін белгіледі",
        "отметила: срок шага «{step}» истёк",
        "noted that the term of “{step}” is over",
    ),
    "ModifyVariable": Text("істің деректерін өзгертті", "изменил(а) данные дела", "changed data of the case"),
    "Update": Text("«{step}» қадамының деректерін өзгертті", "изменил(а) шаг «{step}»", "changed “{step}”"),
    "Suspend": Text("істі тоқтата тұрды", "приостановил(а) дело", "suspended the case"),
    "Activate": Text("істі жалғастырды", "возобновил(а) дело", "took the case up again"),
    "ModifyProcessInstance": Text(
        "істі басқа қадамдарға ауыстырды", "перевёл(а) дело на другие шаги", "moved the case to other steps"
    ),
    "Migrate": Text(
        "істі процестің басқа нұсқасына ауыстырды ({versions})",
        "перевёл(а) дело на другую версию процесса ({versions})",
        "took the case to another version of the process ({versions})",
    ),
    "RestartProcessInstance": Text("істі қайта бастады", "начал(а) дело заново", "began the case anew"),
    "Delete": Text("істі тоқтатты", "прекратил(а) дело", "ended the case"),
    "ExecuteJob": Text(
        "«{step}» қадамын бірден орындауға жіберді",
        "запустил(а) шаг «{step}», не дожидаясь срока",
        "had “{step}” done at once",
    ),
    "SetJobRetries": Text(
        "«{step}» қадамын қайта орындауға жіберді",
        "назначил(а) новые попытки шагу «{step}»",
        "let “{step}” be tried again",
    ),
    "SetJobDueDate": Text(
        "«{step}» қадамының орындалу уақытын өзгертті",
        "перенёс(ла) время выполнения шага «{step}»",
        "moved the time at which “{step}” is done",
    ),
    "ResolveIncident": Text(
        "ақаудың жойылғанын белгіледі", "отметил(а), что сбой устранён", "noted that a failure is mended"
    ),
    "SetExternalTaskRetries": Text(
        "сыртқы жүйенің тапсырмасын қайта орындауға жіберді",
        "назначил(а) новые попытки внешней системе",
        "let an external system try again",
    ),
    "Export": Text("істі мұрағат ретінде шығарды", "выгрузил(а) дело архивом", "took the case out as an archive"),
    "Correlate": Text(
        "іс бойынша оқиғаны тіркеді", "зарегистрировал(а) событие по делу", "recorded an event of the case"
    ),
}

SENTENCES_OF_ALL = SENTENCES | {
    "TimerFired": Text(
        "«{step}» уақыты келгенін белгіледі",
        "отметил(а), что наступил срок «{step}»",
        "noted that the time of “{step}” has come",
    ),
    "JobRun": Text("«{step}» қадамын орындады", "выполнил(а) шаг «{step}»", "carried out “{step}”"),
    "Receive": Text(
        "«{step}» күткен хабарды жеткізді",
        "передал(а) то, чего ждал шаг «{step}»",
        "delivered what “{step}” waited for",
    ),
    "Signal": Text("«{step}» қадамына белгі берді", "подал(а) сигнал шагу «{step}»", "signalled “{step}”"),
    "Return": Text(
        "шақырылған процестің нәтижесін қабылдады",
        "принял(а) результат вызванного процесса",
        "took over the result of a called process",
    ),
    "Escalate": Text(
        "шақырылған процестің хабарын қабылдады",
        "принял(а) сообщение вызванного процесса",
        "took over what a called process escalated",
    ),
    "CreateCalled": Text("шақырылған процесті бастады", "начал(а) вызванный процесс", "began a called process"),
    "DeleteCalled": Text("шақырылған процесті тоқтатты", "прекратил(а) вызванный процесс", "ended a called process"),
    "CompleteExternalTask": Text(
        "«{step}» қадамын сыртқы жүйеде орындады",
        "выполнил(а) шаг «{step}» во внешней системе",
        "completed “{step}” in an external system",
    ),
    "FailExternalTask": Text(
        "«{step}» қадамының ақауын хабарлады", "сообщил(а) о сбое шага «{step}»", "reported that “{step}” has failed"
    ),
    "BpmnError": Text(
        "«{step}» қадамының қатесін хабарлады", "сообщил(а) об ошибке шага «{step}»", "reported an error of “{step}”"
    ),
    "SuspendJob": Text("«{step}» жұмысын тоқтата тұрды", "приостановил(а) «{step}»", "suspended the work of “{step}”"),
    "ActivateJob": Text("«{step}» жұмысын жалғастырды", "возобновил(а) «{step}»", "took the work of “{step}” up again"),
}
"""With what the service itself and programs outside do, for those who are told everything."""

_INNER = {"kk": str.maketrans("«»", "„“"), "ru": str.maketrans("«»", "„“"), "en": str.maketrans("“”", "‘’")}


def quoted(name: str, lang: str) -> str:
    """A name as it stands within the quotation marks of a sentence: its own are the inner ones of the language."""
    return name.translate(_INNER[lang])


def operation_named(operation: str, lang: str) -> str:
    """What an operation is, of no step in particular; one that has no sentence is called as the dialect calls it."""
    sentence = SENTENCES_OF_ALL.get(operation)
    return operation if sentence is None else sentence.get(lang).format_map(defaultdict(lambda: "…"))
