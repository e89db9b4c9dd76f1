"""Starting a case, and the receipt."""

from app.domain.terms.calendar import Text

START = {
    "start": Text("Жаңа іс", "Новое дело", "New case"),
    "start-choose": Text("Қызметті таңдаңыз", "Выберите услугу", "Choose the service"),
    "start-search": Text("Қызметтің атауы", "Название услуги", "Name of the service"),
    "start-favourites": Text("Соңғы кезде жиі басталған", "Часто в последнее время", "Often of late"),
    "start-other": Text("Өзге рәсімдер", "Прочие процедуры", "Other procedures"),
    "start-act": Text("{date} № {number} акті", "Акт № {number} от {date}", "Act no. {number} of {date}"),
    "start-closed": Text(
        "Осы жерде басталмайтын қызметтер", "Услуги, дела по которым здесь не начинают", "Services not started here"
    ),
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
        "Толтырылған деректер осы браузерде сақталды",
        "Черновик сохранён в этом браузере",
        "Draft kept in this browser",
    ),
    "start-no-form": Text(
        "Бұл рәсімге өтініш нысаны қажет емес.",
        "Для этой процедуры форма заявления не нужна.",
        "This procedure asks for no application form.",
    ),
    "start-discard": Text("Толтырылған деректерді өшіру", "Удалить черновик", "Discard the draft"),
    "receipt": Text("Қолхат", "Расписка", "Receipt"),
    "receipt-title": Text(
        "Өтініштің қабылданғаны туралы қолхат", "Расписка о приёме заявления", "Receipt for an application"
    ),
    "receipt-number": Text("Өтініш нөмірі", "Номер заявления", "Application number"),
    "receipt-reference": Text("Тіркелгенге дейінгі нөмірі", "Временный номер", "Number until registration"),
    "receipt-date": Text("Қабылданған күні", "Дата приёма", "Received on"),
    "receipt-applicant": Text("Көрсетілетін қызметті алушы", "Услугополучатель", "Applicant"),
    "receipt-id-number": Text("ЖСН/БСН", "ИИН/БИН", "IIN/BIN"),
    "receipt-service": Text("Мемлекеттік көрсетілетін қызмет", "Государственная услуга", "State service"),
    "receipt-planned": Text("Нәтиже берілетін күн", "День выдачи результата", "Day of the result"),
    "receipt-go-on": Text("Жалғастыру: {step}", "Продолжить: {step}", "Go on: {step}"),
    "receipt-print-later": Text(
        "Нөмірі мен нәтиже күні бар қолхатты өтініш тіркелгеннен кейін басып шығарыңыз.",
        "Расписку с номером и днём результата распечатайте после регистрации заявления.",
        "Print the receipt with the number and the day of the result once the application is registered.",
    ),
    "receipt-registered": Text(
        "Өтініш тіркелді, нөмірі {number}. Қолхатты басып шығарып, өтініш берушіге беріңіз.",
        "Заявление зарегистрировано под номером {number}. Распечатайте расписку и отдайте её заявителю.",
        "The application is registered under number {number}. Print the receipt and hand it to the applicant.",
    ),
    "receipt-registered-own": Text(
        "Өтінішіңіз тіркелді, нөмірі {number}.",
        "Ваше заявление зарегистрировано под номером {number}.",
        "Your application is registered under number {number}.",
    ),
    "receipt-planned-later": Text(
        "өтініш тіркелгеннен кейін белгіленеді",
        "определяется после регистрации заявления",
        "set once the application is registered",
    ),
    "receipt-planned-none": Text(
        "акт жалпы мерзім белгілемеген", "акт не даёт общего срока", "the act gives no term for the whole"
    ),
    "receipt-documents": Text("Қабылданған құжаттар", "Принятые документы", "Documents received"),
    "receipt-documents-none": Text("құжат тапсырылмады", "документы не сдавались", "no documents were handed in"),
    "receipt-files": Text("Электрондық көшірмелер", "Электронные копии", "Electronic copies"),
    "receipt-documents-total": Text("Барлығы: {n}", "Всего: {n}", "Total: {n}"),
    "receipt-electronic": Text(
        "өтініш электрондық түрде келіп түсті",
        "заявление поступило в электронном виде",
        "the application came electronically",
    ),
    "receipt-received": Text("Қабылдаған", "Принял(а)", "Received by"),
    "receipt-signature": Text("қолы", "подпись", "signature"),
    "receipt-unnumbered": Text("тіркеу кезінде беріледі", "присваивается при регистрации", "given at registration"),
}
