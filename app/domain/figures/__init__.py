"""What is counted of cases: what became of them, how long they took, and by which periods."""
