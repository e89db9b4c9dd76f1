"""The texts of all findings by code, each in Kazakh, Russian and English: what is wrong, and how to mend it."""

from app.definitions.texts.editions import EDITION_TEXTS
from app.definitions.texts.events import EVENT_TEXTS
from app.definitions.texts.file import FILE_TEXTS
from app.definitions.texts.flow import FLOW_TEXTS
from app.definitions.texts.steps import STEP_TEXTS
from app.definitions.texts.terms import TERM_TEXTS
from app.definitions.texts.text import ERROR, WARNING, Text

TEXTS: dict[str, Text] = FILE_TEXTS | FLOW_TEXTS | EVENT_TEXTS | STEP_TEXTS | TERM_TEXTS | EDITION_TEXTS

__all__ = ["ERROR", "TEXTS", "WARNING", "Text"]
