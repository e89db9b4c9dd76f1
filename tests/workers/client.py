"""A worker made with the dialect's own client for Python: python client.py URL TOKEN TOPIC"""

import base64
import json
import sys

from camunda.external_task.external_task import ExternalTask, TaskResult
from camunda.external_task.external_task_worker import ExternalTaskWorker

url, token, topic = sys.argv[1:]
CONFIG = {
    "auth_bearer": {"access_token": token},
    "maxTasks": 5,
    "lockDuration": 60_000,
    "asyncResponseTimeout": 600_000,
    "sleepSeconds": 0.1,
}


def charge(task: ExternalTask) -> TaskResult:
    amount = task.get_variable("amount")
    if amount > 1000:
        return task.bpmn_error("NO_MONEY", "none left", {"left": 0})
    if amount == 13 and task._context["retries"] is None:
        return task.failure("no luck", "at all", 1, 10)
    content = base64.b64encode(task.get_extension_property("currency").encode()).decode()
    given = {
        "whole": 7,
        "large": 2**40,
        "part": 1.5,
        "sure": True,
        "words": "қолма-қол",
        "rows": {"value": json.dumps([{"a": [1]}]), "type": "Json"},
        "nothing": None,
        "moment": {"value": "2026-01-02T03:04:05.000+0000", "type": "Date"},
        "receipt": {"value": content, "type": "File", "valueInfo": {"filename": "a.txt", "mimetype": "text/plain"}},
    }
    return task.complete(given, {"own": 1})


def notify(task: ExternalTask) -> TaskResult:
    named = task.get_variables()
    seen = [named[name] for name in ("whole", "large", "part", "sure", "words", "nothing", "moment", "receipt")]
    return task.complete({"seen": json.dumps([*seen, json.loads(named["rows"])[0]["a"][0]])})


ExternalTaskWorker("python", f"{url}/engine-rest", CONFIG).subscribe(topic, {"charge": charge, "notify": notify}[topic])
