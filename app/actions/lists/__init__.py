"""The lists that people work on, and the same done to many tasks."""
