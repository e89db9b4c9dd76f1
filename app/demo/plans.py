"""Which cases the office of the demonstration has, and how far each has come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

GASK, SAFETY = "aktobe-gask", "industrial-safety-committee"
DAY = 480
"""Minutes of work."""
SIGNING, DRAFTING = "sign-", "prepare-"
"""How the elements begin at which a head signs, and at which a result is prepared."""
BEHIND: Mapping[str | None, int] = {
    "clerk": 15,
    "head": 50,
    "unit_head": 100,
    "executor": 140,
    DRAFTING: 220,
    SIGNING: 330,
    None: 0,
}
USUALLY_BEHIND = 450
"""About how many minutes of work a case has behind it when it comes to where it is left."""
REFUSING: Mapping[str, Any] = {
    "decision": "refuse",
    "compliance": ("does-not-comply", "non-compliant"),
    "conclusion": "does-not-comply",
    "refusalGround": "requirements-not-met",
    "admission": "refused",
    "testOutcome": "failed",
    "vote": "against",
    "providerDecision": "forward",
    "reviewOutcome": "rejected",
    "extendedOutcome": "rejected",
    "documentCheck": "ground",
    "previousIssue": "electronic",
}
"""By the key of a field, the answers by which a case comes to a refusal."""
INCOMPLETE: Mapping[str, Any] = {"completeness": "incomplete", "documentCheck": "incomplete"}


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a case.

    stop: the role, the element or the beginning of elements at which it is left, None: it is played to its end.
    rested: how many minutes of work ago it came there, one of these. touch: what is done to the task then, a key of
    `touches.TOUCHES`. answers: by the key of a field, what is chosen if it is offered. slow: how many times as long as usual
    its people take.
    """

    stop: str | None
    rested: Sequence[int] = (5 * DAY, 9 * DAY, 14 * DAY, 20 * DAY)
    touch: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    slow: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """One case. number: counts them; tenant: whose case of a service that every organisation has, else that of the service."""

    number: int
    service: str
    fate: Fate
    tenant: str | None = None


CLERK, HEAD, EXECUTOR = (
    (2, 6, 11, 25, 70, 260),
    (8, 25, 50, 100, 400, 2 * DAY),
    (40, 300, DAY, 3 * DAY, 6 * DAY, 10 * DAY),
)
FATES = (
    Fate("clerk", CLERK),
    Fate("executor", EXECUTOR, "claimed"),
    Fate(None),
    Fate("head", HEAD),
    Fate(SIGNING, HEAD),
    Fate("executor", EXECUTOR),
    Fate("clerk", CLERK, "claimed"),
    Fate(DRAFTING, EXECUTOR, "asked"),
    Fate(None, answers=REFUSING),
    Fate("head", HEAD, "claimed"),
    Fate("executor", EXECUTOR, "held"),
    Fate("commission", EXECUTOR, "claimed"),
    Fate(None),
    Fate(DRAFTING, EXECUTOR, "delegated"),
    Fate(SIGNING, HEAD, "claimed", REFUSING),
    Fate("clerk", CLERK),
    Fate("unit_head", HEAD),
    Fate(DRAFTING, EXECUTOR, "claimed"),
    Fate("executor", EXECUTOR, "given"),
    Fate(None, answers=INCOMPLETE),
    Fate("executor", EXECUTOR, "returned"),
    Fate(DRAFTING, EXECUTOR, "begun"),
    Fate("executor", EXECUTOR, "documented"),
    Fate("clerk", CLERK, "begun"),
    Fate("territorial_officer", EXECUTOR),
    Fate(None, answers={"requestKind": ("duplicate", "details-changed")}),
)
OFTEN: Mapping[str, int] = {
    "design-licence": 20,
    "construction-licence": 17,
    "survey-licence": 9,
    "project-management-accreditation": 5,
    "construction-expert-attestation": 6,
    "industrial-safety-attestation": 18,
    "grid-connection-permit": 11,
    "electrical-laboratory-accreditation": 6,
    "winter-readiness-passport": 6,
    "energy-expertise-accreditation": 5,
    "energy-saving-accreditation": 5,
    "energy-staff-attestation": 4,
    "equipment-condition-conclusion": 4,
    "type-approval-certificate": 6,
    "metrological-attestation-certificate": 5,
    "expert-auditor-attestation": 5,
    "attestation-centre-accreditation": 4,
    "supervision-entity-accreditation": 3,
}
"""How many cases of each service are played; they take the fates in turn."""
HEARD: Mapping[str, Any] = {"conclusion": "does-not-comply", "refusalGround": "requirements-not-met"}
EXTENDED: Mapping[str, Any] = {"reviewOutcome": "extend", "extensionDecision": "extend", "providerDecision": "forward"}
OVERSIGHT: Mapping[str, Any] = {**EXTENDED, "requestKind": "to-oversight"}
LONG = (DAY, 2 * DAY, 3 * DAY)
"""Of complaints too: there have to be cases that are older."""
SPECIAL = (
    *(("industrial-safety-attestation", SAFETY, Fate("give-conclusion", LONG, "paused-9")) for _ in range(3)),
    *(("industrial-safety-attestation", SAFETY, Fate("hold-hearing", LONG, "paused-10", HEARD)) for _ in range(2)),
    ("industrial-safety-attestation", SAFETY, Fate("territorial_officer", LONG)),
    *(("energy-saving-accreditation", None, Fate("commission", (25, 60, 120))) for _ in range(2)),
    *(("design-licence", GASK, Fate("make-request", CLERK)) for _ in range(2)),
    *(("service-complaint", GASK, Fate("consider-extended", LONG, "claimed", EXTENDED)) for _ in range(2)),
    ("service-complaint", SAFETY, Fate("consider-extended", LONG, None, OVERSIGHT)),
    ("service-complaint", GASK, Fate("clerk", CLERK)),
    ("service-complaint", GASK, Fate("head", HEAD, "claimed")),
    ("service-complaint", GASK, Fate("complaint_officer", LONG, "asked", {"providerDecision": "forward"})),
    ("service-complaint", GASK, Fate(None, LONG, answers=REFUSING)),
    ("service-complaint", GASK, Fate(None, LONG)),
)

OVER = tuple(range(7 * DAY, 23 * DAY, 2 * DAY))
FINISHED = (
    *((service, GASK, Fate(None, OVER, slow=slow)) for service in ("design-licence", "construction-licence")
      for slow in (1, 1, 4, 1, 0.5, 4, 1, 2, 1, 6)),
    *(("industrial-safety-attestation", SAFETY, Fate(None, OVER, slow=slow)) for slow in (1, 1, 3, 1, 2, 1)),
)  # fmt: skip
"""Cases of the past month that are over, some of them late: what there is to learn from."""


def plans() -> Iterator[Plan]:
    """All of them, the same each time."""
    turn = Random("the office").randrange(len(FATES))  # noqa: S311 - nothing is secret here
    number = 0
    for service, many in OFTEN.items():
        for _ in range(many):
            yield Plan(number, service, FATES[(turn + number) % len(FATES)])
            number += 1
    for service, tenant, fate in (*SPECIAL, *FINISHED):
        yield Plan(number, service, fate, tenant)
        number += 1
