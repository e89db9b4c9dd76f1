"""Proof that a model does what its act says: six checks, without running anything.

audit(target) -> Reports. Nothing here reads a database or a clock.

act and models       folder          what lies where            pairing    which element is which procedure
the state space      net             one graph with its calls   forms, decisions, domains, variables    what variables can be
                     tokens, moves, joins    how tokens move    deciding   conditions, with what is not known left open
                     resting, explore        all states         timing     moments, by events or by a calendar
                     study           one model looked through   paths      on a calendar, from each start to each end
                     unmodelled      constructs that it does not know
the checks           coverage, flows, roles, soundness, results, conflicts
                     of time: limits (beginnings), extensions, duration (the act's total), whole (the sum of the steps)
what is said         findings, texts, wording, command
"""

from app.conformity.audit import Report, audit
from app.conformity.folder import UnknownTarget

__all__ = ["Report", "UnknownTarget", "audit"]
