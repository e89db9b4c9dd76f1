"""Proof that a model does what its act says: six checks, without running anything.

audit(target) -> Reports. Nothing here reads a database or a clock.

act and models       folder          what lies where            pairing    which element is which procedure
the state space      net             one graph with its calls   forms, domains, variables    what variables can be
                     tokens, moves, joins    how tokens move    deciding   conditions, with what is not known left open
                     resting, explore        all states         timing     moments, by events or by a calendar
the checks           coverage, roles, limits (beginnings) and duration, soundness, results, conflicts
what is said         findings, texts, wording, command
"""

from app.conformity.audit import Report, audit
from app.conformity.folder import UnknownTarget

__all__ = ["Report", "UnknownTarget", "audit"]
