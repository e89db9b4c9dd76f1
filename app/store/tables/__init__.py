"""The tables. Every row of a provider carries its tenant_id, or that of the instance it belongs to."""

from app.store.tables.administration import Administration, Invitation, PeopleImport
from app.store.tables.applications import StartedForm
from app.store.tables.base import Base
from app.store.tables.batches import Batch, BatchItem
from app.store.tables.definitions import DecisionDefinition, Definition, Deployment, FormDefinition, Resource
from app.store.tables.figures import CaseFigure, Figure, FigureChange, Spread
from app.store.tables.forecasts import Forecast, Foretold
from app.store.tables.lists import SavedFilter
from app.store.tables.notices import Notice, Reminded
from app.store.tables.outgoing import Delivery, Removal
from app.store.tables.people import (
    Absence,
    AccessToken,
    FamiliarAddress,
    Group,
    LoginFailure,
    Membership,
    Organisation,
    User,
)
from app.store.tables.record import Comment, Document, DocumentPiece, ExternalTaskLog, File, History
from app.store.tables.running import Instance, Task
from app.store.tables.terms import CalendarChange, TermMove
from app.store.tables.waiting import EventSubscription, ExternalTask, Incident, Job, Message, StartEvent
from app.store.tables.working_time import Calendar, CalendarDayRow, CalendarVersion, Counter, TestClock

__all__ = [
    "Absence",
    "AccessToken",
    "Administration",
    "Base",
    "Batch",
    "BatchItem",
    "Calendar",
    "CalendarChange",
    "CalendarDayRow",
    "CalendarVersion",
    "CaseFigure",
    "Comment",
    "Counter",
    "DecisionDefinition",
    "Definition",
    "Delivery",
    "Deployment",
    "Document",
    "DocumentPiece",
    "EventSubscription",
    "ExternalTask",
    "ExternalTaskLog",
    "FamiliarAddress",
    "Figure",
    "FigureChange",
    "File",
    "Forecast",
    "Foretold",
    "FormDefinition",
    "Group",
    "History",
    "Incident",
    "Instance",
    "Invitation",
    "Job",
    "LoginFailure",
    "Membership",
    "Message",
    "Notice",
    "Organisation",
    "PeopleImport",
    "Reminded",
    "Removal",
    "Resource",
    "SavedFilter",
    "Spread",
    "StartEvent",
    "StartedForm",
    "Task",
    "TermMove",
    "TestClock",
    "User",
]
