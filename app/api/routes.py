"""Which blueprints there are, and how OpenAPI describes them."""

from flask import Flask
from flask_smorest import Api

from app.api import (
    absences,
    calendars,
    cases,
    cleanup,
    clock,
    deadlines,
    deployments,
    differences,
    docs,
    engine,
    event_subscriptions,
    executions,
    external_task_fetching,
    external_tasks,
    groups,
    health,
    history,
    identity,
    incidents,
    jobs,
    memberships,
    messages,
    notifications,
    organisations,
    process_definitions,
    process_instances,
    services,
    session,
    signals,
    start_events,
    stuck,
    task_list,
    task_variables,
    tasks,
    undelivered,
    users,
)
from app.config import Settings


def register(app: Flask, settings: Settings) -> None:
    """Register every blueprint; the test clock only where the settings allow it."""
    app.config.update(docs.SETTINGS)
    app.register_blueprint(docs.blueprint)
    api = Api(app)
    for blueprint in (
        absences.blueprint,
        calendars.blueprint,
        cases.blueprint,
        cleanup.blueprint,
        deadlines.blueprint,
        deployments.blueprint,
        differences.blueprint,
        engine.blueprint,
        event_subscriptions.blueprint,
        executions.blueprint,
        external_task_fetching.blueprint,
        external_tasks.blueprint,
        groups.group_blueprint,
        groups.tenant_blueprint,
        health.blueprint,
        history.blueprint,
        identity.blueprint,
        incidents.blueprint,
        incidents.details,
        jobs.blueprint,
        memberships.blueprint,
        messages.blueprint,
        messages.conditions,
        notifications.blueprint,
        organisations.blueprint,
        process_definitions.blueprint,
        process_instances.blueprint,
        task_list.blueprint,
        tasks.blueprint,
        task_variables.blueprint,
        services.blueprint,
        signals.blueprint,
        signals.executions,
        start_events.blueprint,
        session.blueprint,
        session.tokens,
        undelivered.blueprint,
        stuck.blueprint,
        users.blueprint,
        *([clock.blueprint] if settings.test_clock else []),
    ):
        api.register_blueprint(blueprint)
