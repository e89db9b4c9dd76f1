"""The demonstration: a tour through the services over the API, an office full of cases, and who fills their forms."""

from app.demo.tour import DemoFailed, play

__all__ = ["DemoFailed", "play"]
