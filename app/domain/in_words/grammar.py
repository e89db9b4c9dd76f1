"""Numbers in Kazakh, Russian and English sentences."""

from decimal import Decimal

from app.domain.terms.calendar import Text


def agreeing(forms: Text, amount: float, lang: str) -> str:
    """The form, of those parted by |, that agrees with the number.

    Kazakh and English have one for 1 and one for all else, Russian one for 1, 2 and 5; the last stands for what is not
    given. ValueError for a language other than kk, ru, en.
    """
    choices = forms.get(lang).split("|")
    index = _russian_form(amount) if lang == "ru" else int(amount != 1)
    return choices[min(index, len(choices) - 1)]


def _russian_form(amount: float) -> int:
    if amount != int(amount):
        return 1
    if amount % 10 == 1 and amount % 100 != 11:
        return 0
    return 1 if 2 <= amount % 10 <= 4 and not 12 <= amount % 100 <= 14 else 2


def written(amount: float, lang: str) -> str:
    """The number in digits, with a decimal comma in Kazakh and Russian and a point in English."""
    digits = f"{Decimal(f'{amount:.12g}'):f}"
    return digits if lang == "en" else digits.replace(".", ",")


def kazakh_dative(number: int) -> str:
    """The ending of the numeral 0 to 59 as it is spoken: бір-ге, үш-ке, алты-ға, қырық-қа."""
    if number % 10 == 0:
        return {0: "ге", 10: "ға", 20: "ға", 30: "ға", 40: "қа", 50: "ге"}[number]
    return {1: "ге", 2: "ге", 3: "ке", 4: "ке", 5: "ке", 6: "ға", 7: "ге", 8: "ге", 9: "ға"}[number % 10]
