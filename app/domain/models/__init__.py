"""Process and decision models as plain values."""
