"""Starting a case, and the receipt."""

from app.domain.calendar import Text

START = {
    "start": Text("Жаңа іс", "Новое дело", "New case"),
    "start-choose": Text("Қызметті таңдаңыз", "Выберите услугу", "Choose the service"),
    "start-search": Text("Қызметтің атауы", "Название услуги", "Name of the service"),
    "start-favourites": Text("Соңғы кезде жиі басталған", "Часто в последнее время", "Often of late"),
    "start-other": Text("Өзге рәсімдер", "Прочие процедуры", "Other procedures"),
    "start-none": Text("Мұндай қызмет табылмады", "Такой услуги нет", "No such service"),
    "start-none-do": Text(
        "Атаудың бір бөлігін қазақша, орысша немесе ағылшынша енгізіңіз. Ұйымыңыздың қызметтері ғана көрінеді.",
        "Введите часть названия на казахском, русском или английском. Видны только услуги вашей организации.",
        "Enter part of the name in Kazakh, Russian or English. Only the services of your organisation are shown.",
    ),
    "start-all": Text("Барлық қызметтер", "Все услуги", "All services"),
    "start-other-service": Text("Басқа қызметті таңдау", "Выбрать другую услугу", "Choose another service"),
    "start-send": Text("Істі бастау", "Начать дело", "Start the case"),
    "start-kept": Text(
        "Жоба осы браузерде сақталды", "Черновик сохранён в этом браузере", "Draft kept in this browser"
    ),
    "start-no-form": Text(
        "Бұл рәсімге өтініш нысаны қажет емес.",
        "Для этой процедуры форма заявления не нужна.",
        "This procedure asks for no application form.",
    ),
    "start-discard": Text("Жобаны өшіру", "Удалить черновик", "Discard the draft"),
    "receipt": Text("Қолхат", "Расписка", "Receipt"),
    "receipt-title": Text(
        "Өтініштің қабылданғаны туралы қолхат", "Расписка о приёме заявления", "Receipt for an application"
    ),
    "receipt-number": Text("Өтініш нөмірі", "Номер заявления", "Application number"),
    "receipt-reference": Text("Тіркелгенге дейінгі кілті", "Ключ до регистрации", "Key until registration"),
    "receipt-date": Text("Қабылданған күні", "Дата приёма", "Received on"),
    "receipt-applicant": Text("Көрсетілетін қызметті алушы", "Услугополучатель", "Applicant"),
    "receipt-id-number": Text("ЖСН/БСН", "ИИН/БИН", "IIN/BIN"),
    "receipt-service": Text("Мемлекеттік көрсетілетін қызмет", "Государственная услуга", "State service"),
    "receipt-planned": Text("Нәтиженің жоспарланған күні", "Планируемая дата результата", "Planned date of the result"),
    "receipt-planned-later": Text(
        "өтініш тіркелгеннен кейін белгіленеді",
        "определяется после регистрации заявления",
        "set once the application is registered",
    ),
    "receipt-planned-none": Text(
        "акт жалпы мерзім белгілемеген", "акт не даёт общего срока", "the act gives no term for the whole"
    ),
    "receipt-why": Text("Мерзім қалай есептелді", "Как посчитан срок", "How the term was counted"),
    "receipt-documents": Text("Қабылданған құжаттар", "Принятые документы", "Documents received"),
    "receipt-documents-none": Text("құжат тапсырылмады", "документы не сдавались", "no documents were handed in"),
    "receipt-received": Text("Қабылдаған", "Принял(а)", "Received by"),
    "receipt-signature": Text("қолы", "подпись", "signature"),
    "receipt-unnumbered": Text("тіркеу кезінде беріледі", "присваивается при регистрации", "given at registration"),
}
