"""Forms: form-js JSON compiled to a schema that checks a person's data as the browser does.

`compile(source, language)` gives a `Form` or raises `FormRejected`; `Form.load(data, case)` gives clean data or raises
`FormErrors`. The language evaluates the form's expressions and is handed in.
"""

from app.forms.compile import compile
from app.forms.form import Form
from app.forms.localized import localized
from app.forms.model import (
    Case,
    Field,
    FieldError,
    FormErrors,
    FormFinding,
    FormRejected,
    Language,
    Outcome,
    Text,
)

__all__ = [
    "Case",
    "Field",
    "FieldError",
    "Form",
    "FormErrors",
    "FormFinding",
    "FormRejected",
    "Language",
    "Outcome",
    "Text",
    "compile",
    "localized",
]
