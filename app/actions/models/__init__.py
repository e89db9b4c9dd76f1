"""What is deployed, and what it is called."""
