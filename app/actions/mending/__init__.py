"""What administrators do to one instance or to many, each time for a reason that is kept with it."""
