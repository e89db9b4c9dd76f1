"""Everything on one machine: the embedded PostgreSQL, the migrations and the supervisor of the processes."""
