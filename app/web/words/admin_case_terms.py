"""The terms of a case, as administrators see and mend them."""

from app.domain.terms.calendar import Text

ADMIN_CASE_TERMS = {
    "case-terms": Text("Істің мерзімдері", "Сроки дела", "Terms of the case"),
    "case-terms-all": Text(
        "Жалпы мерзім мен қадамдардың мерзімдері", "Общий срок и сроки шагов", "The whole and its steps"
    ),
    "case-terms-scale": Text("Бір шкалада", "На одной шкале", "On one scale"),
    "case-terms-began": Text("Басталды", "Начало", "Began"),
    "case-terms-term": Text("мерзім", "срок", "term"),
    "case-terms-over": Text("мерзімнен тыс", "сверх срока", "past the term"),
    "case-terms-pause": Text("мерзім тоқтап тұрды", "срок стоял", "the clock stood still"),
    "case-terms-ended": Text("аяқталды", "завершено", "ended"),
    "case-clock": Text("Мерзімді өзгерту", "Изменить срок", "Change the clock"),
    "case-clock-ended": Text(
        "Іс аяқталған: оның мерзімі өзгермейді.",
        "Дело завершено: его срок больше не меняется.",
        "The case has ended: its terms stay as they are.",
    ),
    "case-clock-suspended": Text(
        "Іс тоқтатып қойылған: алдымен оны жалғастырыңыз.",
        "Дело остановлено: сначала продолжите его.",
        "The case is suspended: let it go on first.",
    ),
    "case-no-pause": Text(
        "Қазіргі қадамда акт мерзімді тоқтата тұруға жол бермейді.",
        "На нынешнем шаге акт не позволяет приостановить срок.",
        "At the present step the act does not let the clock stand still.",
    ),
    "case-no-extension": Text(
        "Қазіргі қадамда акт мерзімді ұзартуға жол бермейді.",
        "На нынешнем шаге акт не позволяет продлить срок.",
        "At the present step the act does not let the term be extended.",
    ),
    "case-extended-all": Text(
        "Акт рұқсат еткен ұзарту толық пайдаланылды:",
        "Всё продление, которое позволяет акт, использовано:",
        "All that the act lets be added has been added:",
    ),
    "case-extend-left": Text(
        "барлығы {limit}, қалғаны {left}", "всего {limit}, осталось {left}", "{limit} in all, {left} left"
    ),
    "case-clock-elsewhere": Text(
        "Акт бұған мына қадамдарда жол береді:", "Акт позволяет это на шагах:", "The act allows it at these steps:"
    ),
    "case-clock-nowhere": Text(
        "Бұл процестің бірде-бір қадамында оған жол берілмейді.",
        "Ни на одном шаге этого процесса это не предусмотрено.",
        "No step of this process allows it.",
    ),
}
