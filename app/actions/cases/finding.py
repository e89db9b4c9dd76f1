"""By which words a case is found, and by whom: kept with its root instance, so that a search reads nothing else."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from app.actions.tasks.opening import APPLICANT_NAMES, NUMBER, words_of
from app.domain.people.case_access import OWN_CASES_ONLY, marks
from app.store.tables import Instance, Task

ID_NUMBERS = ("applicantIdNumber", "legalEntityBin")
"""The variables that hold the IIN of a person or the BIN of a legal entity."""
RESULT_NUMBER = "documentNumber"
"""The variable that holds the number of the document that a case has come to."""
LONGEST = 1_000


def note_words(instance: Instance) -> None:
    """Let a case be found by its numbers, business key, applicant, IIN or BIN as they are now; called processes are not."""
    if instance.root_id != instance.id:
        return
    found = [instance.variables.get(name) for name in (NUMBER, *APPLICANT_NAMES, *ID_NUMBERS, RESULT_NUMBER)]
    texts = [one for one in found if isinstance(one, str | int) and not isinstance(one, bool)]
    words = words_of(instance.business_key, *texts)[:LONGEST] or None
    if instance.words != words:
        instance.words = words


def admit_to_task(session: Session, instance: Instance, task: Task) -> None:
    """Let those who may work a task see its case from now on."""
    admit(session, instance, marks(instance.tenant_id, task.candidate_groups, [*task.candidate_users, task.assignee]))


def admit_worker(session: Session, task: Task) -> None:
    """Let who has taken a task see its case: the members of a group of staff do already."""
    if OWN_CASES_ONLY.issuperset(task.candidate_groups or ()):
        instance = session.get_one(Instance, task.instance_id)
        admit(session, instance, marks(instance.tenant_id, people=[task.assignee, task.owner]))


def admit(session: Session, instance: Instance, viewers: Collection[str]) -> None:
    """Add marks to a case. A called process keeps its own, so that it knows what its root has without reading it."""
    if news := set(viewers).difference(instance.viewers or ()):
        instance.viewers = sorted(news.union(instance.viewers or ()))
        if instance.root_id != instance.id:
            admit(session, session.get_one(Instance, instance.root_id), news)
