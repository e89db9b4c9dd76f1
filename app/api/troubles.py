"""What statistics of definitions count beside instances: failed jobs and incidents."""

from collections.abc import Mapping
from typing import Any

from app.actions.models import definition_statistics as statistics
from app.http.transaction import Unit


class Troubles:
    """What is counted beside instances, as far as it was asked for. asked: failedJobs, incidents, rootIncidents,
    incidentsForType."""

    def __init__(self, u: Unit, asked: Mapping[str, Any]) -> None:
        kinds = asked.keys() & {"incidents", "rootIncidents", "incidentsForType"}
        self.only = asked.get("incidentsForType")
        self.failed = statistics.jobs_failed(u.session, u.staffed) if "failedJobs" in asked else {}
        self.incidents = statistics.incidents(u.session, u.staffed) if kinds else {}

    def of(self, definition_id: str, element: str | None) -> dict[str, Any]:
        counted = self.incidents.get((definition_id, element), {})
        return {
            "failedJobs": self.failed.get((definition_id, element), 0),
            "incidents": [
                {"incidentType": kind, "incidentCount": count}
                for kind, count in sorted(counted.items())
                if self.only in (None, kind)
            ],
        }
