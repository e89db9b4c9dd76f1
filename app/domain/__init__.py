"""Plain Python: values and pure functions. Time is an argument; nothing here knows of Flask, SQL or XML."""
