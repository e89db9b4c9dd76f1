"""What lists of process definitions and of decision definitions have in common, by the names of the REST dialect."""

from typing import Any

from sqlalchemy import ColumnElement, Text, cast, false, func, null, select
from sqlalchemy.orm import aliased

from app.store import listing
from app.store.listing import Column, Filter, Kind
from app.store.tables import DecisionDefinition, Definition, Deployment

Versions = type[Definition] | type[DecisionDefinition]
NEVER = Filter(Kind.TEXT, lambda _: false())
"""Asks for what nothing has here: categories, decision requirements."""
OF_NONE: ColumnElement[Any] = cast(null(), Text)
"""The key of an order by what nothing has here."""
DEPLOYED: ColumnElement[Any] = func.date_trunc("milliseconds", Deployment.deployed_at)
"""The moment as clients read it: what they send back compares equal."""


def newest(table: Versions) -> Filter:
    """Whether it is the newest version of its key in its organisation."""
    newer = aliased(table)
    highest = select(func.max(newer.version)).where(
        newer.key == table.key, newer.tenant_id.is_not_distinct_from(table.tenant_id)
    )
    return listing.when(table.version == highest.scalar_subquery())


def filters(table: Versions) -> dict[str, Filter]:
    """By name; the deployment must be joined."""
    return {
        "name": listing.equal(table.name),
        "nameLike": listing.like(table.name),
        "deploymentId": listing.identified(table.deployment_id),
        "deployedAfter": Filter(Kind.MOMENT, lambda moment: moment < DEPLOYED),
        "deployedAt": Filter(Kind.MOMENT, lambda moment: moment == DEPLOYED),
        "key": listing.equal(table.key),
        "keyLike": listing.like(table.key),
        "category": NEVER,
        "categoryLike": NEVER,
        "version": listing.whole(table.version),
        "latestVersion": newest(table),
        "resourceName": listing.equal(table.resource_name),
        "resourceNameLike": listing.like(table.resource_name),
        "tenantIdIn": listing.among(table.tenant_id),
        "withoutTenantId": listing.when(table.tenant_id.is_(None)),
        "versionTag": listing.equal(table.version_tag),
        "versionTagLike": listing.like(table.version_tag),
    }


def order(table: Versions) -> dict[str, Column]:
    """The keys by name."""
    return {
        "key": table.key,
        "category": OF_NONE,
        "id": table.id,
        "name": table.name,
        "version": table.version,
        "deploymentId": table.deployment_id,
        "deployTime": Deployment.deployed_at,
        "tenantId": table.tenant_id,
        "versionTag": table.version_tag,
    }
