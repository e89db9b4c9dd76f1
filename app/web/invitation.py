"""Where a person who was invited chooses the password: the code opens nothing else, and ends with it."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.people import invitations
from app.errors import Invalid
from app.http.auth import moment, refuse_foreign_page
from app.http.transaction import unit
from app.web.done import said_next
from app.web.pages import language, page

blueprint = Blueprint("invitation", __name__, url_prefix="/invitation")
LONGEST = 100


@blueprint.get("")
def shown() -> Response:
    """Asks for the password; whether the code is good is told when it is given."""
    return page("invitation.html", code=request.args.get("code", "")[:LONGEST], problem=None)


@blueprint.post("")
def accept() -> Answer:
    """Take the code, and go and sign in."""
    refuse_foreign_page()
    u, form = unit(), request.form
    code = form.get("code", "").strip()[:LONGEST]
    try:
        invitations.accept(u.session, code, form.get("password", ""), form.get("again", ""), moment())
    except Invalid as problem:
        return page("invitation.html", 400, code=code, problem=problem.words.get(language(), problem.message))
    return said_next(redirect(url_for("web.entrance.sign_in_page"), 303), "invitation")
