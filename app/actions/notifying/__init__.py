"""What is told outside: letters to people, events to the systems of organisations."""
