"""What administrators look at: instances found, counted where they stand, one of them in all its parts; a case as an archive."""
