"""The task list."""

from app.domain.terms.calendar import Text

TASKS = {
    "tasks": Text("Тапсырмалар", "Задачи", "Tasks"),
    "tasks-mine": Text("Менікі", "Мои", "Mine"),
    "tasks-groups": Text("Топтарымдағы", "Моих групп", "My groups"),
    "tasks-all": Text("Барлығы", "Все", "All"),
    "tasks-views": Text("Тізімдер", "Списки", "Lists"),
    "tasks-search": Text(
        "Өтініш беруші, нөмір, қадам немесе қызмет",
        "Заявитель, номер, шаг или услуга",
        "Applicant, number, step or service",
    ),
    "find": Text("Іздеу", "Найти", "Find"),
    "tasks-count": Text("{n} тапсырма", "{n} задача|{n} задачи|{n} задач", "{n} task|{n} tasks"),
    "column-applicant": Text("Өтініш беруші", "Заявитель", "Applicant"),
    "column-step": Text("Қадам және қызмет", "Шаг и услуга", "Step and service"),
    "column-deadline": Text("Мерзім", "Срок", "Deadline"),
    "column-waiting": Text("Күтуде", "Ожидает", "Waiting"),
    "column-papers": Text("Материалдар", "Материалы", "Papers"),
    "column-assignee": Text("Орындаушы", "Исполнитель", "Assignee"),
    "waiting": Text(
        "{n} жұмыс күні", "{n} рабочий день|{n} рабочих дня|{n} рабочих дней", "{n} working day|{n} working days"
    ),
    "waiting-today": Text("бүгін", "сегодня", "today"),
    "no-deadline": Text("мерзімі жоқ", "без срока", "no deadline"),
    "paused": Text("мерзім тоқтатылған", "срок приостановлен", "clock stands still"),
    "unassigned": Text("ешкімде", "не взята", "nobody"),
    "comments": Text("{n} түсініктеме", "{n} комментарий|{n} комментария|{n} комментариев", "{n} comment|{n} comments"),
    "documents-number": Text("{n} құжат", "{n} документ|{n} документа|{n} документов", "{n} document|{n} documents"),
    "tasks-none": Text("Мұнда тапсырма жоқ", "Здесь задач нет", "No tasks here"),
    "tasks-none-mine": Text(
        "Сізге тағайындалған тапсырма жоқ. Топтарыңыздың тапсырмаларынан алыңыз.",
        "Вам ничего не назначено. Возьмите задачу из списка ваших групп.",
        "Nothing is assigned to you. Claim a task from the list of your groups.",
    ),
    "tasks-none-found": Text(
        "Сүзгіге сай тапсырма табылмады. Сөздерді қысқартып немесе сүзгіні алып тастап көріңіз.",
        "Таких задач не нашлось. Сократите слова или сбросьте фильтр.",
        "No task matches. Try fewer words, or clear the filter.",
    ),
    "tasks-none-cases": Text(
        "Істер арасынан іздеу: «{words}»", "Искать среди дел: «{words}»", "Search the cases for “{words}”"
    ),
    "tasks-none-left": Text(
        "Бәрі орындалды. Жаңа тапсырма келгенде ол осында өзі пайда болады.",
        "Всё сделано. Новая задача появится здесь сама.",
        "Everything is done. A new task will appear here by itself.",
    ),
    "page-next": Text("Келесі", "Дальше", "Next"),
    "page-previous": Text("Алдыңғы", "Назад", "Previous"),
    "pages": Text("Беттер", "Страницы", "Pages"),
    "claim": Text("Алу", "Взять", "Claim"),
    "claim-next": Text("Келесісін алу", "Взять следующую", "Claim the next"),
    "next-none": Text(
        "Бұл тізімде бос тапсырма қалмады.",
        "Свободных задач в этом списке не осталось.",
        "No task of this list is free any more.",
    ),
    "cancel": Text("Болдырмау", "Отмена", "Cancel"),
    "close": Text("Жабу", "Закрыть", "Close"),
    "delete": Text("Жою", "Удалить", "Delete"),
    "rename": Text("Атын өзгерту", "Переименовать", "Rename"),
}
