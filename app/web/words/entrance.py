"""Signing in."""

from app.domain.terms.calendar import Text

ENTRANCE = {
    "sign-in": Text("Кіру", "Войти", "Sign in"),
    "sign-in-title": Text("Жүйеге кіру", "Вход в систему", "Sign in"),
    "sign-in-about": Text(
        "Мемлекеттік қызметтер регламент бойынша",
        "Государственные услуги по регламенту",
        "State services, as the law describes them",
    ),
    "user-name": Text("Пайдаланушы аты", "Имя пользователя", "User name"),
    "password": Text("Құпиясөз", "Пароль", "Password"),
    "sign-in-wrong": Text(
        "Пайдаланушы аты немесе құпиясөз дұрыс емес.",
        "Имя пользователя или пароль неверны.",
        "The user name or the password is wrong.",
    ),
    "sign-in-wait": Text(
        "Қате әрекет тым көп. {n} секундтан кейін қайталап көріңіз.",
        "Слишком много неудачных попыток. Повторите через {n} секунду.|"
        "Слишком много неудачных попыток. Повторите через {n} секунды.|"
        "Слишком много неудачных попыток. Повторите через {n} секунд.",
        "Too many failed attempts. Try again in {n} second.|Too many failed attempts. Try again in {n} seconds.",
    ),
    "sign-in-again": Text(
        "Сеанс аяқталды. Жалғастыру үшін қайта кіріңіз.",
        "Сеанс завершён. Войдите снова, чтобы продолжить.",
        "Your session has ended. Sign in again to go on.",
    ),
}
