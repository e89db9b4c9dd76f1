"""create_app(): the only wiring of Flask."""

from collections.abc import Iterable
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as BaseResponse

from app import config
from app.actions.notifying.events import tell_outside
from app.actions.running.calls import load_delegates
from app.api import cors, errors, routes
from app.api.replies import BODY_LIMIT
from app.config import Settings
from app.http.transaction import guard
from app.http.watching import watch
from app.store.session import engine, sessions
from app.web import routes as pages
from app.web.errors import beside, lost

FOR_PROGRAMS = ("/engine-rest", "/api", "/docs")


class Application(Flask):
    """Answers OPTIONS as it answers everything else: not in HTML."""

    def make_default_options_response(self) -> Response:
        """Which methods a path has; there is nothing else to say."""
        answer = super().make_default_options_response()
        answer.status_code = HTTPStatus.NO_CONTENT
        del answer.headers["Content-Type"]
        return answer


class EngineRest:
    """`/engine-rest/engine/default/...` means the same as `/engine-rest/...`."""

    PREFIX = "/engine-rest/engine/default"

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith(self.PREFIX + "/"):
            environ["PATH_INFO"] = "/engine-rest" + path[len(self.PREFIX) :]
        return self.app(environ, start_response)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application. settings: those of the environment by default."""
    settings = settings or config.read()
    if not settings.database_url:
        raise ValueError("DATABASE_URL must name the database; `reglament run` starts one of its own")
    load_delegates(settings.delegates)
    app = Application("app.web", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=BODY_LIMIT, MAX_FORM_MEMORY_SIZE=BODY_LIMIT, MAX_FORM_PARTS=500)
    app.url_map.strict_slashes = False
    database = engine(settings.database_url, pool_size=settings.web_threads, kind="web")
    app.extensions["settings"], app.extensions["database"] = settings, database
    routes.register(app, settings)
    errors.register(app)
    pages.register(app)
    app.register_error_handler(HTTPStatus.NOT_FOUND, _nowhere)
    app.register_error_handler(HTTPStatus.METHOD_NOT_ALLOWED, _not_opened)
    guard(app, settings, tell_outside(sessions(database), mail=settings.mail is not None))
    cors.allow(app, settings.cors_origins)
    app.after_request(_secure)
    inside = EngineRest(app.wsgi_app)
    proxies = settings.trusted_proxies
    app.wsgi_app = ProxyFix(inside, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    watch(app)
    return app


def _nowhere(error: NotFound) -> Response:
    """An address that leads nowhere: a browser is shown a page, unless what is beside it is for programs."""
    return lost(error) if _by_a_browser() else errors.http(error)


def _not_opened(error: MethodNotAllowed) -> BaseResponse:
    """An address that only takes what is sent to it: a browser that opens it is sent to the page beside it."""
    return beside(error) if request.method == "GET" and _by_a_browser() else errors.http(error)


def _by_a_browser() -> bool:
    wanted = request.accept_mimetypes.best_match(("application/json", "text/html"))
    return wanted == "text/html" and not request.path.startswith(FOR_PROGRAMS)


def _secure(answer: Response) -> Response:
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    answer.headers.setdefault("Cache-Control", "no-store")
    answer.headers.setdefault("Referrer-Policy", "same-origin")
    answer.headers.setdefault("X-Frame-Options", "DENY")
    return answer
