"""How the shapes of a diagram are drawn (BPMN 2.0.2, 7.5 and 10)."""

from app.definitions.drawing import writing
from app.definitions.drawing.glyphs import EVENTS, FULL, GATEWAYS, MARKERS, TASKS, glyph
from app.definitions.drawing.reading import Box, Shape

_BAND = 30
"""The width of the band in which the name of a pool or lane stands."""
_BETWEEN = frozenset({"intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
_THROWING = frozenset({"intermediateThrowEvent", "endEvent"})


def drawn(shape: Shape) -> str:
    """The shape with its sign and its name."""
    if shape.kind.endswith("Event"):
        return _event(shape) + _label(shape)
    if shape.kind.endswith("Gateway"):
        return _gateway(shape) + _label(shape)
    match shape.kind:
        case "participant" | "lane":
            return _frame(shape)
        case "group":
            return _rectangle(shape.box, "line dashed", 10) + _label(shape)
        case "dataObjectReference":
            return _sheet(shape.box) + _label(shape)
        case "dataStoreReference":
            return _store(shape.box) + _label(shape)
        case "textAnnotation":
            box = shape.box
            bracket = f"M{box.x + 10:g} {box.y:g}H{box.x:g}V{box.bottom:g}H{box.x + 10:g}"
            return f'<path class="line" d="{bracket}"/>' + writing.note(shape.name, box)
    return _activity(shape)


def _label(shape: Shape) -> str:
    box, (middle, _) = shape.box, shape.box.middle
    return writing.beside(shape.name, shape.label or Box(middle, box.bottom + 4, 0, 0))


def _event(shape: Shape) -> str:
    (x, y), radius = shape.box.middle, shape.box.width / 2
    kind = " ".join(filter(None, ("thick" if shape.kind == "endEvent" else "", "dashed" if shape.broken else "")))
    rings = [radius, radius - 4] if shape.kind in _BETWEEN else [radius]
    circles = "".join(f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="{max(ring, 1):g}"/>' for ring in rings)
    if shape.event not in EVENTS:
        return circles
    full = shape.event in FULL or (shape.kind in _THROWING and shape.event not in ("timer", "conditional"))
    return circles + glyph(EVENTS[shape.event], x, y, full=full)


def _gateway(shape: Shape) -> str:
    box, (x, y) = shape.box, shape.box.middle
    corners = f"{x:g},{box.y:g} {box.right:g},{y:g} {x:g},{box.bottom:g} {box.x:g},{y:g}"
    sign = GATEWAYS.get(shape.kind)
    return f'<polygon points="{corners}"/>' + (glyph(sign, x, y) if sign else "")


def _frame(shape: Shape) -> str:
    box = shape.box
    outline = _rectangle(box)
    if _is_pool(shape) and not shape.expanded:
        return outline + writing.inside(shape.name, box)
    if shape.upright:
        line = f'<path class="line" d="M{box.x:g} {box.y + _BAND:g}H{box.right:g}"/>' if _is_pool(shape) else ""
        return outline + line + writing.inside(shape.name, Box(box.x, box.y, box.width, _BAND))
    line = f'<path class="line" d="M{box.x + _BAND:g} {box.y:g}V{box.bottom:g}"/>' if _is_pool(shape) else ""
    return outline + line + writing.upright(shape.name, box.x + _BAND / 2, box.middle[1], box.height)


def _is_pool(shape: Shape) -> bool:
    return shape.kind == "participant"


def _activity(shape: Shape) -> str:
    box = shape.box
    kind = " ".join(filter(None, ("thick" if shape.kind == "callActivity" else "", "dotted" if shape.broken else "")))
    parts = [_rectangle(box, kind, 10)]
    if shape.kind == "transaction":
        parts.append(_rectangle(Box(box.x + 4, box.y + 4, box.width - 8, box.height - 8), "line", 8))
    if shape.kind in TASKS:
        parts.append(glyph(TASKS[shape.kind], box.x + 15, box.y + 15, full=shape.kind == "sendTask"))
    parts.append(writing.inside(shape.name, box, at_top=shape.expanded))
    markers = _markers(shape)
    first = box.middle[0] - 9 * (len(markers) - 1)
    parts += [glyph(MARKERS[name], first + 18 * number, box.bottom - 11) for number, name in enumerate(markers)]
    return "".join(parts)


def _markers(shape: Shape) -> list[str]:
    found = [shape.loop] if shape.loop else []
    if shape.kind == "callActivity" or (shape.kind in ("subProcess", "transaction") and not shape.expanded):
        found.append("collapsed")
    return [*found, "adHoc"] if shape.kind == "adHocSubProcess" else found


def _rectangle(box: Box, kind: str = "", round_by: int = 0) -> str:
    marked = f' class="{kind}"' if kind else ""
    width, height = max(box.width, 0), max(box.height, 0)
    return f'<rect{marked} x="{box.x:g}" y="{box.y:g}" width="{width:g}" height="{height:g}" rx="{round_by}"/>'


def _sheet(box: Box) -> str:
    fold = 10
    way = f"M{box.x:g} {box.y:g}H{box.right - fold:g}L{box.right:g} {box.y + fold:g}V{box.bottom:g}H{box.x:g}Z"
    return f'<path d="{way}M{box.right - fold:g} {box.y:g}V{box.y + fold:g}H{box.right:g}"/>'


def _store(box: Box) -> str:
    half, lid = box.width / 2, box.height / 8
    top = f"A{half:g} {lid:g} 0 1 1 {box.right:g} {box.y + lid:g}"
    return (
        f'<path d="M{box.x:g} {box.y + lid:g}{top}V{box.bottom - lid:g}A{half:g} {lid:g} 0 0 1 {box.x:g} '
        f'{box.bottom - lid:g}ZM{box.x:g} {box.y + lid:g}A{half:g} {lid:g} 0 0 0 {box.right:g} {box.y + lid:g}"/>'
    )
