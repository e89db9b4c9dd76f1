"""The element templates of Camunda Modeler."""

from app.domain.terms.calendar import Text

ELEMENT_TEMPLATES = {
    "templates": Text("Modeler үлгілері", "Шаблоны для Modeler", "Templates for the Modeler"),
    "templates-about": Text(
        "Осы үлгілермен Camunda Modeler қадамның рөлін, мерзімін, тармағын және нысанын тізімнен таңдатады.",
        "С этими шаблонами Camunda Modeler предлагает роль, срок, пункт и форму шага на выбор.",
        "With these templates Camunda Modeler lets you choose the role, the limit, the clause and the form of a step.",
    ),
    "templates-files": Text("1. Файлдарды жүктеп алыңыз", "1. Скачайте файлы", "1. Download the files"),
    "templates-put": Text("2. Мына қалтаға салыңыз", "2. Положите их в папку", "2. Put them into this folder"),
    "templates-system": Text("Операциялық жүйе", "Операционная система", "Operating system"),
    "templates-folder": Text(
        "Қалта (болмаса, ашыңыз)", "Папка (создайте, если её нет)", "Folder (make it if it is not there)"
    ),
    "templates-beside": Text(
        "Бір жобаға ғана керек болса: схема жатқан қалтадағы {folder}",
        "Только для одного проекта: {folder} в папке со схемой",
        "For one project alone: {folder} in the folder of the diagram",
    ),
    "templates-use": Text("3. Қолданыңыз", "3. Применяйте", "3. Use them"),
    "templates-use-how": Text(
        "Camunda Modeler-ді қайта ашыңыз. Тапсырманы таңдап, қасиеттер панелінің «Template» бөлігінде «Select» басыңыз.",
        "Перезапустите Camunda Modeler. Выделите задачу, в панели свойств в разделе «Template» нажмите «Select».",
        "Restart Camunda Modeler. Select a task and press “Select” under “Template” in the properties panel.",
    ),
    "template-regulation-procedure.json": Text(
        "Регламент рәсімі: рөл, мерзім, тармақ, нысан",
        "Процедура регламента: роль, срок, пункт, форма",
        "Regulation procedure: role, limit, clause, form",
    ),
    "template-register-application.json": Text(
        "Өтінішті тіркеу: нөмір және қабылдау сәті",
        "Регистрация заявления: номер и момент приёма",
        "Register application: its number and the moment of receipt",
    ),
    "template-issue-document.json": Text(
        "Құжат беру: нөмірі және мерзімі",
        "Выдача документа: номер и срок действия",
        "Issue document: its number and validity",
    ),
    "template-notify.json": Text(
        "Хабарлау: хабарламаны басқа жүйе жібереді",
        "Уведомление: его отправляет другая система",
        "Notify: another system sends the notice",
    ),
}
