"""A program that plays cases over the API, knowing nothing of a service but the forms that it is shown."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.actions.running import jobs
from app.actions.terms.cases import TERM_EXTENDED
from app.store.tables import EventSubscription, Instance, Job
from tests.api.walk_answers import Choices, Person, Point

PASSWORD = "demo"
MOST_STEPS = 60
MOST_WALKS = 60


@dataclass(frozen=True, slots=True)
class Step:
    """A user task as it was found. process: the key of its definition; rule: name and amount of its term.

    extensions: by what its term was extended, each with its unit.
    """

    process: str
    element: str
    clause: str | None
    role: str
    opened: datetime
    due: datetime | None
    rule: tuple[str, Any] | None
    base: datetime | None
    extensions: tuple[tuple[str, int], ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Walk:
    """One case. variables: of the service's process at its end; instance: of that process."""

    steps: list[Step]
    state: str
    instance: str
    variables: dict[str, Any]


@dataclass(slots=True)
class Place:
    """The application with its people, `<role>.<organisation>` and `admin`."""

    app: Flask
    forms: dict[tuple[str, str], tuple[str, Any]] = field(default_factory=dict)
    processes: dict[str, str] = field(default_factory=dict)
    cases: int = 0

    def ask(self, person: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> TestResponse:
        credentials = base64.b64encode(f"{person}:{PASSWORD}".encode()).decode()
        return self.app.test_client().open(
            path, method=method, json=body, headers={"Authorization": f"Basic {credentials}"}
        )

    def call(self, person: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        answer = self.ask(person, method, path, body)
        assert answer.status_code < 400, f"{method} {path} as {person}: {answer.text}"
        return answer.json if answer.data else None

    def stop_clock(self, now: datetime) -> None:
        self.call("admin", "PUT", "/api/test/clock", {"now": now.isoformat()})

    def process_of(self, definition: str) -> str:
        if definition not in self.processes:
            self.processes[definition] = self.call("admin", "GET", f"/engine-rest/process-definition/{definition}")[
                "key"
            ]
        return self.processes[definition]

    def role_and_form(self, task: Mapping[str, Any]) -> tuple[str, Any]:
        """Of a task's element, asked once; a task of no group is done in the role of the person whose it is."""
        at = task["processDefinitionId"], task["taskDefinitionKey"]
        if at not in self.forms:
            path = f"/engine-rest/task/{task['id']}"
            links = self.call("admin", "GET", f"{path}/identity-links")
            groups = [link["groupId"] for link in links if link["groupId"]]
            (role,) = groups or [task["assignee"].partition(".")[0]]
            self.forms[at] = role, self.call("admin", "GET", f"{path}/deployed-form")
        return self.forms[at]


@dataclass(slots=True)
class Walker:
    """Plays cases of one service of one organisation. known: see `Person`; work: what a person takes for a step."""

    place: Place
    service: str
    tenant: str
    starter: str
    known: Mapping[str, list[str]] = field(default_factory=dict)
    work: timedelta = timedelta(minutes=5)
    now: datetime = field(init=False)
    asked: str = field(init=False)
    """What sets the questions of a case apart from those of the other cases of the service."""

    def __post_init__(self) -> None:
        self.known = {"executor": [f"executor.{self.tenant}"], **self.known}

    def explore(self, begin: datetime) -> list[Walk]:
        """Walks in which each option of each question that came up is chosen at least once, each walk from `begin`.

        Depth first: the last question with an untried option is the next to be answered otherwise.
        """
        answered: dict[Point, set[int]] = {}
        waiting: list[tuple[list[int], Point, int]] = [([], ("", "", ""), 0)]
        walks: list[Walk] = []
        while waiting:
            given, point, option = waiting.pop()
            if option in answered.get(point, ()):
                continue
            assert len(walks) < MOST_WALKS, f"{self.service} has more choices than can be walked: {sorted(answered)}"
            choices = Choices(given, answered)
            walks.append(self.walk(choices, begin))
            waiting += reversed(list(choices.others()))
        return walks

    def walk(self, choices: Choices, begin: datetime) -> Walk:
        self.place.cases += 1
        key = f"{self.service}-{self.place.cases}"
        case = self.begin(begin, key, choices)
        steps = list(self._work(key, choices))
        rows = self.place.call("admin", "GET", f"/engine-rest/history/variable-instance?processInstanceId={case}")
        ended = self.place.call("admin", "GET", f"/engine-rest/history/process-instance/{case}")
        return Walk(steps, ended["state"], case, {row["name"]: row["value"] for row in rows})

    def _set(self, now: datetime) -> None:
        self.now = now
        self.place.stop_clock(now)

    def begin(self, moment: datetime, key: str, choices: Choices) -> str:
        """Start a case at a moment; gives the id of its instance."""
        self._set(moment)
        self.asked = ""
        person = f"{self.starter}.{self.tenant}"
        path = f"/engine-rest/process-definition/key/{self.service}/tenant-id/{self.tenant}"
        form = self.place.call(person, "GET", f"{path}/deployed-start-form")
        variables = Person(self.now, self.known).fill(form, self.service, "", choices)
        body = {"variables": variables, "businessKey": key}
        return str(self.place.call(person, "POST", f"{path}/submit-form", body)["id"])

    def until(self, key: str, element: str, choices: Choices) -> Mapping[str, Any]:
        """Do the tasks of a case, one at a time, up to the first of an element; gives that task, still to be done."""
        while True:
            (task,) = self.place.call("admin", "GET", f"/engine-rest/task?processInstanceBusinessKey={key}")
            if task["taskDefinitionKey"] == element:
                return dict(task)
            self._do(task, choices)

    def _work(self, key: str, choices: Choices) -> Iterator[Step]:
        done = 0
        while True:
            tasks = self.place.call("admin", "GET", f"/engine-rest/task?processInstanceBusinessKey={key}")
            if not tasks and not self._wait(key):
                return
            if tasks and (self._let_pass(key, choices) or self._extend(key, tasks[0], choices)):
                continue
            for task in sorted(
                tasks, key=lambda one: (one["created"], one["taskDefinitionKey"], one["assignee"] or "")
            ):
                done += 1
                assert done <= MOST_STEPS, f"{key} does not come to an end"
                yield self._do(task, choices)

    def _do(self, task: Mapping[str, Any], choices: Choices) -> Step:
        self._set(self.now + self.work)
        path, process = f"/engine-rest/task/{task['id']}", self.place.process_of(task["processDefinitionId"])
        role, form = self.place.role_and_form(task)
        person = task["assignee"] or f"{role}.{self.tenant}"
        deadline = self.place.call(person, "GET", f"/api/tasks/{task['id']}/deadline")
        if task["assignee"] is None:
            self.place.call(person, "POST", f"{path}/claim", {"userId": person})
        variables = Person(self.now, self.known).fill(form, process + self.asked, task["taskDefinitionKey"], choices)
        self.place.call(person, "POST", f"{path}/submit-form", {"variables": variables})
        return Step(
            process=process,
            element=task["taskDefinitionKey"],
            clause=deadline["clause"],
            role=role,
            opened=moment_of(task["created"]),
            due=moment_of(task["due"]) if task["due"] else None,
            rule=(deadline["rule"], deadline["amount"]) if deadline["rule"] else None,
            base=datetime.fromisoformat(deadline["base"]) if deadline["base"] else None,
            extensions=tuple((one["unit"], one["amount"]) for one in deadline["extensions"] or ()),
            explanation=deadline["explanation"]["en"] if deadline["explanation"] else "",
        )

    def _let_pass(self, key: str, choices: Choices) -> bool:
        """Whether people leave their tasks until the timer that runs beside them."""
        with Session(self.place.app.extensions["database"]) as session:
            timer = session.execute(timers_of(key)).first()
        if timer is None:
            return False
        return choices.choose((self.service, timer.key, "left undone"), 2) == 1 and self._wait(key)

    def _extend(self, key: str, task: Mapping[str, Any], choices: Choices) -> bool:
        """Whether who has the task extends the term of the case, where it waits to be told of that."""
        with Session(self.place.app.extensions["database"]) as session:
            wait = session.execute(notices_of(key)).first()
        if wait is None or choices.choose((self.service, wait.key, "extended"), 2) == 0:
            return False
        person, case = f"{self.place.role_and_form(task)[0]}.{self.tenant}", f"/api/cases/{task['processInstanceId']}"
        allowed = self.place.call(person, "GET", f"{case}/deadlines")["allowed"]["extensions"][0]
        ground = {"unit": allowed["unit"], "clause": allowed["clause"], "reason": "Себеп"}
        self.place.call(person, "POST", f"{case}/extend", {"amount": 1, **ground})
        self.asked = "extended"
        return True

    def _wait(self, key: str) -> bool:
        """Let it be the moment of the case's next timer; whether there is one."""
        with Session(self.place.app.extensions["database"]) as session, session.begin():
            timer = session.execute(timers_of(key)).first()
            if timer is None:
                return False
            assert jobs.next_due(session, timer.instance_id, timer.due_at - timedelta(seconds=1)) is None
            due = jobs.next_due(session, timer.instance_id, timer.due_at)
            assert due is not None
            jobs.run(session, *due, timer.due_at)
        self._set(timer.due_at)
        return True


def moment_of(written: str) -> datetime:
    return datetime.strptime(written, "%Y-%m-%dT%H:%M:%S.%f%z")


def timers_of(key: str) -> Select[UUID, str, datetime]:
    """Those of a case, the next one first."""
    of_case = select(Job.instance_id, Job.key, Job.due_at).join(Instance, Instance.id == Job.instance_id)
    return of_case.where(Instance.business_key == key).order_by(Job.due_at)


def notices_of(key: str) -> Select[UUID, str]:
    """The places of a case that wait to be told that its term was extended."""
    of_case = select(EventSubscription.instance_id, EventSubscription.key).join(
        Instance, Instance.id == EventSubscription.instance_id
    )
    return of_case.where(Instance.business_key == key, EventSubscription.name == TERM_EXTENDED).order_by(
        EventSubscription.key
    )
