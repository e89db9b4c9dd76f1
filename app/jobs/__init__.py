"""Background work: each job opens a transaction and calls one action. Jobs run at least once, so each is idempotent."""

from app.jobs import calls, documents, notices, running, terms

__all__ = ["calls", "documents", "notices", "running", "terms"]
