"""What a case knows of its applicant, as its page shows it."""

from sqlalchemy.orm import Session

from app.actions.forms.form_data import FormReference, form_source, read_form
from app.actions.forms.task_forms import Fact, fact
from app.actions.models.models import Model
from app.domain.models import values
from app.domain.terms.calendar import WorkCalendar
from app.errors import NotFound
from app.store.tables import Definition, Instance


def facts_of(
    session: Session, definition: Definition, model: Model, root: Instance, lang: str, calendar: WorkCalendar
) -> list[Fact]:
    """What the applicant has given, by the labels of the application form, as it is now; files are among the documents."""
    try:
        form = read_form(form_source(session, FormReference.of_start(definition, model.process)))
    except NotFound:
        return []
    marks = root.types or {}
    known = {name: values.recall(value, marks.get(name)) for name, value in root.variables.items()}
    shown = [field for field in form.fields if not (field.hidden or field.type == "filepicker")]
    facts = [fact(field, known.get(field.key), lang, calendar.tz) for field in shown]
    return [one for one in facts if one is not None]
