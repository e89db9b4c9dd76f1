"""A page: a template, the language and the look that the person has chosen, and what the browser may load with it."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, g, make_response, render_template, request, url_for

from app.actions.models.naming import role_name
from app.actions.people.team import leads
from app.domain.in_words.days_in_words import day_in_words, moment_in_words
from app.domain.in_words.grammar import agreeing, written
from app.domain.people.access import Actor
from app.domain.people.designers import designed_by
from app.domain.terms.calendar import LANGUAGES, Text
from app.web.done import forget, was_done
from app.web.words import WORDS

STATIC = Path(__file__).parent / "static"
LANGUAGE, THEME = "reglament_language", "reglament_theme"
THEMES = ("auto", "light", "dark")
POLICY = "; ".join(
    f"{what} {allowed}"
    for what, allowed in {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }.items()
)
"""Content-Security-Policy: nothing from elsewhere, no script or style within a page."""


def language() -> str:
    """kk, ru or en: as chosen, else the first of them that the browser asks for; worked out once a request."""
    if "language" not in g:
        chosen = request.cookies.get(LANGUAGE)
        g.language = chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES, LANGUAGES[0])
    known: str = g.language
    return known


def say(key: str, n: float | None = None, **values: Any) -> str:
    """Words of the pages, in the language of the person; n chooses among their forms. Raises KeyError."""
    lang, words = language(), WORDS[key]
    if n is None:
        return words.get(lang).format(**values)
    return agreeing(words, n, lang).format(n=written(n, lang), **values)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A day and an hour, local to the provider, in the language of the person."""
    return moment_in_words(at.astimezone(zone), language())


def day(of: date) -> str:
    """A day with its weekday, in the language of the person."""
    return day_in_words(of, language())


def acting_for() -> str:
    """The names of those for whom the person acts today; nothing is read for it."""
    unit = g.get("unit")
    return ", ".join(sorted({one.name for one in unit.actor.substitutions})) if unit is not None else ""


def signed_in() -> Actor | None:
    """Who is signed in; None at the door. Nothing is read for it."""
    unit = g.get("unit")
    return None if unit is None or not unit.actor.user_id else unit.actor


def duties(actor: Actor) -> list[tuple[Text | None, list[Text]]]:
    """What a person is: the roles by organisation, None for an administrator of them all."""
    held = [(names, sorted(actor.groups_in(tenant))) for tenant, names in actor.profile.organisations.items()]
    found: list[tuple[Text | None, list[Text]]] = [
        (names, [role_name(role) for role in roles]) for names, roles in held
    ]
    return [(None, [WORDS["administrator"]]), *found] if actor.administrator else found


def leads_team() -> bool:
    """Whether the person leads the work of an organisation; nothing is read for it."""
    unit = g.get("unit")
    return unit is not None and leads(unit.actor)


def designs_models() -> bool:
    """Whether the person designs models of an organisation; nothing is read for it."""
    unit = g.get("unit")
    return unit is not None and (unit.actor.administrator or bool(designed_by(unit.actor)))


def page(template: str, status: int = 200, **shown: Any) -> Response:
    """The template as a page or, for htmx, as the part of one that it asks for."""
    theme = request.cookies.get(THEME, THEMES[0])
    done = was_done(language())
    answer = make_response(render_template(template, lang=language(), theme=theme, done_before=done, **shown), status)
    forget(answer)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Vary"] = "HX-Request, Cookie, Accept-Language"
    return answer


def asset(name: str) -> str:
    """The address of a file of the pages; another content has another address, so that browsers keep it for ever."""
    return url_for("web.entrance.static_file", name=name, v=_digests()[name])


@cache
def _digests() -> Mapping[str, str]:
    files = (path for path in STATIC.rglob("*") if path.is_file())
    return {path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in files}
