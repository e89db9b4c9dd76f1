"""Limits, moments and branches in words."""

from decimal import Decimal

from app.conformity.values import START, Given, Instant, Term
from app.domain.acts.regulation import Limit
from app.domain.terms.calendar import Text
from app.domain.terms.explanation import Rule

_UNITS = {
    Rule.MINUTES: Text("{n} мин", "{n} мин", "{n} min"),
    Rule.ELAPSED_MINUTES: Text("{n} мин тәулік бойы", "{n} мин днём и ночью", "{n} min day and night"),
    Rule.HOURS: Text("{n} сағ", "{n} ч", "{n} h"),
    Rule.WORKING_DAYS: Text("{n} жұмыс күні", "{n} раб. дн.", "{n} working day(s)"),
    Rule.CALENDAR_DAYS: Text("{n} күнтізбелік күн", "{n} календ. дн.", "{n} calendar day(s)"),
    Rule.END_OF_DAY: Text("сол күні {n} дейін", "в тот же день до {n}", "the same day by {n}"),
}
_BEFORE = Text("{limit}, оқиғаға дейін", "{limit} до события", "{limit} before the event")
_NOTHING = Text("белгісіз", "неизвестно", "not known")
_SUBMITTED = Text("өтініш берілген сәт", "подача заявления", "the application")
_AFTER = Text("{step} аяқталған сәт", "окончание {step}", "the end of {step}")
_READY = Text("қадамның басталуы", "начало самого шага", "the beginning of the step itself")


def limit(one: Limit) -> Text:
    words = _filled(_UNITS[one.rule], n=plain(one.amount))
    return _each(_BEFORE, words) if one.before_event else words


def term(value: object) -> Text:
    """What a due date says, without its beginning."""
    if isinstance(value, Term) and value.rule in _UNITS:
        return _filled(_UNITS[Rule(value.rule)], n=plain(value.amount))
    if isinstance(value, Term):
        return same(f"{value.rule}({plain(value.amount)})")
    if isinstance(value, Given):
        return same(value.name)
    return _NOTHING


def chain(value: object) -> Text:
    """What a date function says, with the terms from whose end it runs."""
    words = term(value)
    return _joined(words, chain(value.base)) if isinstance(value, Term) and isinstance(value.base, Term) else words


def beginning(value: object) -> Text:
    """The moment from which a term of the model runs."""
    if isinstance(value, Instant):
        return _SUBMITTED if value.after == START else _filled(_AFTER, step=value.after)
    return term(value)


def begins(words: str | None) -> Text:
    """The moment from which a limit of the act runs."""
    return _READY if words is None else same(words)


def plain(amount: object) -> str:
    """A number as people write it."""
    if isinstance(amount, float) and amount.is_integer():
        return str(int(amount))
    return format(amount.normalize(), "f") if isinstance(amount, Decimal) else str(amount)


def same(words: str) -> Text:
    return Text(words, words, words)


def _filled(text: Text, **words: str) -> Text:
    return Text(text.kk.format(**words), text.ru.format(**words), text.en.format(**words))


def _joined(last: Text, before: Text) -> Text:
    return Text(f"{before.kk} + {last.kk}", f"{before.ru} + {last.ru}", f"{before.en} + {last.en}")


def _each(text: Text, inner: Text) -> Text:
    return Text(text.kk.format(limit=inner.kk), text.ru.format(limit=inner.ru), text.en.format(limit=inner.en))
