"""Figures: what became of cases and steps, kept up as it happens, and shown as those need it who answer for the work."""
