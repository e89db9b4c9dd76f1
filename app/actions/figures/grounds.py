"""What the grounds of refusals are called: those that an act lists by its names, others as they were written."""

from app.actions.models.services import described
from app.domain.figures.outcomes import INCOMPLETE
from app.domain.terms.calendar import LANGUAGES, Text

DOCUMENTS = Text("құжаттар толық емес", "неполный пакет документов", "the documents are incomplete")


def ground_name(service: str, ground: str | None) -> Text | None:
    """None: there is no ground, it is told in the text of the refusal alone."""
    if ground is None:
        return None
    known = described(service)
    listed = () if known is None else known["refusalGrounds"]
    for one in listed:
        if one["key"] == ground:
            return Text(*(f"{one['clause']}: {one['names'][lang] or one['names']['kk']}" for lang in LANGUAGES))
    return DOCUMENTS if ground == INCOMPLETE else Text(ground, ground, ground)
