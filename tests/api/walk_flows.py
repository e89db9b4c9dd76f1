"""Which sequence flows cases have taken, told by the history of their elements."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from app.domain.models.model import Kind, Process
from tests.api.walk import Place


def visits(place: Place, process: str) -> dict[str, list[str]]:
    """By instance of the process, in the order in which they were reached: its elements."""
    query = f"processDefinitionKey={process}&sortBy=occurrence&sortOrder=asc"
    found: dict[str, list[str]] = defaultdict(list)
    rows: list[dict[str, Any]] = place.call("admin", "GET", f"/engine-rest/history/activity-instance?{query}")
    for row in rows:
        found[row["processInstanceId"]].append(row["activityId"])
    return found


def taken(process: Process, reached: Iterable[str]) -> set[str]:
    """The flows of one instance: into an element led the flow whose source was reached last; into a join, all of them."""
    places: dict[str, int] = {}
    flows = set()
    for place, element in enumerate(reached):
        if element not in process.nodes:
            continue
        node = process.nodes[element]
        ways = [process.flows[one] for one in node.incoming if process.flows[one].source in places]
        if node.kind is not Kind.PARALLEL_GATEWAY:
            ways = sorted(ways, key=lambda way: places[way.source])[-1:]
        flows |= {way.id for way in ways}
        places[element] = place
    return flows


def results(process: Process, reached: Iterable[str]) -> list[str]:
    """The results (`law.result`) of the end events of one instance."""
    ends = (process.nodes[element] for element in reached if element in process.nodes)
    return [end.properties.get("law.result", "") for end in ends if end.kind is Kind.END_EVENT and end.parent is None]
