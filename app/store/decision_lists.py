"""The list of decision definitions. Filters carry the names of the REST dialect."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from app.store import listing
from app.store.definition_lists import DEPLOYED, NEVER, OF_NONE
from app.store.listing import Filter, Kind, Listing, Wanted
from app.store.queries import visible_to
from app.store.tables import DecisionDefinition as Decision
from app.store.tables import Deployment

_NEWER = aliased(Decision)
LATEST = listing.when(
    Decision.version
    == select(func.max(_NEWER.version))
    .where(_NEWER.key == Decision.key, _NEWER.tenant_id.is_not_distinct_from(Decision.tenant_id))
    .scalar_subquery()
)
DECISIONS = Listing(
    filters={
        "decisionDefinitionId": listing.identified(Decision.id),
        "decisionDefinitionIdIn": listing.identified_among(Decision.id),
        "name": listing.equal(Decision.name),
        "nameLike": listing.like(Decision.name),
        "deploymentId": listing.identified(Decision.deployment_id),
        "deployedAfter": Filter(Kind.MOMENT, lambda moment: moment < DEPLOYED),
        "deployedAt": Filter(Kind.MOMENT, lambda moment: moment == DEPLOYED),
        "key": listing.equal(Decision.key),
        "keyLike": listing.like(Decision.key),
        "category": NEVER,
        "categoryLike": NEVER,
        "version": listing.whole(Decision.version),
        "latestVersion": LATEST,
        "resourceName": listing.equal(Decision.resource_name),
        "resourceNameLike": listing.like(Decision.resource_name),
        "decisionRequirementsDefinitionId": NEVER,
        "decisionRequirementsDefinitionKey": NEVER,
        "withoutDecisionRequirementsDefinition": listing.when(true()),
        "tenantIdIn": listing.among(Decision.tenant_id),
        "withoutTenantId": listing.when(Decision.tenant_id.is_(None)),
        "includeDecisionDefinitionsWithoutTenantId": listing.when(true()),
        "versionTag": listing.equal(Decision.version_tag),
        "versionTagLike": listing.like(Decision.version_tag),
    },
    order={
        "key": Decision.key,
        "category": OF_NONE,
        "decisionRequirementsDefinitionKey": OF_NONE,
        "id": Decision.id,
        "name": Decision.name,
        "version": Decision.version,
        "deploymentId": Decision.deployment_id,
        "deployTime": Deployment.deployed_at,
        "tenantId": Decision.tenant_id,
        "versionTag": Decision.version_tag,
    },
    last=(Decision.id,),
)


def decisions(wanted: Wanted, tenants: Sequence[str] | None) -> tuple[Select[Decision], Wanted]:
    """What is seen, and what is wanted of it. tenants: the organisations seen beside what is common; None: all."""
    query = (
        select(Decision)
        .join(Deployment, Deployment.id == Decision.deployment_id)
        .where(visible_to(Decision.tenant_id, tenants))
    )
    return listing.with_common(query, wanted, Decision.tenant_id, "includeDecisionDefinitionsWithoutTenantId")


def newest(key: str, tenants: Sequence[str] | None) -> Select[Decision]:
    """The newest version of a decision in each organisation that is seen and has it, and among what is common."""
    return (
        select(Decision)
        .ext(distinct_on(Decision.tenant_id))
        .where(Decision.key == key, visible_to(Decision.tenant_id, tenants))
        .order_by(Decision.tenant_id, Decision.version.desc())
    )
