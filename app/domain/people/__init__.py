"""Who may see and do what, who stands in for whom, and who is told."""
