"""What JSON and pages have in common: who asks, and one request in one transaction."""
