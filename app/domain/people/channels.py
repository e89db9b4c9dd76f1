"""The channels by which an application comes in, and who takes it in there."""

from collections.abc import Collection, Sequence

from app.domain.people.case_access import NOT_STAFF, OWN_CASES_ONLY
from app.domain.terms.calendar import LANGUAGES, Text

CHANNEL = "channel"
"""The variable, and the field of application forms, that says by which channel an application came."""
PORTAL, CORPORATION = "portal", "state_corporation"
_OPERATORS = frozenset({"corporation_operator"})
NAMES = {
    "office": Text("көрсетілетін қызметті берушінің кеңсесі", "канцелярия услугодателя", "the provider's office"),
    "paper": Text("қағаз түрінде", "на бумаге", "on paper"),
    CORPORATION: Text("Мемлекеттік корпорация", "Государственная корпорация", "the State Corporation"),
    PORTAL: Text("«электрондық үкімет» порталы", "портал «электронного правительства»", "the e-government portal"),
}
ELSEWHERE = Text(
    "Өтінішті тек осылай қабылдайды: {where}.",
    "Заявления принимают только так: {where}.",
    "Applications are taken in only so: {where}.",
)
NOT_HERE = Text(
    "Сіз өтінішті мына арнамен ғана тіркей аласыз: {where}.",
    "Вы можете подать или принять заявление только так: {where}.",
    "You can hand in or receive an application only so: {where}.",
)


def named(channels: Sequence[str]) -> Text:
    """Channels in words."""
    return Text(*(", ".join(NAMES[one].get(lang) for one in channels) for lang in LANGUAGES))


def elsewhere(intake: Sequence[str]) -> Text:
    """Why somebody does not start a case of a service."""
    return _filled(ELSEWHERE, intake)


def not_here(channels: Sequence[str]) -> Text:
    """Why an application does not come by the channel that it names."""
    return _filled(NOT_HERE, channels)


def _filled(text: Text, channels: Sequence[str]) -> Text:
    where = named(channels)
    return Text(*(text.get(lang).format(where=where.get(lang)) for lang in LANGUAGES))


def channels_of(roles: Collection[str], intake: Sequence[str]) -> tuple[str, ...]:
    """Those of the channels of an act at which the holder of roles hands an application in, or takes it in, as they stand.

    An applicant applies at the portal; operators of the State Corporation receive there, and all other staff at the office.
    """
    own, operating = OWN_CASES_ONLY.intersection(roles), _OPERATORS.intersection(roles)
    staff = set(roles) - NOT_STAFF - _OPERATORS

    def may(channel: str) -> bool:
        return bool(own if channel == PORTAL else operating if channel == CORPORATION else staff)

    return tuple(one for one in intake if may(one))
