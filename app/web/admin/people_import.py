"""People from a CSV file: uploaded, looked at line by line, and done exactly as shown; then their invitations."""

import csv
import io
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.actions.people import directory, importing, invitations
from app.actions.people.import_plan import Outcome, Planned
from app.actions.people.import_reading import COLUMNS, MOST, ROLES
from app.actions.terms.calendars import DEFAULT
from app.domain import refusals
from app.domain.people.administrators import require_administrator
from app.domain.refusals import import_refusals
from app.errors import AppError, Conflict, Invalid
from app.http.auth import moment as by_the_machine
from app.http.transaction import unit
from app.web.admin.cells import harmless
from app.web.admin.person import link_of
from app.web.done import said_next
from app.web.pages import language, page, say

blueprint = Blueprint("people_import", __name__, url_prefix="/admin/import")
PAGE = 100


@blueprint.get("")
def asked() -> Response:
    """What a file has to be like, and where to choose it."""
    return _asked()


def _asked(problem: AppError | None = None) -> Response:
    u = unit()
    require_administrator(u.actor)
    said = None if problem is None else problem.words.get(language(), problem.message)
    choices = directory.choices(u.session)
    status = 200 if problem is None else 400
    return page("admin/people_import.html", status, problem=said, columns=COLUMNS, most=MOST, choices=choices)


@blueprint.post("")
def upload() -> Answer:
    """Keep a file that can be read, and show what it would do."""
    u, file = unit(), request.files.get("file")
    try:
        if file is None or not file.filename:
            raise refusals.of(Invalid, import_refusals.NO_FILE)
        kept = importing.keep(u.session, u.actor, file.filename.replace("\0", ""), file.stream.read(), by_the_machine())
    except Invalid as problem:
        return _asked(problem)
    return redirect(url_for(".shown", import_id=kept.id), 303)


@blueprint.get("/template.csv")
def template() -> Response:
    """The columns and a line, in UTF-8 with a mark and semicolons, as the spreadsheets here open it by themselves."""
    u = unit()
    require_administrator(u.actor)
    choices = directory.choices(u.session)
    place, roles = next(iter(choices.organisations), ""), " ".join(list(choices.roles)[:2])
    names = (say("import-example-last"), say("import-example-first"))
    example = ("aigul.ospan", *names, "aigul@example.kz", place, roles, language())
    return _file([COLUMNS, example], "people.csv")


@blueprint.get("/<uuid:import_id>")
def shown(import_id: UUID) -> Response:
    """What the file would do now or, once it is applied, what is left to do."""
    return _shown(import_id)


def _shown(import_id: UUID, problem: AppError | None = None) -> Response:
    u = unit()
    kept = importing.kept(u.session, u.actor, import_id)
    if kept.content is None:
        return page("admin/people_imported.html", kept=kept, zone=DEFAULT.tz)
    plan = importing.dry_run(u.session, u.actor, kept.content)
    state, first = request.args.get("show"), max(request.args.get("from", 0, int), 0)
    chosen = Outcome(state) if state in tuple(Outcome) else None
    lines = [one for one in plan.lines if chosen in (None, one.outcome)]
    first = min(first, len(lines))

    def at(start: int) -> str:
        place: dict[str, Any] = {"from": start or None}
        return url_for(".shown", import_id=import_id, show=chosen, **place)

    return page(
        "admin/people_plan.html",
        200 if problem is None else 409,
        kept=kept,
        plan=plan,
        rows=lines[first : first + PAGE],
        outcomes=tuple(Outcome),
        chosen=chosen,
        changes=_changes(directory.choices(u.session)),
        why=lambda line: line.why.get(language()),
        problem=None if problem is None else problem.words.get(language(), problem.message),
        zone=DEFAULT.tz,
        pages={
            "first": first,
            "previous": at(max(first - PAGE, 0)) if first else None,
            "following": at(first + PAGE) if first + PAGE < len(lines) else None,
        },
    )


def _changes(choices: directory.Choices) -> Any:
    """Says the changes of a line: (what, old, new)."""

    def roles(keys: str) -> str:
        return ", ".join(choices.role(key).get(language()) for key in keys.split())

    def changes(line: Planned) -> list[tuple[str, str, str]]:
        place = choices.organisation(line.organisation).get(language())
        return [
            (place, roles(old), roles(new)) if what == ROLES else (say(f"import-column-{what}"), old, new)
            for what, old, new in line.changes
        ]

    return changes


@blueprint.post("/<uuid:import_id>")
def apply(import_id: UUID) -> Answer:
    """Do what was shown."""
    u = unit()
    fingerprint = request.form.get("fingerprint", "")
    try:
        with u.session.begin_nested():
            importing.apply_kept(u.session, u.actor, import_id, fingerprint, by_the_machine())
    except (Invalid, Conflict) as problem:
        return _shown(import_id, problem)
    return said_next(redirect(url_for(".shown", import_id=import_id), 303), "import")


@blueprint.post("/<uuid:import_id>/invitations")
def invite(import_id: UUID) -> Response:
    """A file with a link for each who was added and has not chosen a password yet. Links that were made before end."""
    u = unit()
    kept = importing.kept(u.session, u.actor, import_id)
    issued = invitations.invite(u.session, u.actor, kept.added, by_the_machine())
    columns = [say(f"import-column-{name}") for name in ("id", "name", "email", "link", "expires")]
    rows = [
        [
            one.user_id,
            one.name,
            one.email or "",
            link_of(one),
            one.expires.astimezone(DEFAULT.tz).strftime("%d.%m.%Y %H:%M"),
        ]
        for one in issued
    ]
    return _file([columns, *rows], "invitations.csv")


def _file(rows: list[Any], name: str) -> Response:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";").writerows([harmless(cell) for cell in row] for row in rows)
    answer = Response(file.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
