"""Answers to browsers of other origins: only those of the settings, none by default (Fetch standard, 3.2)."""

from flask import Flask, Response, request

ALLOWED = {
    "Access-Control-Allow-Credentials": "true",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "authorization, content-type, accept",
    "Access-Control-Max-Age": "600",
}


def allow(app: Flask, origins: tuple[str, ...]) -> None:
    """Answer the preflights of these origins, and let them read. Camunda Modeler's own origins are `null` and `file://`."""
    if not origins:
        return

    @app.before_request
    def preflight() -> Response | None:
        asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        return Response(status=204) if asks and request.headers.get("Origin") in origins else None

    @app.after_request
    def permit(answer: Response) -> Response:
        origin = request.headers.get("Origin")
        if origin in origins:
            answer.headers.update(ALLOWED | {"Access-Control-Allow-Origin": origin})
        answer.headers.add("Vary", "Origin")
        return answer
