"""One task: who has it, what is said of it, and what becomes of it."""
