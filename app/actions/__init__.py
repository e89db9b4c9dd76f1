"""What the service can do: functions named as verbs, the session first. None of them commits, none reads the clock.

`progress.advance` is the only code that moves an instance and writes the result.
"""
