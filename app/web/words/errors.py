"""What went wrong, and what to do."""

from app.domain.terms.calendar import Text

ERRORS = {
    "error-not-found": Text("Мұндай бет жоқ", "Такой страницы нет", "There is no such page"),
    "error-not-found-do": Text(
        "Тапсырма аяқталған, басқаға берілген немесе сілтеме қате болуы мүмкін.",
        "Возможно, задача уже завершена, передана другому, или ссылка неверна.",
        "The task may have been completed or handed on, or the link is wrong.",
    ),
    "error-conflict": Text("Басқа біреу бұрын үлгерді", "Кто-то успел раньше", "Somebody else was faster"),
    "error-conflict-do": Text(
        "Бетті жаңартып, тапсырманың қазіргі күйін қараңыз.",
        "Обновите страницу и посмотрите, что с задачей сейчас.",
        "Reload the page to see how the task stands now.",
    ),
    "error-forbidden": Text("Бұған құқығыңыз жоқ", "У вас нет на это права", "You may not do this"),
    "error-forbidden-do": Text(
        "Құқық қажет болса, ұйымның әкімшісіне жүгініңіз.",
        "Если право нужно, обратитесь к администратору организации.",
        "If you need the right, ask the administrator of your organisation.",
    ),
    "error-invalid": Text("Сұраныс дұрыс емес", "Запрос неверен", "The request is not right"),
    "error-invalid-do": Text(
        "Артқа қайтып, енгізілгенді тексеріңіз.",
        "Вернитесь и проверьте введённое.",
        "Go back and check what was entered.",
    ),
    "error-too-large": Text("Жіберілгені тым көп", "Отправлено слишком много", "Too much was sent"),
    "error-too-large-do": Text(
        "Артқа қайтып, кішірек файл не қысқарақ мәтін жіберіңіз.",
        "Вернитесь и отправьте файл меньшего размера или более короткий текст.",
        "Go back and send a smaller file or a shorter text.",
    ),
    "error-internal": Text("Қате кетті", "Произошла ошибка", "Something went wrong"),
    "error-internal-do": Text(
        "Ол журналға жазылды. Біраздан кейін қайталап көріңіз.",
        "Она записана в журнал. Повторите немного позже.",
        "It has been logged. Try again a little later.",
    ),
    "error-session": Text("Сеанс аяқталды", "Сеанс закончился", "Your session has ended"),
    "error-session-do": Text(
        "Жаңа бетте қайта кіріп, осында оралыңыз: енгізілгені жоғалмайды.",
        "Войдите снова в новой вкладке и вернитесь сюда: введённое не пропадёт.",
        "Sign in again in a new tab and come back here: nothing you have entered is lost.",
    ),
    "error-back": Text("Тапсырмаларға оралу", "Вернуться к задачам", "Back to the tasks"),
}
