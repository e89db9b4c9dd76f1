"""What stands around the admin's pages."""

from app.domain.terms.calendar import Text

ADMIN = {
    "admin": Text("Басқару", "Управление", "Administration"),
    "admin-reason": Text("Себебі", "Причина", "Reason"),
    "admin-reason-hint": Text(
        "Істің журналында сіздің атыңызбен сақталады.",
        "Останется в журнале дела под вашим именем.",
        "Stays in the log of the case under your name.",
    ),
    "admin-before": Text("Бұрын", "Было", "Before"),
    "admin-after": Text("Кейін", "Стало", "After"),
}
