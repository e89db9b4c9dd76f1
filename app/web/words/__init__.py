"""All that the pages say, in Kazakh, Russian and English, by key. Forms of a word that a number asks for are parted by |."""

from app.domain.terms.calendar import Text
from app.web.words.admin import ADMIN
from app.web.words.admin_batches import ADMIN_BATCHES
from app.web.words.admin_calendars import ADMIN_CALENDARS
from app.web.words.admin_case_terms import ADMIN_CASE_TERMS
from app.web.words.admin_forecast import ADMIN_FORECAST
from app.web.words.admin_instance import ADMIN_INSTANCE
from app.web.words.admin_instances import ADMIN_INSTANCES
from app.web.words.admin_mending import ADMIN_MENDING
from app.web.words.admin_overview import ADMIN_OVERVIEW
from app.web.words.admin_people import ADMIN_PEOPLE
from app.web.words.admin_people_import import ADMIN_PEOPLE_IMPORT
from app.web.words.admin_person import ADMIN_PERSON
from app.web.words.admin_services import ADMIN_SERVICES
from app.web.words.admin_statistics import ADMIN_STATISTICS
from app.web.words.admin_system import ADMIN_SYSTEM
from app.web.words.bulk import BULK
from app.web.words.cases import CASES
from app.web.words.difference import DIFFERENCE
from app.web.words.documents import DOCUMENTS
from app.web.words.element_templates import ELEMENT_TEMPLATES
from app.web.words.entrance import ENTRANCE
from app.web.words.errors import ERRORS
from app.web.words.frame import FRAME
from app.web.words.list_filters import LIST_FILTERS
from app.web.words.models import MODELS
from app.web.words.notices import NOTICES
from app.web.words.settings import SETTINGS
from app.web.words.simulation import SIMULATION
from app.web.words.start import START
from app.web.words.task import TASK
from app.web.words.tasks import TASKS
from app.web.words.team import TEAM

WORDS: dict[str, Text] = (
    FRAME
    | NOTICES
    | TEAM
    | ENTRANCE
    | TASKS
    | LIST_FILTERS
    | BULK
    | TASK
    | DOCUMENTS
    | SETTINGS
    | CASES
    | START
    | SIMULATION
    | ELEMENT_TEMPLATES
    | MODELS
    | ERRORS
    | DIFFERENCE
    | ADMIN
    | ADMIN_INSTANCE
    | ADMIN_STATISTICS
    | ADMIN_FORECAST
    | ADMIN_CALENDARS
    | ADMIN_CASE_TERMS
    | ADMIN_INSTANCES
    | ADMIN_BATCHES
    | ADMIN_MENDING
    | ADMIN_PEOPLE
    | ADMIN_PERSON
    | ADMIN_PEOPLE_IMPORT
    | ADMIN_SYSTEM
    | ADMIN_SERVICES
    | ADMIN_OVERVIEW
)
