"""Automatic layout: diagram interchange for BPMN files that have none, or none that is up to date.

lay_out(source) -> the same file with a fresh diagram. What happens to it, in this order:

reading, groups       the file to plain values (model)      sizes, wording       how large shapes and names are
pools, outline        the order and width of the pools      ranks, dominators, rows        the grid (cells, artifacts)
axis, board           coordinates of cells and frames       field, ports, router, wiring   the ways of the edges
labels, crowd         the places of the names               interchange, splice            the drawing into the file
arrange               puts these steps together, a sub-process at a time, from the inside out
"""

from app.definitions.layout import interchange
from app.definitions.layout.arrange import arrange
from app.definitions.layout.reading import read

__all__ = ["lay_out"]


def lay_out(source: bytes) -> bytes:
    """The same BPMN 2.0 file with a new diagram instead of those that it has; every other byte of it stays.

    Every shape and edge with an id is drawn, sub-processes expanded, and groups around what they were around in the
    diagram before; flows without id get one. The same input gives the same output.
    Raises ModelRejected with the findings if the file is refused (`app.definitions.xml`) or is not BPMN.
    """
    reading = read(source)
    root, text = reading.root, reading.text
    cuts = [text.without(diagram) for diagram in interchange.old(root)]
    cuts += [text.with_id(flow, name) for flow, name in reading.named.items()]
    if reading.plans:
        drawings = [(plan, arrange(plan)) for plan in reading.plans]
        cuts.append(text.at_end(root, interchange.diagrams(root, drawings)))
    return text.cut(cuts)
