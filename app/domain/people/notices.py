"""Of what a person is told, and by what it is known."""

from enum import StrEnum


class Kind(StrEnum):
    """What happened to a task or, of those in OF_ABSENCES, to an absence in which somebody is the deputy.

    CALENDAR: a change of the calendar has moved terms of the person's tasks; it is about the change.
    """

    ASSIGNED = "assigned"
    TAKEN = "taken"
    DELEGATED = "delegated"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    COMMENT = "comment"
    SOON = "soon"
    OVERDUE = "overdue"
    TEAM_SOON = "team-soon"
    TEAM_OVERDUE = "team-overdue"
    HOLD_OVER = "hold-over"
    RESUMED = "resumed"
    EXTENDED = "extended"
    CALENDAR = "calendar"
    DEPUTY = "deputy"
    DEPUTY_BEGINS = "deputy-begins"
    DEPUTY_ENDS = "deputy-ends"


OF_ABSENCES = frozenset({Kind.DEPUTY, Kind.DEPUTY_BEGINS, Kind.DEPUTY_ENDS})
OF_NO_TASK = OF_ABSENCES | {Kind.CALENDAR}
"""What is about something else than a task, and asks for nothing."""

OF_TEAMS = frozenset({Kind.TEAM_SOON, Kind.TEAM_OVERDUE})
"""What leaders are told of tasks that others have, or nobody."""

GIVEN = {"Delegate": Kind.DELEGATED, "Resolve": Kind.RESOLVED}
"""What it means by an operation of history to become the assignee; else the task was simply assigned."""
MOVED = {"Resume": Kind.RESUMED, "Extend": Kind.EXTENDED}
"""What it means by an operation on a case that the terms of its tasks moved."""
NO_CHANGE_OF_TASK = "ModifyVariable"
"""The operation whose data are named by the variables of the case, whatever they are called."""
