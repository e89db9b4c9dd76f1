"""Who does what an activity of a model is for: people, a worker outside, a decision."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class UserTask:
    """Camunda's attributes of a user task; every text may be an expression."""

    assignee: str | None = None
    candidate_groups: str | None = None
    candidate_users: str | None = None
    due_date: str | None = None
    follow_up_date: str | None = None
    priority: str | None = None
    form_key: str | None = None
    form_ref: str | None = None
    form_ref_binding: str | None = None
    form_ref_version: str | None = None


@dataclass(frozen=True, slots=True)
class ExternalTask:
    """Work for a worker outside, by its topic; both texts may be expressions."""

    topic: str
    priority: str | None = None


class DecisionMapping(StrEnum):
    """What of the results of a decision goes into the result variable (Camunda's mapDecisionResult)."""

    SINGLE_ENTRY = "singleEntry"
    SINGLE_RESULT = "singleResult"
    COLLECT_ENTRIES = "collectEntries"
    RESULT_LIST = "resultList"


@dataclass(frozen=True, slots=True)
class DecisionCall:
    """A decision to be made. binding: latest | deployment | version | versionTag; `version` is the number or the tag.

    mapping: one of DecisionMapping in a model that can be deployed.
    """

    decision: str
    binding: str = "latest"
    version: str | None = None
    mapping: str = DecisionMapping.RESULT_LIST.value
