"""The list of decision definitions. Filters carry the names of the REST dialect."""

from collections.abc import Sequence

from sqlalchemy import Select, select, true
from sqlalchemy.dialects.postgresql import distinct_on

from app.store import listing, version_lists
from app.store.listing import Listing, Wanted
from app.store.queries import visible_to
from app.store.tables import DecisionDefinition as Decision
from app.store.tables import Deployment

DECISIONS = Listing(
    filters={
        **version_lists.filters(Decision),
        "decisionDefinitionId": listing.identified(Decision.id),
        "decisionDefinitionIdIn": listing.identified_among(Decision.id),
        "decisionRequirementsDefinitionId": version_lists.NEVER,
        "decisionRequirementsDefinitionKey": version_lists.NEVER,
        "withoutDecisionRequirementsDefinition": listing.when(true()),
        "includeDecisionDefinitionsWithoutTenantId": listing.when(true()),
    },
    order={**version_lists.order(Decision), "decisionRequirementsDefinitionKey": version_lists.OF_NONE},
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
