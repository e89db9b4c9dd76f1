"""The installation itself: workers, queue, database, what is beside it, and what of it needs somebody today."""
