"""Signing in and out, the choice of language and look, and the files of the pages."""

from flask import Blueprint, Response, current_app, redirect, request, send_from_directory, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.lists import task_lists
from app.actions.lists.list_queries import GROUPS, MINE, Wanted, query_of
from app.actions.people import people, team
from app.actions.people.absences import APPLICANT
from app.actions.terms.calendars import DEFAULT
from app.domain.people.designers import DESIGNER
from app.domain.terms.calendar import LANGUAGES
from app.errors import TooManyAttempts, Unauthenticated
from app.http.auth import COOKIE, by_password, moment, refuse_foreign_page
from app.http.transaction import unit
from app.web.pages import LANGUAGE, STATIC, THEME, THEMES, page, say
from app.web.tasks import PLACE

blueprint = Blueprint("entrance", __name__)
YEAR = 365 * 24 * 60 * 60


@blueprint.get("/sign-in")
def sign_in_page() -> Response:
    """Where a name and a password are asked for."""
    was_here = COOKIE in request.cookies or PLACE in request.cookies
    return page("sign_in.html", next=_inside(request.args.get("next")), again=was_here and "next" in request.args)


@blueprint.post("/sign-in")
def sign_in() -> Answer:
    """Sign in and go where one was going."""
    refuse_foreign_page()
    u, name, onward = unit(), request.form.get("username", ""), _inside(request.form.get("next"))
    try:
        actor = by_password(u.session, name, request.form.get("password", ""))
    except Unauthenticated:
        return page("sign_in.html", 401, next=onward, name=name, wrong=say("sign-in-wrong"))
    except TooManyAttempts as error:
        wait = error.details["retryAfter"] if isinstance(error.details, dict) else 0
        return page("sign_in.html", 429, next=onward, name=name, wrong=say("sign-in-wait", n=wait))
    secret, _ = people.sign_in(u.session, actor, "session", moment())
    answer = redirect(onward, 303)
    answer.delete_cookie(PLACE)
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=int(people.SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=current_app.extensions["settings"].secure_cookies,
    )
    return answer


@blueprint.post("/sign-out")
def sign_out() -> Answer:
    """Sign out of this browser."""
    if secret := request.cookies.get(COOKIE):
        people.sign_out(unit().session, secret)
    answer = redirect(url_for(".sign_in_page"), 303)
    for name in (COOKIE, PLACE):
        answer.delete_cookie(name)
    return answer


@blueprint.post("/look")
def choose_look() -> Answer:
    """Choose the language or the look, before or after signing in."""
    refuse_foreign_page()
    answer, lang = redirect(_inside(request.form.get("next")), 303), request.form.get("language")
    if lang in LANGUAGES and (secret := request.cookies.get(COOKIE)):
        people.speak(unit().session, secret, lang, moment())
    for name, chosen, known in (
        (LANGUAGE, lang, LANGUAGES),
        (THEME, request.form.get("theme"), THEMES),
    ):
        if chosen in known:
            answer.set_cookie(name, chosen, max_age=YEAR, samesite="Lax")
    return answer


@blueprint.get("/")
def home() -> Answer:
    """Where one's work begins: with what one has, else with what one's groups have, else with the team that one leads; who
    only applies, with the cases; who only designs, with the models.

    An administrator begins with all organisations; anybody else who was at a list since signing in goes on there.
    """
    u = unit()
    if u.actor.administrator:
        return redirect(url_for("web.team.organisations"))
    if PLACE in request.cookies:
        return redirect(url_for("web.tasks.listed"))
    views = (MINE, GROUPS)
    asked = [query_of(Wanted(view=view), u.actor, u.now, DEFAULT.tz) for view in views]
    counts = task_lists.count_up_to(u.session, u.actor, asked, 1)
    view = next((view for view, count in zip(views, counts, strict=True) if count), None)
    if view is None and team.leads(u.actor):
        return redirect(url_for("web.team.shown"))
    if view is None and u.actor.groups == {DESIGNER}:
        return redirect(url_for("web.models.listed"))
    if view is None and u.actor.groups == {APPLICANT}:
        return redirect(url_for("web.cases.listed"))
    return redirect(url_for("web.tasks.listed", view=view or MINE))


@blueprint.get("/static/<path:name>")
def static_file(name: str) -> Response:
    """A file of the pages; its address changes with its content."""
    answer = send_from_directory(STATIC, name, conditional=True)
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


def _inside(address: str | None) -> str:
    """The address if it is of this site, else the beginning: nobody is sent elsewhere by a link to here."""
    address = address or ""
    inside = address.startswith("/") and address[1:2] not in ("/", "\\") and address.isprintable()
    return address if inside else url_for(".home")
