"""One case as its page shows it, and how it is found."""
