"""Forms: form-js JSON compiled to a schema that checks a person's data as the browser does.

`compile(source)` gives a `Form` or raises `FormRejected`; `Form.load(data)` gives clean data or raises `FormErrors`.
"""

from app.forms.compile import compile
from app.forms.form import Form
from app.forms.model import Field, FieldError, FormErrors, FormFinding, FormRejected, Text

__all__ = ["Field", "FieldError", "Form", "FormErrors", "FormFinding", "FormRejected", "Text", "compile"]
