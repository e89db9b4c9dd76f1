"""What is wrong with a file and how to mend it, as sentences."""


def problem_in_words(message: str, hint: str) -> str:
    """hint: how to mend it, empty where nobody can say."""
    if not hint:
        return message
    return f"{message} {hint}" if message.endswith((".", "!", "?")) else f"{message}. {hint}"
