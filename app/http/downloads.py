"""Files that are made while they are sent."""

from urllib.parse import quote

from flask import Response

from app.actions.inspecting.archive.build import Archive


def downloaded(archive: Archive) -> Response:
    """The archive of a case, to be saved; kept nowhere on the way."""
    answer = Response(archive.stream(), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(archive.name, safe='')}"
    answer.headers["Cache-Control"] = "no-store"
    return answer
