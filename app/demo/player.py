"""One case of the demonstration's office, played from its application to where its plan leaves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.forms.form_data import FormReference, form_source
from app.actions.models.editions import version_for
from app.actions.models.models import model_of
from app.actions.running import jobs
from app.actions.running.instances import submit_start_form
from app.actions.tasks import completion, tasks
from app.actions.tasks.four_eyes import barred
from app.actions.terms.calendars import calendar_of
from app.demo.answers import Answers, colleagues
from app.demo.applicants import Applicant, draw
from app.demo.cast import Cast
from app.demo.papers import OF_APPLICANTS, hand_in
from app.demo.plans import Plan
from app.demo.touches import TOUCHES, Scene
from app.domain.models.values import Variable, infer
from app.domain.people.access import Actor
from app.domain.terms import deadlines
from app.store import queries
from app.store.tables import Definition, Instance, Job, Task
from app.store.trees import members

MOST_STEPS = 40
PACE: Mapping[str, tuple[int, int]] = {
    "applicant": (1, 5),
    "clerk": (3, 16),
    "head": (10, 90),
    "unit_head": (6, 60),
    "corporation_operator": (3, 15),
}
"""Between how many minutes of work a role takes for a step."""
QUICK, SLOW = (20, 120), (60, 700)
"""The same of executors and all other roles."""
STARTERS = {"office": "clerk", "state_corporation": "corporation_operator"}
CHANNELS = ("portal", "portal", "office", "state_corporation")


@dataclass(slots=True)
class Play:
    """One case while it is played. at: how far its time has come; now: further than that it does not come.

    files: the folder for documents, None: the database.
    """

    session: Session
    plan: Plan
    key: str
    tenant: str
    now: datetime
    rng: Random
    at: datetime
    files: Path | None = None
    cast: Cast = field(init=False)
    applicant: Applicant = field(init=False)
    root: Instance = field(init=False)
    timer: Job | None = None
    """The next of the case, as `_next` has found it."""
    steps: int = 0

    def through(self) -> None:
        """From the application to where it is left, or to its end."""
        self.cast = Cast(self.session, self.tenant, self.rng)
        self._begin()
        while self.steps < MOST_STEPS:
            task = self._next()
            if task is None:
                return
            if self._is_left_at(task):
                self._touch(task)
                return
            if not self._do(task):
                return

    def _begin(self) -> None:
        newest = queries.latest_definition(self.session, self.plan.service, self.tenant)
        assert newest is not None
        definition = version_for(self.session, newest, self.tenant, self.at)
        process = model_of(self.session, definition.id).process
        form = _form(self.session, FormReference.of_start(definition, process))
        self.applicant = draw(self.rng, person=_asks_a_person(form))
        given = self._answers({**self._of_applicant(), **self._complaint()}).to(form, {})
        actor = self.cast.one_of([STARTERS.get(given.get("channel", ""), "applicant")])
        given |= self._documents(form, actor)
        self.root = submit_start_form(
            self.session, actor, definition, _typed(given), self.at, business_key=self.key, tenant=self.tenant
        )
        self.session.flush()

    def _next(self) -> Task | None:
        """The task to be done next, once what a timer waits for has come; None: the case has ended or waits on."""
        while True:
            found = self._open()
            timer = self.timer = self._timer()
            if timer is None or timer.due_at > (self.at if found else self.now):
                return found
            self._fire(timer)

    def _open(self) -> Task | None:
        tree = members([self.root.id])
        query = select(Task).join(tree, tree.c.id == Task.instance_id).where(Task.ended_at.is_(None))
        return self.session.scalars(query.order_by(Task.created_at, Task.element, Task.assignee).limit(1)).first()

    def _timer(self) -> Job | None:
        tree = members([self.root.id])
        query = select(Job).join(tree, tree.c.id == Job.instance_id)
        return self.session.scalars(query.order_by(Job.due_at).limit(1)).first()

    def _is_left_at(self, task: Task) -> bool:
        stop = self.plan.fate.stop
        if stop is None:
            return False
        beginning = stop.endswith("-") and task.element.startswith(stop)
        return beginning or stop == task.element or stop in (task.candidate_groups or ())

    def _worker(self, task: Task) -> Actor:
        if task.assignee is not None:
            return self.cast.actor(task.assignee)
        kept_out = barred(self.session, task, self.session.get_one(Instance, task.instance_id))
        return self.cast.one_of(task.candidate_groups or [], kept_out)

    def _do(self, task: Task) -> bool:
        """Whether there was time for it before now; the rest is left as it is."""
        self.steps += 1
        person = self._worker(task)
        taken = self._later(*self._pace(task))
        if taken > self.now:
            self._touch_lightly(task, person)
            return False
        if self._fired_by(taken):
            return True
        claimed = self.at + (taken - self.at) * self.rng.uniform(0.1, 0.6)
        if task.assignee is None:
            tasks.claim(self.session, person, task.id, person.user_id, claimed)
        self.at = taken
        given = self._given(task, person)
        completion.submit_form(self.session, person, task.id, _typed(given), self.at)
        self.session.flush()
        return True

    def _given(self, task: Task, person: Actor) -> dict[str, Any]:
        """What the person answers to the form of the task."""
        definition = self.session.get_one(Definition, task.definition_id)
        form = _form(self.session, FormReference.of_task(definition, tasks.user_task(self.session, task)))
        known = self.session.get_one(Instance, task.instance_id).variables
        offered = colleagues(form, lambda role: self.cast.holders([role]))
        return self._answers(self._of_people(person)).to(form, {**known, **offered})

    def _pace(self, task: Task) -> tuple[int, int]:
        """Between how many minutes of work the step takes; what is still under way has had quick people."""
        found = PACE.get(_role(task)) or (SLOW if self.plan.fate.stop is None else QUICK)
        least, most = (max(round(minutes * self.plan.fate.slow), 1) for minutes in found)
        return least, most

    def _fired_by(self, moment: datetime) -> bool:
        """Whether a timer that runs beside the task comes first."""
        if self.timer is None or self.timer.due_at > moment:
            return False
        self._fire(self.timer)
        return True

    def _fire(self, timer: Job) -> None:
        self.at = max(self.at, timer.due_at)
        due = jobs.next_due(self.session, timer.instance_id, self.at)
        assert due is not None
        jobs.run(self.session, *due, self.at)
        self.session.flush()

    def _touch_lightly(self, task: Task, person: Actor) -> None:
        """Somebody may have taken what is not done yet."""
        claimed = self._later(2, 9)
        if claimed <= self.now and task.assignee is None and self.rng.random() < 0.6:
            tasks.claim(self.session, person, task.id, person.user_id, claimed)

    def _touch(self, task: Task) -> None:
        """What became of the task where the case is left; then the timers that ran beside it until now."""
        person, times = self._worker(task), []
        for to_come in (3, 2, 1):
            self.at = min(self._later(1, 9), self.at + (self.now - self.at) / (to_come + 1))
            times.append(self.at)
        if self.plan.fate.touch is not None:
            given = self._given(task, person)
            scene = Scene(self.session, self.rng, self.cast, task, person, self.now, tuple(times), given, self.files)
            TOUCHES[self.plan.fate.touch](scene)
            self.session.flush()
        while (timer := self._timer()) is not None and timer.due_at <= self.now:
            self._fire(timer)

    def _later(self, least: int, most: int) -> datetime:
        """A moment of work so many minutes of work after the last."""
        moment = deadlines.minutes(calendar_of(self.session, self.tenant), self.rng.randint(least, most), self.at)
        return moment.astimezone(UTC) + timedelta(seconds=self.rng.randrange(1, 50))

    def _documents(self, form: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        """Copies for the fields that take files."""
        fields = [one["key"] for one in form["components"] if one["type"] == "filepicker"]
        names = {field: self.rng.sample(OF_APPLICANTS, self.rng.randint(1, 3)) for field in fields}
        return {
            field: [str(hand_in(self.session, actor, None, name, self.files, self.at)) for name in of_field]
            for field, of_field in names.items()
        }

    def _answers(self, texts: Mapping[str, str]) -> Answers:
        numbers = dict.fromkeys(("iin", "bin", "iin-or-bin"), self.applicant.number)
        return Answers(self.at, self._choose, texts, numbers, timedelta(days=self.steps))

    def _choose(self, key: str, options: Sequence[Any]) -> Sequence[Any]:
        wanted = self.plan.fate.answers.get(key, ())
        wanted = [one for one in options if one == wanted or (isinstance(wanted, tuple) and one in wanted)]
        if wanted:
            return wanted[:1]
        if key == "channel":
            return [self.rng.choice([one for one in CHANNELS if one in options] or options)]
        if key in ("deliveryChannel", "executor"):
            return [self.rng.choice(options)]
        if key == "commissionMembers":
            return options[:3]
        if key == "vote" and self.rng.random() < 0.1:
            return ["against"]
        return options[:1]

    def _of_applicant(self) -> dict[str, str]:
        one = self.applicant
        return {
            "applicantName": one.name,
            "applicantAddress": one.address,
            "legalEntityName": one.name,
            "legalEntityAddress": one.address,
            "legalEntityPhone": one.phone,
            "applicantSignatoryName": one.signatory,
        }

    def _of_people(self, person: Actor) -> dict[str, str]:
        name = self.cast.name(person.user_id)
        return {
            "operatorName": name,
            "recipientName": self.applicant.signatory,
        }

    def _complaint(self) -> dict[str, str]:
        """The number of an earlier case of the organisation, whose applicant complains."""
        if self.plan.service != "service-complaint":
            return {}
        earlier = self.session.scalars(
            select(Instance)
            .where(
                Instance.tenant_id == self.tenant,
                Instance.super_id.is_(None),
                Instance.definition_key != self.plan.service,
                Instance.variables.has_key("applicationNumber"),  # noqa: W601 - an operator of jsonb
            )
            .order_by(Instance.started_at, Instance.id)
            .limit(50)
        ).all()
        if not earlier:
            return {}
        known = self.rng.choice(earlier).variables
        number, name = (known.get(one) for one in ("applicantIdNumber", "applicantName"))
        self.applicant = Applicant(
            name or known["legalEntityName"],
            number or known["legalEntityBin"],
            known.get("applicantAddress") or self.applicant.address,
            self.applicant.phone,
            self.applicant.signatory,
        )
        return {**self._of_applicant(), "complaintCaseNumber": known["applicationNumber"]}


def _role(task: Task) -> str:
    return next(iter(task.candidate_groups or ()), "applicant")


def _form(session: Session, reference: FormReference) -> dict[str, Any]:
    """The form-js JSON, read once."""
    kept: dict[Any, dict[str, Any]] = session.info.setdefault("forms of the office", {})
    name = reference.definition.id, reference.key
    if name not in kept:
        kept[name] = orjson.loads(form_source(session, reference))
    return kept[name]


def _asks_a_person(form: Mapping[str, Any]) -> bool:
    return any(one.get("properties", {}).get("format") == "iin" for one in form["components"])


def _typed(given: Mapping[str, Any]) -> dict[str, Variable]:
    return {key: Variable(value, infer(value)) for key, value in given.items()}
