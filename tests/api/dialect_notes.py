"""Where operations of the dialect differ here, and why others are missing: by method and path, by method, or by the beginning
of a path."""

from collections.abc import Mapping

NO_BATCHES = "what is asked of many is done at once, never in a batch"
NO_DECISION_HISTORY = "decisions are kept with the step that asked for them, as its variables"
CLEANUP = "ended cases are removed by their time to live alone; see `/api/cleanup`"
PAIRS = "a role is held in an organisation: `/api/organisations/{tenant}/members/{user}/{role}`"
ORGANISATIONS = "organisations come with the acts, each with its calendar"
BYTES = "files and bytes are kept among the variables of the process"
RECORD = "what was written stays as it was"
MISSING: Mapping[str, str] = {
    "/authorization": "rights come from roles",
    "/batch": NO_BATCHES,
    "/decision-definition": NO_DECISION_HISTORY,
    "/decision-requirements-definition": "decisions are found one by one; the `xml` of each is the whole file",
    "POST /execution/{id}/create-incident": "incidents come from failures alone",
    "POST /execution/{id}/localVariables/{varName}/data": BYTES,
    "/external-task/retries-async": NO_BATCHES,
    "/group": PAIRS,
    "/history/batch": NO_BATCHES,
    "/history/cleanup": CLEANUP,
    "/history/decision-definition": NO_DECISION_HISTORY,
    "/history/decision-instance": NO_DECISION_HISTORY,
    "/history/decision-requirements-definition": NO_DECISION_HISTORY,
    "/history/detail": "the last values are in `/history/variable-instance`, changes by people in `/history/user-operation`",
    "/history/identity-link-log": "changes of candidates and assignees by people are in `/history/user-operation`",
    "/history/job-log": "failures of jobs are incidents: `/history/incident`",
    "/history/process-definition": CLEANUP,
    "/history/process-instance": CLEANUP,
    "/history/user-operation": RECORD,
    "/history/variable-instance": RECORD,
    "/incident": RECORD,
    "/job-definition": "jobs are known by their instance and element: `/job`",
    "/job": "a timer is moved with `duedate`, and goes with its instance",
    "/metrics": "nothing is metered; `/history` counts",
    "/migration": NO_BATCHES,
    "/modification": NO_BATCHES,
    "POST /process-definition/{id}/restart-async": NO_BATCHES,
    "/process-instance": NO_BATCHES,
    "PUT /process-instance/{id}/comment": RECORD,
    "DELETE /process-instance/{id}/comment": RECORD,
    "DELETE /process-instance/{id}/comment/{commentId}": RECORD,
    "POST /task/{id}/localVariables/{varName}/data": BYTES,
    "POST /task/create": "every task is of a process",
    "DELETE /task/{id}": "every task is of a process",
    "/task": RECORD,
    "POST /task/{id}/bpmnError": "people decide by the variables that they give",
    "POST /task/{id}/bpmnEscalation": "people decide by the variables that they give",
    "/telemetry/data": "nobody is told how the service is used",
    "/tenant": ORGANISATIONS,
    "PUT /tenant/{id}/user-members/{userId}": PAIRS,
    "DELETE /tenant/{id}/user-members/{userId}": PAIRS,
    "PUT /tenant/{id}/group-members/{groupId}": "all organisations have the same roles",
    "DELETE /tenant/{id}/group-members/{groupId}": "all organisations have the same roles",
}
CHECKED = "what employees give is checked against the form"
NAMES_OF_KK = "the name is the Kazakh one; `/api` has the three"
PROCESS_VARIABLES = "variables of the process; those of a step are under `/execution/{id}/localVariables`"
RENDERED = "written from the form-js form; without files, lists and computed fields"
MOVED = "all or nothing; a repeated activity that does not run begins as a whole; what would leave nothing is refused"
DIFFERENT: Mapping[tuple[str, str], str] = {
    ("GET", "/authorization"): "read only: what everybody may do, designers and administrators",
    ("GET", "/authorization/check"): "of one task, person or organisation too",
    ("GET", "/batch"): "always empty",
    ("GET", "/batch/count"): "always 0",
    ("GET", "/batch/statistics"): "always empty",
    ("GET", "/batch/statistics/count"): "always 0",
    ("GET", "/decision-definition/{id}/diagram"): "always 204",
    ("GET", "/decision-definition/key/{key}/diagram"): "always 204",
    ("GET", "/decision-definition/key/{key}/tenant-id/{tenant-id}/diagram"): "always 204",
    (
        "POST",
        "/deployment/create",
    ): "a refused model is 400 with every finding, by element; forms and decisions are checked too",
    ("GET", "/deployment/registered"): "all deployments",
    (
        "POST",
        "/filter/create",
    ): "kept for oneself; of expressions `${currentUser()}`, `${currentUserGroups()}`, `${now()}`",
    ("GET", "/execution"): "running instances, and the places at which they wait",
    ("GET", "/filter"): "the same filters as on the pages; `itemCount` counts up to 10,000",
    ("POST", "/group/create"): "a role beside those of the regulations, without a type",
    ("GET", "/group"): NAMES_OF_KK,
    ("GET", "/tenant"): NAMES_OF_KK,
    ("GET", "/history/process-definition/{id}/statistics"): "of all instances; `completeScope` counts every end",
    ("GET", "/history/process-instance/report"): "JSON alone",
    ("GET", "/history/task/report"): "JSON alone",
    ("GET", "/history/variable-instance"): "variables of processes, with their last values",
    ("GET", "/process-definition/statistics"): "with the filters, order and page of the list",
    ("GET", "/process-definition/{id}/diagram"): "SVG, drawn from the diagram of the model",
    ("GET", "/process-definition/key/{key}/diagram"): "SVG, drawn from the diagram of the model",
    ("GET", "/process-definition/key/{key}/tenant-id/{tenant-id}/diagram"): "SVG, drawn from the diagram of the model",
    ("GET", "/process-definition/{id}/rendered-form"): RENDERED,
    ("GET", "/task/{id}/rendered-form"): RENDERED,
    (
        "POST",
        "/migration/execute",
    ): "all or none, versions of one process alone; `/api/migrations` does each that can be",
    ("POST", "/migration/generate"): "activities with other ids are found by clause and name; `why` says so",
    ("POST", "/modification/execute"): MOVED,
    (
        "POST",
        "/process-definition/{id}/restart",
    ): "with the variables that it ended with; what people handed in stays behind",
    ("POST", "/process-instance/{id}/modification"): MOVED,
    ("POST", "/process-definition/{id}/start"): CHECKED,
    ("GET", "/process-definition/{id}/form-variables"): "always empty",
    ("GET", "/process-instance/{id}/comment"): "for who may see the case",
    ("GET", "/schema/log"): "the present version alone, for administrators",
    ("GET", "/task/report/candidate-group-count"): "of one's own groups; JSON alone",
    ("GET", "/task/{id}/attachment"): "the documents of its case",
    (
        "POST",
        "/task/{id}/attachment/create",
    ): "files alone, no links: checked as on the pages; the type is what is found in it",
    ("DELETE", "/task/{id}/attachment/{attachmentId}"): "one's own, while the step is open",
    ("POST", "/telemetry/configuration"): "it can be switched off alone",
    ("GET", "/variable-instance"): PROCESS_VARIABLES,
    ("GET", "/version"): "of the dialect: 7.24.0",
}
