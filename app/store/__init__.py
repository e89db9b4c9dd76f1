"""PostgreSQL: `tables` (what is stored), `session` (how a transaction is opened), `queries` (named reads)."""
