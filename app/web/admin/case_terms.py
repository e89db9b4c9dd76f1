"""The terms of a case: looked at, held up, let go on and extended, as far as its act allows."""

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.tasks.task_page import extension_in_words
from app.actions.terms import cases
from app.actions.terms.case_moves import REASON_LIMIT
from app.actions.terms.case_terms_page import case_terms
from app.domain.acts.clauses import cited
from app.domain.in_words.wording import amount_in_words
from app.domain.people.administrators import require_administrator
from app.domain.terms.term_bars import WIDTH
from app.domain.terms.term_properties import EXTEND, PAUSE
from app.errors import AppError, Conflict, Forbidden, Invalid, NotFound
from app.http.transaction import Unit, unit
from app.web.done import said_next
from app.web.pages import language, page

blueprint = Blueprint("case_terms", __name__, url_prefix="/admin/instances/<uuid:instance_id>/terms")


@blueprint.get("/clock")
def shown(instance_id: UUID) -> Response:
    """All terms of the case to which the instance belongs."""
    return _page(instance_id)


@blueprint.post("/<name>")
def act(instance_id: UUID, name: str) -> Answer:
    """Do one thing to the clock of the case; refused: told beside its form, with what was entered."""
    u = unit()
    require_administrator(u.actor)
    if name not in ACTS:
        raise NotFound(f"nothing called '{name}' is done to the clock of a case")
    try:
        ACTS[name](u, instance_id)
        u.session.flush()
    except (Conflict, Forbidden, Invalid) as refused:
        u.session.rollback()
        return _page(instance_id, name, refused)
    return said_next(redirect(url_for(".shown", instance_id=instance_id), 303), name)


def _page(instance_id: UUID, name: str = "", refused: AppError | None = None) -> Response:
    u = unit()
    status = 200 if refused is None else 409 if isinstance(refused, Conflict) else 400
    return page(
        "admin/case_terms.html",
        status,
        case=case_terms(u.session, u.actor, instance_id, language(), u.now),
        instance_id=instance_id,
        act=name,
        given=request.form if refused is not None else {},
        problem=None if refused is None else refused.words.get(language(), refused.message),
        limit=REASON_LIMIT,
        width=WIDTH,
        cited=cited,
        extension_in_words=extension_in_words,
        amount_in_words=amount_in_words,
        PAUSE=PAUSE,
        EXTEND=EXTEND,
    )


def _extend(u: Unit, instance_id: UUID) -> None:
    unit_of_time, _, clause = request.form.get("allowance", "").partition("|")
    amount = request.form.get("amount", 0, int)
    cases.extend(u.session, u.actor, instance_id, amount, unit_of_time, _reason(), clause, u.now)


def _reason() -> str:
    return request.form.get("reason", "")


ACTS: Mapping[str, Callable[[Unit, UUID], object]] = {
    "pause": lambda u, instance_id: cases.pause(
        u.session, u.actor, instance_id, _reason(), request.form.get("clause", ""), u.now
    ),
    "resume": lambda u, instance_id: cases.resume(u.session, u.actor, instance_id, _reason(), u.now),
    "extend": _extend,
}
