"""Background work: each job opens a transaction and calls one action. Jobs run at least once, so each is idempotent."""

from app.jobs import batches, calls, cleanup, documents, figures, notices, outgoing, running, terms

__all__ = ["batches", "calls", "cleanup", "documents", "figures", "notices", "outgoing", "running", "terms"]
