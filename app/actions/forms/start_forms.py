"""Start a case for somebody who has come: the services to choose from, the application form, and one case a form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app import forms
from app.actions.forms.form_data import FormReference, form_source
from app.actions.models.editions import Editions, days_of_receipt, editions_in_turn, is_dated, on_day, version_for
from app.actions.models.models import model_of
from app.actions.models.naming import title_of
from app.actions.models.services import Service, described
from app.actions.running.instances import submit_start_form
from app.actions.running.intake import take_next
from app.domain import refusals
from app.domain.folding import folded
from app.domain.models.values import Variable, infer
from app.domain.people import channels
from app.domain.people.access import Actor
from app.domain.people.channels import CHANNEL, channels_of
from app.domain.refusals import case_refusals
from app.domain.refusals.edition_refusals import no_edition
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.case_lists import lately_started, startable
from app.store.tables import Definition, Organisation, StartedForm

LATELY = 200
"""Cases of the actor's organisations among which the favourites are counted."""
FAVOURITES = 4


@dataclass(frozen=True, slots=True)
class Startable:
    """A service in the organisation whose case it will be. favourite: the organisation has started it lately.

    intake: the channels by which the act lets applications come in; here: those that are the person's, all of them where no
    act is known. out_of_force: why no edition of the law lets it be started; closed: why he does not start it; None: he does.
    """

    key: str
    tenant: str
    title: Text
    organisation: Text
    act: Service | None
    favourite: bool
    intake: tuple[str, ...]
    here: tuple[str, ...]
    out_of_force: Text | None = None

    @property
    def closed(self) -> Text | None:
        if self.out_of_force is not None:
            return self.out_of_force
        return channels.elsewhere(self.intake) if self.intake and not self.here else None


@dataclass(frozen=True, slots=True)
class StartForm:
    """schema: form-js JSON in one language. None of a process that asks for nothing at its start."""

    service: Startable
    schema: dict[str, Any] | None


def services(session: Session, actor: Actor, now: datetime, words: str = "") -> list[Startable]:
    """What people start now in the organisations of the actor, by act. words: all of which a title has, in any language."""
    rows = session.scalars(startable(None if actor.administrator else sorted(actor.tenants))).all()
    processes = [editions_in_turn(one) for _, one in groupby(rows, lambda row: (row.key, row.tenant_id))]
    names = {one.id: _text(one.names) for one in session.scalars(select(Organisation))}
    tenants = sorted(names) if actor.administrator else sorted(actor.tenants & names.keys())
    organisations = {tenant: names[tenant] for tenant in tenants}
    often = _often(session, tenants)
    favourites = set(sorted(often, key=lambda key: (-often[key], key))[:FAVOURITES])
    days = days_of_receipt(session, tenants, now) if any(map(is_dated, processes)) else {}
    own = [one for editions in processes for one in _of_process(actor, editions, days, organisations, favourites)]
    asked = folded(words).split()
    found = [one for one in own if all(word in _searched(one) for word in asked)]
    return sorted(found, key=lambda one: (_order_of(one.act), one.title.kk, one.organisation.kk))


def _often(session: Session, tenants: list[str]) -> dict[str, int]:
    """How often each process was started lately, by key."""
    return dict(session.execute(lately_started(tenants, LATELY)).all())


def _of_process(
    actor: Actor,
    editions: Editions,
    days: Mapping[str | None, date],
    organisations: Mapping[str, Text],
    favourites: set[str],
) -> Iterator[Startable]:
    """Where the edition that is in force on the day of each organisation may be started; where none is, as closed."""
    newest = editions[-1][1]
    for tenant in organisations if newest.tenant_id is None else [newest.tenant_id]:
        day = days.get(tenant, date.min)
        row = on_day(editions, day)
        if not (row or newest).startable or (row or newest).suspended:
            continue
        for one in _offered(actor, row or newest, [tenant], organisations, favourites):
            yield one if row else replace(one, out_of_force=no_edition(day))


def _offered(
    actor: Actor, row: Definition, tenants: list[str], organisations: Mapping[str, Text], favourites: set[str]
) -> Iterator[Startable]:
    """A process that is common to all is offered in each organisation of the actor."""
    service = described(row.key)
    act, intake = (service["act"], tuple(service["channels"]["intake"])) if service else (None, ())
    for tenant in tenants if row.tenant_id is None else [row.tenant_id]:
        if tenant in organisations:
            here = intake if actor.administrator else channels_of(actor.groups_in(tenant), intake)
            often = row.key in favourites and bool(here or not intake)
            yield Startable(row.key, tenant, title_of(row), organisations[tenant], act, often, intake, here)


def _searched(one: Startable) -> str:
    number = one.act["number"] if one.act else ""
    return folded(" ".join((*(one.title.get(lang) for lang in LANGUAGES), number, one.key)))


def _order_of(act: Service | None) -> tuple[bool, str]:
    return act is None, "" if act is None else act["id"]


def start_form(session: Session, actor: Actor, tenant: str, key: str, lang: str, now: datetime) -> StartForm:
    """The application form of a service in an organisation, with the channels of the actor.

    Raises NotFound, Forbidden where the act lets no application come by them, Conflict for a suspended one, Invalid where
    no edition is in force, FormRejected.
    """
    definition, offered = _opened(session, actor, tenant, key, now)
    reference = FormReference.of_start(definition, model_of(session, definition.id).process)
    schema = None if reference.key is None else forms.localized(form_source(session, reference), lang)
    if schema is not None and offered.here:
        schema["components"] = [_with_channels(one, offered.here) for one in schema["components"]]
    return StartForm(offered, schema)


def _with_channels(component: dict[str, Any], here: tuple[str, ...]) -> dict[str, Any]:
    """The field that asks for the channel offers those of the person, the first chosen; any other as it is."""
    if component.get("key") != CHANNEL:
        return component
    offered = [one for one in component["values"] if one["value"] in here]
    return {**component, "values": offered, "defaultValue": offered[0]["value"] if offered else None}


def begin(
    session: Session, actor: Actor, tenant: str, key: str, form_id: UUID, data: Mapping[str, Any], now: datetime
) -> UUID:
    """Start the case of a form; gives its id. A form that was sent already gives the case that it has started.

    form_id: made anew for each form that is opened. The first step, where it is one of the actor's, is his at once.
    Raises NotFound, Conflict, Forbidden, Invalid with the fields that are wrong.
    """
    definition, offered = _opened(session, actor, tenant, key, now)
    if offered.intake and data.get(CHANNEL, offered.here[0]) not in offered.here:
        message = channels.not_here(offered.here)
        fields = [{"field": CHANNEL, "code": "value", "message": {lang: message.get(lang) for lang in LANGUAGES}}]
        raise Invalid(message.en, details={"fields": fields})
    row = {"id": form_id, "instance_id": None, "at": now, "tenant_id": tenant, "user_id": actor.user_id}
    first = insert(StartedForm).values(row).on_conflict_do_nothing().returning(StartedForm.id)
    if session.scalar(first) is None:
        return _begun(session, actor, form_id)
    variables = {name: Variable(value, infer(value)) for name, value in data.items()}
    reference = f"K-{form_id.hex[-8:].upper()}"
    instance = submit_start_form(session, actor, definition, variables, now, business_key=reference, tenant=tenant)
    session.flush()
    session.execute(update(StartedForm).where(StartedForm.id == form_id).values(instance_id=instance.id))
    take_next(session, actor, instance, now)
    return instance.id


def _begun(session: Session, actor: Actor, form_id: UUID) -> UUID:
    """The case that a form has started: its sender alone is told."""
    found = session.execute(
        select(StartedForm.instance_id, StartedForm.user_id).where(StartedForm.id == form_id)
    ).one_or_none()
    if found is None or found.user_id != actor.user_id or found.instance_id is None:
        raise NotFound(f"there is no form '{form_id}'")
    begun: UUID = found.instance_id
    return begun


def _opened(session: Session, actor: Actor, tenant: str, key: str, now: datetime) -> tuple[Definition, Startable]:
    """The version that people start there now. Raises NotFound, Conflict, Forbidden, Invalid."""
    newest = queries.latest_definition(session, key, tenant) if actor.belongs_to(tenant) else None
    organisation = session.get(Organisation, tenant)
    if newest is None or organisation is None or not newest.startable:
        raise refusals.of(NotFound, case_refusals.NO_SERVICE, service=key)
    definition = version_for(session, newest, tenant, now)
    if definition.suspended:
        raise refusals.of(Conflict, case_refusals.SERVICE_SUSPENDED, service=key)
    [offered] = _offered(actor, definition, [tenant], {tenant: _text(organisation.names)}, set())
    if offered.closed is not None:
        raise refusals.of(Forbidden, offered.closed)
    return definition, offered


def _text(names: Mapping[str, Any]) -> Text:
    return Text(*(names.get(language) or names["kk"] for language in LANGUAGES))
