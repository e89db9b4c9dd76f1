"""What admins look at: instances found, counted where they stand, and one of them in all its parts."""
