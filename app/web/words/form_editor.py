"""What the form-js editor says by itself, by its English words."""

from app.domain.terms.calendar import Text

FORM_EDITOR: dict[str, Text] = {}
