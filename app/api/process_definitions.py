"""Process definitions: what can be started, by id, by key, or by key and organisation."""

from collections.abc import Callable
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from app.actions.cases import cleanup
from app.actions.forms.form_data import FormReference, form_source
from app.actions.models import definition_statistics as statistics
from app.actions.models import deletions
from app.actions.models.models import model_of
from app.actions.running import instances, suspending
from app.api import filters
from app.api.filters import Filters
from app.api.forms import form_out
from app.api.listing import filters_of, from_query
from app.api.names import names_by, under
from app.api.openapi import DONE, OBJECT, ROWS, WHY, asked, taken
from app.api.process_instances import instance_out
from app.api.replies import (
    done,
    flag_in,
    json_text,
    needed_flag_in,
    reply,
    text_in,
    variables_in,
    variables_out,
)
from app.api.troubles import Troubles
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store import listing
from app.store.definition_lists import DEFINITIONS, process_definitions
from app.store.tables import Definition, Instance, Resource

JAVA = "org.camunda.bpm.engine.rest.dto.repository."
FILTERS = filters_of(DEFINITIONS)
COUNTED = Filters({"failedJobs": filters.flag, "incidents": filters.flag, "incidentsForType": filters.text})
COUNTED_BY_DEFINITION = Filters({**COUNTED.known, "rootIncidents": filters.flag})
"""What may be counted beside the instances."""
STATISTICS = Filters({**FILTERS.known, **COUNTED_BY_DEFINITION.known}, FILTERS.unsupported, FILTERS.sort_keys)
NAMES = names_by("definition_id")
STARTING = taken({"variables": "object", "businessKey": "string", "withVariablesInReturn": "boolean"})
SUSPENDING = taken({"suspended": "boolean", "includeProcessInstances": "boolean", **WHY})

blueprint = Blueprint(
    "process_definition", __name__, url_prefix="/engine-rest/process-definition", description="Process definitions"
)
named = under(blueprint, NAMES)


def definition_out(row: Definition) -> dict[str, Any]:
    """A definition as the dialect shows it."""
    return {
        "id": row.id,
        "key": row.key,
        "category": None,
        "description": row.description,
        "name": row.name,
        "version": row.version,
        "resource": row.resource_name,
        "deploymentId": str(row.deployment_id),
        "diagram": None,
        "suspended": row.suspended,
        "tenantId": row.tenant_id,
        "versionTag": row.version_tag,
        "historyTimeToLive": row.time_to_live,
        "startableInTasklist": row.startable,
    }


def _definition(
    u: Unit, definition_id: str | None = None, key: str | None = None, tenant: str | None = None
) -> Definition:
    if key is not None:
        return instances.definition_by_key(u.session, u.actor, key, tenant)
    return instances.definition_for(u.session, u.actor, definition_id or "")


@blueprint.route("", methods=["GET"])
@blueprint.doc(parameters=FILTERS.described(), **ROWS)
def list_definitions() -> Response:
    """Process definitions, filtered and ordered."""
    u = unit()
    query, wanted = process_definitions(from_query(FILTERS), u.tenants)
    return reply([definition_out(row) for row in u.session.scalars(listing.page(query, DEFINITIONS, wanted))])


@blueprint.route("/count", methods=["GET"])
@blueprint.doc(parameters=FILTERS.described(paged=False), **OBJECT)
def count_definitions() -> Response:
    """How many process definitions pass the filters."""
    u = unit()
    query, wanted = process_definitions(from_query(FILTERS), u.tenants)
    return reply({"count": listing.total(u.session, query, DEFINITIONS, wanted)})


@blueprint.route("/statistics", methods=["GET"])
@blueprint.doc(parameters=STATISTICS.described(), **ROWS)
def list_statistics() -> Response:
    """Process definitions, each with the number of its running instances; filtered and ordered as their list is."""
    u, wanted = unit(), from_query(STATISTICS)
    troubles = Troubles(u, wanted.values)
    rows = statistics.of_definitions(u.session, u.tenants, wanted)
    return reply(
        [
            {
                "@class": JAVA + "ProcessDefinitionStatisticsResultDto",
                "id": row.id,
                "instances": running,
                **troubles.of(row.id, None),
                "definition": definition_out(row),
            }
            for row, running in rows
        ]
    )


@named("/statistics")
@blueprint.doc(parameters=COUNTED.described(paged=False), **ROWS)
def activity_statistics(**name: str) -> Response:
    """At which elements the running instances of a definition stand, and how many."""
    u = unit()
    troubles, definition = Troubles(u, COUNTED.of_query()), _definition(u, **name)
    counts = statistics.of_elements(u.session, definition.id, u.tenants)
    return reply(
        [
            {
                "@class": JAVA + "ActivityStatisticsResultDto",
                "id": element,
                "instances": count,
                **troubles.of(definition.id, element),
            }
            for element, count in sorted(counts.items())
        ]
    )


@named("")
@blueprint.doc(**OBJECT)
def get(**name: str) -> Response:
    """One process definition; by key the newest version."""
    return reply(definition_out(_definition(unit(), **name)))


@named("", "DELETE")
@blueprint.doc(parameters=[asked("cascade", "boolean")], **DONE)
def delete(**name: str) -> Response:
    """Delete one version; with `cascade` also its instances, running and ended."""
    u = unit()
    cascade = flag_in(request.args.get("cascade"), "cascade")
    deletions.delete_definition(u.session, u.actor, _definition(u, **name), u.now, cascade=cascade)
    return done()


@named("/xml")
@blueprint.doc(**OBJECT)
def xml(**name: str) -> Response:
    """The BPMN 2.0 file of a definition."""
    u = unit()
    definition = _definition(u, **name)
    content = u.session.get_one(Resource, definition.resource_id).content
    return reply({"id": definition.id, "bpmn20Xml": content.decode(errors="replace")})


@named("/start", "POST")
@blueprint.doc(**STARTING, **OBJECT)
def start(**name: str) -> Response:
    """Start an instance and run it to its first wait."""
    body = json_body()
    for unsupported in ("startInstructions", "caseInstanceId", "skipCustomListeners", "skipIoMappings"):
        if body.get(unsupported):
            raise Invalid(f"{unsupported} is not supported")
    with_variables = flag_in(body.get("withVariablesInReturn"), "withVariablesInReturn")
    instance = _begun(instances.start, name, body)
    started = instance_out(instance, linked=True)
    if with_variables:  # absent otherwise: clients read a null there as an object
        started["variables"] = variables_out(instance.variables, instance.types)
    return reply(started)


@named("/submit-form", "POST")
@blueprint.doc(**taken({"variables": "object", "businessKey": "string"}), **OBJECT)
def submit_form(**name: str) -> Response:
    """Start an instance with the data of the start form, checked against it."""
    return reply(instance_out(_begun(instances.submit_start_form, name, json_body()), linked=True))


def _begun(begin: Callable[..., Instance], name: dict[str, str], body: dict[str, Any]) -> Instance:
    """begin: `instances.start` or `instances.submit_start_form`. name: see NAMES."""
    u = unit()
    return begin(
        u.session,
        u.actor,
        _to_start(u, name),
        variables_in(body.get("variables")),
        u.now,
        business_key=text_in(body, "businessKey"),
        tenant=name.get("tenant"),
    )


def _to_start(u: Unit, name: dict[str, str]) -> Definition:
    """What is started under a name; by key the edition in force."""
    if "key" not in name:
        return _definition(u, **name)
    return instances.definition_to_start(u.session, u.actor, name["key"], name.get("tenant"), u.now)


@named("/startForm")
@blueprint.doc(**OBJECT)
def start_form(**name: str) -> Response:
    """Which form a person fills to start an instance."""
    u = unit()
    return form_out(model_of(u.session, _to_start(u, name).id).process)


@named("/deployed-start-form")
@blueprint.doc(**OBJECT)
def deployed_start_form(**name: str) -> Response:
    """The start form itself, as it was deployed."""
    u = unit()
    definition = _to_start(u, name)
    process = model_of(u.session, definition.id).process
    return json_text(form_source(u.session, FormReference.of_start(definition, process)))


@named("/form-variables")
@blueprint.doc(**OBJECT)
def form_variables(**name: str) -> Response:
    """What is known before an instance starts: nothing, so that the form shows its own defaults."""
    _definition(unit(), **name)
    return reply({})


@named("/history-time-to-live", "PUT")
@blueprint.doc(**taken({"historyTimeToLive": "integer"}), **DONE)
def history_time_to_live(**name: str) -> Response:
    """For how many days cases stay once they have ended, null: for ever."""
    u, days = unit(), json_body().get("historyTimeToLive")
    if days is not None and (not isinstance(days, int) or isinstance(days, bool)):
        raise Invalid("historyTimeToLive must be a whole number of days or null")
    cleanup.set_time_to_live(u.session, u.actor, _definition(u, **name), days)
    return done()


@blueprint.route("/suspended", methods=["PUT"])
@blueprint.doc(**DONE, **SUSPENDING)
def suspend_all() -> Response:
    """Suspend or activate the definition `processDefinitionId`, or all versions of `processDefinitionKey`."""
    u, body = unit(), json_body()
    definition_id, key = text_in(body, "processDefinitionId"), text_in(body, "processDefinitionKey")
    if (definition_id is None) == (key is None):
        raise Invalid(
            "Either processDefinitionId or processDefinitionKey should be set to update the suspension state."
        )
    if definition_id is not None:
        return _suspend(u, [instances.definition_for(u.session, u.actor, definition_id).id], body)
    query, _ = process_definitions(listing.Wanted(), u.tenants)
    return _suspend(u, [row.id for row in u.session.scalars(query.where(Definition.key == key))], body)


@named("/suspended", "PUT")
@blueprint.doc(**DONE, **SUSPENDING)
def suspend(**name: str) -> Response:
    """Suspend or activate a definition; a suspended one starts nothing."""
    u = unit()
    return _suspend(u, [_definition(u, **name).id], json_body())


def _suspend(u: Unit, definition_ids: list[str], body: dict[str, Any]) -> Response:
    suspended = needed_flag_in(body, "suspended")
    if body.get("executionDate"):
        raise Invalid("executionDate is not supported: the suspension state changes at once")
    suspending.suspend_definitions(
        u.session,
        u.actor,
        definition_ids,
        suspended,
        u.now,
        with_instances=flag_in(body.get("includeProcessInstances"), "includeProcessInstances"),
        annotation=text_in(body, "annotation"),
    )
    return done()
