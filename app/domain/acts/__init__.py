"""Legal acts as data: services, procedures, clauses, and the flows that acts repeat."""
