"""The services by their acts: editions and versions with what runs on each, and whether the models do what the acts say."""

from flask import Blueprint, Response

from app.actions.models.proving import prove
from app.actions.models.service_pages import acts, service_page
from app.actions.terms.calendars import DEFAULT
from app.domain.acts.editions import Edition
from app.domain.refusals.edition_refusals import dates_of, name_of
from app.http.transaction import unit
from app.store.model_lists import COUNTED
from app.web.pages import language, page

blueprint = Blueprint("services", __name__, url_prefix="/admin/services")


@blueprint.get("")
def listed() -> Response:
    """Every act with its services, and what no act knows."""
    u = unit()
    found, others = acts(u.session, u.actor)
    return page("admin/services.html", acts=found, others=others, counted=_counted)


@blueprint.get("/<key>")
def shown(key: str) -> Response:
    """One service; what its model is proved to do comes afterwards, for that takes seconds."""
    u = unit()
    found = service_page(u.session, u.actor, key, u.now)
    return page("admin/service.html", service=found, dates=_dates, named=_named, zone=DEFAULT.tz)


@blueprint.get("/<key>/proofs/<definition_id>")
def proof(key: str, definition_id: str) -> Response:
    """What `reglament check` finds in a version that was deployed."""
    u = unit()
    found = prove(u.session, u.actor, definition_id, u.now)
    return page("admin/service_proof.html", key=key, proof=found, definition=found.definition)


def _counted(number: int) -> str | int:
    return number if number <= COUNTED else f"{COUNTED}+"


def _dates(one: Edition) -> str:
    return dates_of(one, language())


def _named(one: Edition) -> str:
    return name_of(one, language())
