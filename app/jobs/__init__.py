"""Background work: each job opens a transaction and calls one action. Jobs run at least once, so each is idempotent."""

from app.jobs import documents, notices, running, terms

__all__ = ["documents", "notices", "running", "terms"]
