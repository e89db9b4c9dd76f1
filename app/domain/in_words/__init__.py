"""Deadlines, days and acts upon a case as sentences: Kazakh, Russian, English."""
