"""The pages that people work on: HTML from templates, over the same actions as the JSON."""
