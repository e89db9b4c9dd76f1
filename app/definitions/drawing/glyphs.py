"""The signs within events, gateways and tasks (BPMN 2.0.2, 10.3, 10.5 and 10.6), each in a square of 24 around its middle."""

from collections.abc import Mapping

_ENVELOPE = "M-9 -6H9V6H-9Z M-9 -6L0 1L9 -6"
_CROSS = "M-8 0H8M0 -8V8"
_PENTAGON = "M0 -9L9 -2L5 8H-5L-9 -2Z"
EVENTS: Mapping[str, str] = {
    "timer": "M9 0A9 9 0 1 1 -9 0A9 9 0 1 1 9 0M0 -6V0L4 3",
    "message": _ENVELOPE,
    "signal": "M0 -8L8 6H-8Z",
    "conditional": "M-6 -8H6V8H-6ZM-3 -4H3M-3 0H3M-3 4H3",
    "error": "M-8 7L-3 -6L3 4L8 -8L4 8L-3 -1Z",
    "escalation": "M0 -8L6 8L0 2L-6 8Z",
    "compensate": "M-1 -6V6L-9 0ZM8 -6V6L0 0Z",
    "cancel": "M-7 -7L7 7M7 -7L-7 7",
    "link": "M-8 -3H2V-7L9 0L2 7V3H-8Z",
    "multiple": _PENTAGON,
    "terminate": "M9 0A9 9 0 1 1 -9 0A9 9 0 1 1 9 0",
}
GATEWAYS: Mapping[str, str] = {
    "exclusiveGateway": "M-7 -8L7 8M7 -8L-7 8",
    "parallelGateway": "M-10 0H10M0 -10V10",
    "inclusiveGateway": "M11 0A11 11 0 1 1 -11 0A11 11 0 1 1 11 0",
    "complexGateway": "M-10 0H10M0 -10V10M-7 -7L7 7M7 -7L-7 7",
    "eventBasedGateway": "M13 0A13 13 0 1 1 -13 0A13 13 0 1 1 13 0" + _PENTAGON,
}
TASKS: Mapping[str, str] = {
    "userTask": "M3 -5A3 3 0 1 1 -3 -5A3 3 0 1 1 3 -5M-7 7V3Q-7 -1 0 -1Q7 -1 7 3V7Z",
    "manualTask": "M-8 -2L-2 -6H2L0 -3H8V-1H2M8 -1V1H2M7 1V3H2M6 3V5H-6L-8 2Z",
    "serviceTask": "M6 0A6 6 0 1 1 -6 0A6 6 0 1 1 6 0M2 0A2 2 0 1 1 -2 0A2 2 0 1 1 2 0"
    "M0 -9V-6M0 6V9M-9 0H-6M6 0H9M-6 -6L-4 -4M6 6L4 4M6 -6L4 -4M-6 6L-4 4",
    "scriptTask": "M-5 -8H7Q2 -4 5 0Q8 4 3 8H-8Q-3 4 -6 0Q-9 -4 -5 -8M-3 -4H2M-3 0H3M-3 4H3",
    "businessRuleTask": "M-9 -7H9V7H-9ZM-9 -3H9M-9 2H9M-4 -3V7",
    "sendTask": _ENVELOPE,
    "receiveTask": _ENVELOPE,
}
MARKERS: Mapping[str, str] = {
    "parallel": "M-4 -6V6M0 -6V6M4 -6V6",
    "sequential": "M-6 -4H6M-6 0H6M-6 4H6",
    "standard": "M3 5A6 6 0 1 0 -3 5M-7 5H-3V1",
    "collapsed": "M-7 -7H7V7H-7ZM-4 0H4M0 -4V4",
    "adHoc": "M-7 2Q-4 -4 0 0Q4 4 7 -2",
}
FULL = frozenset({"terminate"})
"""Signs that are always full; those of events that throw are as well."""


def glyph(way: str, x: float, y: float, *, full: bool = False) -> str:
    """A sign around a point."""
    kind = "full" if full else "glyph"
    return f'<path class="{kind}" transform="translate({x:g} {y:g})" d="{way}"/>'
