"""Routes of what the dialect calls by three names: its id, its key, and its key in an organisation."""

from collections.abc import Callable, Sequence

from flask import Response
from flask_smorest import Blueprint

View = Callable[..., Response]


def names_by(identifier: str) -> tuple[str, str, str]:
    """The three beginnings of a path. identifier: the argument of a view that gets the id."""
    return f"/<{identifier}>", "/key/<key>", "/key/<key>/tenant-id/<tenant>"


def under(blueprint: Blueprint, names: Sequence[str]) -> Callable[..., Callable[[View], View]]:
    """A decorator like `blueprint.route`, of a path and a method (GET), for a route under each of the names."""

    def named(path: str, method: str = "GET") -> Callable[[View], View]:
        def register(view: View) -> View:
            for name in names:
                blueprint.route(name + path, methods=[method])(view)
            return view

        return register

    return named
