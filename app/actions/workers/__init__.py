"""External tasks: fetched, held, done and given up by programs outside."""
