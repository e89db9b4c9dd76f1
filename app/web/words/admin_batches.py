"""What was asked of many at once, and what became of each."""

from app.domain.terms.calendar import Text

ADMIN_BATCHES = {
    "batches": Text("Топтық әрекеттер", "Массовые действия", "Batches"),
    "batches-none": Text(
        "Топтық әрекет әлі болған жоқ.", "Массовых действий ещё не было.", "Nothing was asked of many yet."
    ),
    "batches-none-do": Text(
        "Істер тізімінде бірнешеуін таңдап, оларға не істеу керегін көрсетіңіз.",
        "Выберите несколько дел в списке и укажите, что с ними сделать.",
        "Choose several in the list of instances, and say what to do with them.",
    ),
    "batch-message": Text("Хабарлама беру", "Передать сообщение", "Hand over a message"),
    "batch-job-retries": Text("Жұмыстарды қайталау", "Повторить задания", "Set retries of jobs"),
    "batch-task-retries": Text(
        "Сыртқы тапсырмаларды қайталау", "Повторить внешние задачи", "Set retries of external tasks"
    ),
    "batch-what": Text("Не істеу керек", "Что сделать", "What"),
    "batch-who": Text("Кім", "Кто", "Who"),
    "batch-progress": Text("Орындалуы", "Выполнение", "Progress"),
    "batch-of": Text("{done} / {total}", "{done} из {total}", "{done} of {total}"),
    "batch-refused": Text("{n} бас тарту", "{n} отказ|{n} отказа|{n} отказов", "{n} refused|{n} refused"),
    "batch-state-waiting": Text("Кезекте", "В очереди", "Queued"),
    "batch-state-running": Text("Орындалуда", "Выполняется", "Running"),
    "batch-state-suspended": Text("Тоқтап тұр", "Приостановлено", "Suspended"),
    "batch-state-troubled": Text("Бас тартулар бар", "Есть отказы", "Some were refused"),
    "batch-state-stopped": Text("Тоқтатылды", "Остановлено", "Stopped"),
    "batch-state-done": Text("Орындалды", "Выполнено", "Done"),
    "batch-suspend": Text("Тоқтата тұру", "Приостановить", "Suspend"),
    "batch-resume": Text("Жалғастыру", "Продолжить", "Go on"),
    "batch-stop": Text("Тоқтату", "Остановить", "Stop"),
    "batch-leave": Text("Осылай қалдыру", "Оставить так", "Leave it so"),
    "batch-retry": Text("Бас тартылғандарды қайталау", "Повторить отказы", "Try the refused again"),
    "batch-act-suspended": Text("тоқтата тұрды", "приостановлено", "suspended"),
    "batch-act-resumed": Text("жалғастырды", "продолжено", "went on"),
    "batch-act-stopped": Text("тоқтатты", "остановлено", "stopped"),
    "batch-act-retried": Text("бас тартылғандарды қайталады", "отказы повторены", "the refused tried again"),
    "batch-items": Text("Әр іс бойынша", "По каждому делу", "Each of them"),
    "batch-all": Text("Барлығы", "Все", "All"),
    "batch-case": Text("Іс", "Дело", "Case"),
    "batch-result": Text("Нәтиже", "Результат", "Result"),
    "batch-items-none": Text("Мұнда ештеңе жоқ.", "Здесь ничего нет.", "There is nothing here."),
    "item-waiting": Text("кезекте", "в очереди", "waiting"),
    "item-done": Text("орындалды", "сделано", "done"),
    "item-refused": Text("бас тартылды", "отказано", "refused"),
    "item-changed": Text("осы арада өзгерген", "изменилось тем временем", "changed meanwhile"),
    "item-stopped": Text("басталмады", "не начато", "not begun"),
    "fact-suspended": Text("тоқтап тұр", "приостановлено", "suspended"),
    "fact-active": Text("жүріп жатыр", "идёт", "active"),
    "fact-ended": Text("аяқталды", "завершено", "ended"),
}
