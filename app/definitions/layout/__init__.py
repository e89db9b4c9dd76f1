"""Automatic layout: diagram interchange for BPMN files that have none, or none that is up to date.

lay_out(source) -> the same file with a fresh diagram. What happens to it, in this order:

reading               the file to plain values (model)      sizes, wording       how large shapes and names are
pools                 the order of the pools                ranks, dominators, rows        the grid (cells)
axis, board           coordinates of cells and frames       field, ports, router, wiring   the ways of the edges
labels, crowd         the places of the names               interchange                    the drawing to XML
arrange               puts these steps together, a sub-process at a time, from the inside out
"""

from lxml import etree

from app.definitions.layout.arrange import arrange
from app.definitions.layout.interchange import clear, write
from app.definitions.layout.reading import read

__all__ = ["lay_out"]


def lay_out(source: bytes) -> bytes:
    """The same BPMN 2.0 file with a new diagram instead of those that it has.

    Every shape and edge with an id is drawn, sub-processes expanded; flows without id get one. The same input gives the
    same output. Raises ModelRejected with the findings if the file is refused (`app.definitions.xml`) or is not BPMN.
    """
    reading = read(source)
    clear(reading.root)
    for plan in reading.plans:
        write(reading.root, plan, arrange(plan))
    return etree.tostring(reading.root.getroottree(), xml_declaration=True, encoding="UTF-8")
