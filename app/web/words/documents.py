"""Documents of a case, and what is said while a file is on its way."""

from app.domain.terms.calendar import Text

DOCUMENTS = {
    "documents": Text("Құжаттар", "Документы", "Documents"),
    "documents-none": Text("Құжат әлі жоқ.", "Документов пока нет.", "There are no documents yet."),
    "documents-more": Text("Тағы {n} құжат", "Ещё {n} документ|Ещё {n} документа|Ещё {n} документов", "{n} more"),
    "document-add": Text("Құжат қосу", "Приложить документ", "Add a document"),
    "document-upload": Text("Жүктеу", "Загрузить", "Upload"),
    "documents-allowed": Text(
        "{types}; әрқайсысы {limit}-қа дейін.",
        "{types}; каждый до {limit}.",
        "{types}; up to {limit} each.",
    ),
    "documents-drop": Text(
        "Файлдарды осы жерге сүйреп әкелуге де болады.",
        "Файлы можно перетащить сюда мышью.",
        "You can also drop files here.",
    ),
    "document-download": Text("Жүктеп алу", "Скачать", "Download"),
    "document-download-name": Text("«{name}» жүктеп алу", "Скачать «{name}»", "Download “{name}”"),
    "document-delete": Text("Жою", "Удалить", "Delete"),
    "document-delete-name": Text("«{name}» жою", "Удалить «{name}»", "Delete “{name}”"),
    "document-application": Text("өтінішпен бірге", "с заявлением", "with the application"),
    "document-before": Text("әлі жіберілмеген", "ещё не отправлен", "not sent yet"),
    "document-back": Text("Тапсырмаға оралу", "Вернуться к задаче", "Back to the task"),
    "document-open": Text("Бөлек терезеде ашу", "Открыть в отдельном окне", "Open in a window of its own"),
    "document-preview": Text("«{name}» құжатын қарау", "Просмотр документа «{name}»", "Preview of “{name}”"),
    "document-not-shown": Text(
        "Мұндай файл шолғышта көрсетілмейді. Оны жүктеп алып, өз бағдарламасында ашыңыз.",
        "Такие файлы браузер не показывает. Скачайте файл и откройте его в своей программе.",
        "A browser does not show files of this kind. Download it and open it in its own program.",
    ),
    "document-refused": Text("Файл қабылданбады", "Файл не принят", "The file was not accepted"),
}

UPLOAD = {
    "Choose files": Text("Файлдарды таңдау", "Выбрать файлы", "Choose files"),
    "Choose a file": Text("Файлды таңдау", "Выбрать файл", "Choose a file"),
    "Uploading {name}": Text("«{name}» жүктелуде", "Загружается «{name}»", "Uploading {name}"),
    "{percent} %": Text("{percent} %", "{percent} %", "{percent} %"),
    "Being checked": Text("Тексерілуде", "Проверяется", "Being checked"),
    "{name} has been added": Text("«{name}» қосылды", "«{name}» добавлен", "{name} has been added"),
    "{name} is there already, it has not been added again": Text(
        "Бұл файл бұрыннан бар: «{name}». Екінші рет қосылмады",
        "Этот файл уже есть: «{name}». Второй раз он не добавлен",
        "{name} is there already, it has not been added again",
    ),
    "The connection was lost. The upload goes on where it stopped as soon as it is back.": Text(
        "Байланыс үзілді. Ол қалпына келгенде жүктеу тоқтаған жерінен жалғасады.",
        "Связь прервалась. Когда она вернётся, загрузка продолжится с того же места.",
        "The connection was lost. The upload goes on where it stopped as soon as it is back.",
    ),
    "The upload has stopped: there is no connection. What has arrived is kept; try again.": Text(
        "Жүктеу тоқтады: байланыс жоқ. Жеткен бөлігі сақталды, қайталап көріңіз.",
        "Загрузка остановилась: нет связи. Дошедшая часть сохранена, попробуйте ещё раз.",
        "The upload has stopped: there is no connection. What has arrived is kept; try again.",
    ),
    "The file cannot be read any more: it was moved or changed. Choose it again.": Text(
        "Файл енді оқылмайды: ол жылжытылған немесе өзгертілген. Оны қайта таңдаңыз.",
        "Файл больше не читается: его переместили или изменили. Выберите его снова.",
        "The file cannot be read any more: it was moved or changed. Choose it again.",
    ),
    "Wait until all files have arrived.": Text(
        "Барлық файл жүктелгенше күтіңіз.",
        "Подождите, пока все файлы загрузятся.",
        "Wait until all files have arrived.",
    ),
    "Try again": Text("Қайталау", "Повторить", "Try again"),
    "Cancel": Text("Бас тарту", "Отменить", "Cancel"),
    "Close": Text("Жабу", "Закрыть", "Close"),
    "Remove {name}": Text("«{name}» алып тастау", "Убрать «{name}»", "Remove {name}"),
    "Remove": Text("Алып тастау", "Убрать", "Remove"),
    "Delete {name}?": Text("«{name}» жойылсын ба?", "Удалить «{name}»?", "Delete {name}?"),
    "KB": Text("КБ", "КБ", "KB"),
    "MB": Text("МБ", "МБ", "MB"),
}
"""What the scripts of the pages say, by its English words."""
