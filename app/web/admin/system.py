"""The installation: workers, queue, what has failed, the database, what is beside it; and having the failed tried again."""

from functools import cache
from uuid import UUID

from flask import Blueprint, Response, current_app, redirect, url_for
from sqlalchemy.engine import make_url
from werkzeug.wrappers import Response as Answer

from app.actions.notifying import deliveries
from app.actions.running import buffered
from app.actions.system import failures, versions
from app.actions.system.beside import Neighbours
from app.actions.system.state import Pace, look
from app.actions.terms.calendars import DEFAULT
from app.config import Settings
from app.http.transaction import unit
from app.web.admin.figures_in_words import grouped
from app.web.admin.figures_of_systems import decimal, size, span
from app.web.pages import page, say
from app.web.words import WORDS

blueprint = Blueprint("system", __name__, url_prefix="/admin/system")
pace = Pace()


@cache
def neighbours(settings: Settings) -> Neighbours:
    return Neighbours(settings)


@blueprint.get("")
def shown() -> Response:
    """All of it."""
    u, settings = unit(), _settings()
    system = look(u.session, u.actor, settings.lost_worker, pace)
    return page(
        "admin/system.html",
        system=system,
        database=system.database,
        neighbours=neighbours(settings).seen(),
        settings=_told(settings),
        versions=versions,
        zone=DEFAULT.tz,
        job_name=_job_name,
        queue_name=_queue_name,
        grouped=grouped,
        size=size,
        span=span,
        decimal=decimal,
    )


@blueprint.post("/jobs/<int:job>/again")
def job_again(job: int) -> Answer:
    """Have a failed job of the queue done again."""
    u = unit()
    failures.again(u.session, u.actor, job)
    return redirect(url_for(".shown", _anchor="failed"))


@blueprint.post("/letters/<uuid:letter>/again")
def letter_again(letter: UUID) -> Answer:
    """Have a letter or an event sent again."""
    u = unit()
    deliveries.retry(u.session, u.actor, letter, u.now)
    return redirect(url_for(".shown", _anchor="letters"))


@blueprint.post("/messages/<uuid:message>/again")
def message_again(message: UUID) -> Answer:
    """Have a message between processes delivered again."""
    u = unit()
    buffered.retry(u.session, u.actor, message)
    return redirect(url_for(".shown", _anchor="messages"))


def _job_name(task: str) -> str:
    key = f"job-{task}"
    return say(key) if key in WORDS else say("job-other", name=task)


def _queue_name(queue: str) -> str:
    key = f"system-queue-{queue}"
    return say(key) if key in WORDS else queue


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def _told(settings: Settings) -> dict[str, str]:
    """By the names in the environment, what is no secret: of addresses with a password the host alone."""
    database = make_url(settings.database_url)
    server, clamd = settings.mail, settings.clamd
    told = {
        "DATABASE_URL": f"{database.host or database.query.get('host', '')}:{database.port or 5432}/{database.database or ''}",
        "REGLAMENT_URL": settings.url,
        "REGLAMENT_HOME": settings.home,
        "REGLAMENT_WEB_WORKERS": settings.web_workers,
        "REGLAMENT_WEB_THREADS": settings.web_threads,
        "REGLAMENT_FILES": settings.files,
        "REGLAMENT_FILE_LIMIT": settings.file_limit // (1024 * 1024),
        "REGLAMENT_SMTP": server and f"{server.host}:{server.port}",
        "REGLAMENT_CLAMD": clamd and f"{clamd[0]}:{clamd[1]}",
        "REGLAMENT_IDLE_MINUTES": int(settings.idle.total_seconds()) // 60,
        "REGLAMENT_MESSAGE_DAYS": settings.message_life.days,
        "REGLAMENT_DELEGATES": " ".join(settings.delegates),
        "REGLAMENT_DELEGATE_SECONDS": int(settings.delegate_limit.total_seconds()),
        "REGLAMENT_LOST_WORKER_SECONDS": int(settings.lost_worker.total_seconds()),
        "REGLAMENT_CHAIN_LIMIT": settings.chain_limit,
        "REGLAMENT_CORS_ORIGINS": " ".join(settings.cors_origins),
        "REGLAMENT_SECURE_COOKIES": int(settings.secure_cookies),
        "REGLAMENT_TRUSTED_PROXIES": settings.trusted_proxies,
        "REGLAMENT_DEMO": int(settings.demo),
    }
    return {name: str(value) if value not in (None, "") else "–" for name, value in told.items()}
