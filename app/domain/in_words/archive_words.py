"""What the readable part of the archive of a case says beside the case itself."""

from app.domain.terms.calendar import Text

PAPER = {
    "title": Text("Іс № {number}", "Дело № {number}", "Case no. {number}"),
    "unnumbered": Text("Тіркелмеген іс", "Незарегистрированное дело", "Unregistered case"),
    "organisation": Text("Көрсетуші", "Услугодатель", "Provider"),
    "service": Text("Мемлекеттік қызмет", "Государственная услуга", "State service"),
    "act": Text("Құқықтық акт", "Правовой акт", "Legal act"),
    "act-named": Text(
        "№ {number}, {date}, {issuer}", "№ {number} от {date}, {issuer}", "no. {number} of {date}, {issuer}"
    ),
    "edition": Text("Актінің редакциясы", "Редакция акта", "Edition of the act"),
    "in-force": Text("{begin} – {end}", "{begin} – {end}", "{begin} – {end}"),
    "model": Text("Рәсімнің моделі", "Модель процедуры", "Model of the procedure"),
    "version": Text("{name}, {number}-нұсқа", "{name}, версия {number}", "{name}, version {number}"),
    "applicant": Text("Өтініш беруші", "Заявитель", "Applicant"),
    "started": Text("Басталды", "Начато", "Started"),
    "ended": Text("Аяқталды", "Окончено", "Ended"),
    "running": Text("орындалуда", "в работе", "in progress"),
    "terminated": Text("тоқтатылды", "прекращено", "terminated"),
    "result": Text("Нәтиже", "Результат", "Result"),
    "reason": Text("Тоқтату себебі", "Причина прекращения", "Why it was ended"),
    "whole": Text("Істің жалпы мерзімі", "Срок дела в целом", "The term of the whole case"),
    "moves": Text("Тоқтату мен ұзарту", "Приостановления и продления", "Pauses and extensions"),
    "paused": Text(
        "{start} – {end}: мерзім тоқтатылды ({clause}), {who}. {reason}",
        "{start} – {end}: срок приостановлен ({clause}), {who}. {reason}",
        "{start} – {end}: the clock stood still ({clause}), {who}. {reason}",
    ),
    "extended": Text(
        "{start}: мерзім ұзартылды, {amount} ({clause}), {who}. {reason}",
        "{start}: срок продлён, {amount} ({clause}), {who}. {reason}",
        "{start}: the term was extended by {amount} ({clause}), {who}. {reason}",
    ),
    "given": Text("Өтініштің деректері", "Данные заявления", "Data of the application"),
    "steps": Text("Қадамдар мен мерзімдер", "Шаги и сроки", "Steps and terms"),
    "step": Text("Қадам", "Шаг", "Step"),
    "who": Text("Кім", "Кто", "Who"),
    "due": Text("Мерзімі", "Срок", "Due"),
    "done": Text("Орындалды", "Выполнен", "Done"),
    "dropped": Text("алынып тасталды", "снят", "withdrawn"),
    "in-time": Text("мерзімінде", "в срок", "in time"),
    "late": Text("кешігіп", "с опозданием", "late"),
    "no-term": Text("мерзімсіз", "без срока", "no term"),
    "nobody": Text("ешкім", "никто", "nobody"),
    "instead": Text(" ({name} орнына)", " (за {name})", " (for {name})"),
    "documents": Text("Құжаттар", "Документы", "Documents"),
    "lost": Text("мазмұны сақталмаған", "содержимое не сохранилось", "its content is lost"),
    "people": Text("Қатысқан адамдар", "Участники", "People who took part"),
    "story": Text("Істің барысы", "Ход дела", "What was done"),
    "proof": Text("Тексеру", "Проверка", "How to check this"),
    "proof-1": Text(
        "Бұл құжат мұрағаттың бір бөлігі. Мұрағаттағы әр файлдың SHA-256 хэші manifest.json және SHA256SUMS файлдарында тұр; "
        "sha256sum -c SHA256SUMS бұйрығы оларды тексереді. Толығырақ README.txt файлында.",
        "Этот документ — часть архива. SHA-256 каждого файла архива стоит в manifest.json и SHA256SUMS; их проверяет команда "
        "sha256sum -c SHA256SUMS. Подробнее — в README.txt.",
        "This document is part of an archive. The SHA-256 of each of its files is in manifest.json and SHA256SUMS; the command "
        "sha256sum -c SHA256SUMS checks them. README.txt says more.",
    ),
    "proof-2": Text(
        "Журналдың {rows} жазбасы history.chain файлында тізбекке байланған. Соңғы жазбаның хэші:",
        "Записи журнала, числом {rows}, связаны в цепочку в файле history.chain. Хэш последней:",
        "The {rows} rows of the history are chained in history.chain. The hash of the last one:",
    ),
    "volume": Text("{number}-бөлім", "часть {number}", "part {number}"),
}
