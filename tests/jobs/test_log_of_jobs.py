"""A worker's lines tell the case that each is about, and no other."""

from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from app.jobs import running, worker
from app.store.tables import Instance, Job
from tests.api.models import bpmn
from tests.jobs.conftest import Begin
from tests.logged import Logged, lines

__all__ = ["lines"]
WAITING = bpmn(
    "p",
    '<startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="t"/><intermediateCatchEvent id="t">'
    "<timerEventDefinition><timeDuration>PT0S</timeDuration></timerEventDefinition></intermediateCatchEvent>"
    '<sequenceFlow id="b" sourceRef="t" targetRef="e"/><endEvent id="e"/>',
).encode()


def test_jobs_done_one_after_the_other_each_tell_their_own_case(database: Engine, begin: Begin, lines: Logged) -> None:
    done, fails = begin(WAITING), begin(None, "B-2")
    with Session(database) as session, session.begin():
        session.execute(update(Instance).where(Instance.id == done).values(variables={"applicationNumber": "А-1"}))
        session.execute(update(Job).where(Job.instance_id == fails).values(token=77))
    worker.stopping.clear()  # a worker that ran in this process before has been told to stop
    running.run_job(str(done))
    told = [(one["level"], one["instance"], one["case"]) for one in lines() if one["logger"] == "app.jobs.running"]
    assert told == [("INFO", str(done), "А-1"), ("WARNING", str(fails), "B-2")]
