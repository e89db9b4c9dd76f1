"""Which pages there are."""

from flask import Blueprint, Flask

from app.web import (
    bulk,
    cases,
    difference,
    documents,
    editor,
    element_templates,
    entrance,
    errors,
    events,
    invitation,
    modeler,
    models,
    notices,
    saved_filters,
    settings,
    simulation,
    start,
    task,
    task_acts,
    tasks,
    team,
)
from app.web.admin import batches as admin_batches
from app.web.admin import calendar_changes as admin_calendar_changes
from app.web.admin import calendars as admin_calendars
from app.web.admin import case_terms as admin_case_terms
from app.web.admin import forecast as admin_forecast
from app.web.admin import frame as admin_frame
from app.web.admin import instance as admin_instance
from app.web.admin import instances as admin_instances
from app.web.admin import mending as admin_mending
from app.web.admin import mending_many as admin_mending_many
from app.web.admin import organisations as admin_organisations
from app.web.admin import overview as admin_overview
from app.web.admin import people as admin_people
from app.web.admin import people_import as admin_people_import
from app.web.admin import person as admin_person
from app.web.admin import roles as admin_roles
from app.web.admin import services as admin_services
from app.web.admin import standing as admin_standing
from app.web.admin import statistics as admin_statistics
from app.web.admin import system as admin_system
from app.web.compressed import compressed
from app.web.pages import acting_for, asset, day, designs_models, duties, leads_team, moment, say, signed_in

AREAS = (
    entrance.blueprint,
    invitation.blueprint,
    events.blueprint,
    settings.blueprint,
    tasks.blueprint,
    bulk.blueprint,
    saved_filters.blueprint,
    task.blueprint,
    task_acts.blueprint,
    documents.blueprint,
    cases.blueprint,
    difference.blueprint,
    start.blueprint,
    notices.blueprint,
    team.blueprint,
    simulation.blueprint,
    element_templates.blueprint,
    editor.blueprint,
    models.blueprint,
    modeler.blueprint,
    admin_overview.blueprint,
    admin_instance.blueprint,
    admin_statistics.blueprint,
    admin_forecast.blueprint,
    admin_instances.blueprint,
    admin_standing.blueprint,
    admin_batches.blueprint,
    admin_mending.blueprint,
    admin_mending_many.blueprint,
    admin_mending.drawings,
    admin_services.blueprint,
    admin_calendars.blueprint,
    admin_people.blueprint,
    admin_calendar_changes.blueprint,
    admin_case_terms.blueprint,
    admin_person.blueprint,
    admin_people_import.blueprint,
    admin_system.blueprint,
    admin_roles.blueprint,
    admin_organisations.blueprint,
)


def register(app: Flask) -> None:
    """Register every page."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {
        "acting_for": acting_for,
        "leads_team": leads_team,
        "designs_models": designs_models,
        "admin_sections": admin_frame.sections,
        "signed_in": signed_in,
        "duties": duties,
        "say": say,
        "asset": asset,
        "moment": moment,
        "day": day,
    }
    web = Blueprint("web", __name__)
    for area in AREAS:
        web.register_blueprint(area)
    errors.answer_for(web)
    web.after_request(compressed)
    app.register_blueprint(web)
