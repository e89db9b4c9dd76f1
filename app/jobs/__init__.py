"""Background work: each job opens a transaction and calls one action. Jobs run at least once, so each is idempotent."""

from app.jobs import cleanup, documents, notices, outgoing, running, terms

__all__ = ["cleanup", "documents", "notices", "outgoing", "running", "terms"]
