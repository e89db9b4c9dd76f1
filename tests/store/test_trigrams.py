"""What the text search of the task list stands on."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def test_kazakh_words_have_trigrams_to_be_found_by(session: Session) -> None:
    assert session.scalar(text("SELECT array_length(show_trgm('қала'), 1)")) == 5
    assert session.scalar(text("SELECT 'Қала' ILIKE 'қАЛа'")) is True
