"""BPMN 2.0 files: hardened parsing, reading into `app.domain.models.model`, and the findings of a deployment.

read(name, source) -> Model; check(model, surroundings) -> all findings of the file. A model is fit to be
deployed if none of them is an error. The only package that uses lxml.

xml            parsing, with limits             read, survey, activities, events    XML to plain values
supported      what the engine runs             validate, *_rules, inspection       the rules
findings, texts    what a finding says, in Kazakh, Russian and English
decisions      the same for DMN                 layout          diagrams for models that have none
in_language    a diagram with its names in one language      drawing    a diagram as SVG
boxes          where its elements are, and what is beside the flow
"""

from app.definitions.boxes import beside, shapes
from app.definitions.drawing import picture
from app.definitions.findings import Finding, Place, finding
from app.definitions.in_language import in_language, translations
from app.definitions.inspection import ExpressionFault, Surroundings, Versions
from app.definitions.read import Model, read
from app.definitions.validate import check, validate

__all__ = [
    "ExpressionFault",
    "Finding",
    "Model",
    "Place",
    "Surroundings",
    "Versions",
    "beside",
    "check",
    "finding",
    "in_language",
    "picture",
    "read",
    "shapes",
    "translations",
    "validate",
]
