"""What people do to a task before they do it: they claim it, ask, put it aside, hand it on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from app.actions.tasks import delegation, drafts, holding, task_comments, tasks
from app.actions.terms import cases
from app.demo.cast import Cast
from app.demo.papers import OF_STAFF, hand_in
from app.domain.people.access import Actor
from app.store.tables import Task

QUESTIONS = (
    "Жарғының соңғы бетінің көшірмесі бұлыңғыр, өтініш берушіден анық нұсқасын сұрадым.",
    "Заявитель просит прислать ответ на портал, а не по почте. Номер телефона проверен.",
    "Мамандар тізіміндегі екі адамның дипломы басқа ұйымда да көрсетілген, тексеріп жатырмын.",
    "Запрос в филиал отправлен, ответ обещали завтра до обеда.",
    "Материалдық базаның мекенжайы өтініштегі мекенжаймен сәйкес келмейді.",
)
REASONS = (
    "Әділет департаментінің жауабы күтіледі",
    "Ожидается ответ архива на запрос",
    "Өтініш беруші іссапарда, дүйсенбіде келеді",
)
HANDED_ON = ("Тексеріп, пікіріңізді жазыңыз.", "Прошу посмотреть расчёты: это ваш раздел.")
RETURNED = ("Тексердім, ескертуім жоқ.", "Посмотрел: расчёты верны, можно готовить результат.")
PAUSES = {"9": "Аумақтық департаменттің қорытындысы күтіледі", "10": "Өтініш берушімен тыңдау өткізіледі"}
"""By the clause that lets the clock stand still."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A task at a moment. person: who would do it; times: moments of work that follow, the earliest first.

    answers: to its form, by key; files: the folder for documents, None: the database.
    """

    session: Session
    rng: Random
    cast: Cast
    task: Task
    person: Actor
    now: datetime
    times: tuple[datetime, ...]
    answers: Mapping[str, Any]
    files: Path | None


def claim(scene: Scene) -> None:
    if scene.task.assignee is None:
        tasks.claim(scene.session, scene.person, scene.task.id, scene.person.user_id, scene.times[0])


def ask(scene: Scene) -> None:
    claim(scene)
    texts = scene.rng.sample(QUESTIONS, scene.rng.randint(1, 2))
    for text, at in zip(texts, scene.times[1:], strict=False):
        task_comments.add_comment(scene.session, scene.person, scene.task.id, text, at)


def begin(scene: Scene) -> None:
    """Half of the form is filled in."""
    claim(scene)
    half = dict(list(scene.answers.items())[: (len(scene.answers) + 1) // 2])
    drafts.keep(scene.session, scene.person, scene.task.id, half, scene.times[1])


def add_papers(scene: Scene) -> None:
    claim(scene)
    for name, at in zip(scene.rng.sample(OF_STAFF, scene.rng.randint(1, 2)), scene.times[1:], strict=False):
        hand_in(scene.session, scene.person, scene.task.id, name, scene.files, at)


def hold(scene: Scene) -> None:
    """Until a day that is still ahead."""
    claim(scene)
    until = (scene.now + timedelta(days=scene.rng.randint(1, 6))).date() + timedelta(days=1)
    holding.hold(scene.session, scene.person, scene.task.id, until, scene.rng.choice(REASONS), scene.times[1])


def give(scene: Scene) -> None:
    """The head says who does it."""
    heads = scene.cast.holders(["head"])
    if heads and scene.task.assignee is None:
        head = scene.cast.actor(heads[0])
        tasks.assign(scene.session, head, scene.task.id, scene.person.user_id, scene.times[0])


def delegate(scene: Scene) -> Actor | None:
    """To a colleague of the same role, if there is one; gives him."""
    claim(scene)
    others = [one for one in scene.cast.holders(scene.task.candidate_groups or []) if one != scene.task.assignee]
    if not others:
        return None
    other = scene.cast.actor(scene.rng.choice(others))
    task_comments.add_comment(scene.session, scene.person, scene.task.id, scene.rng.choice(HANDED_ON), scene.times[1])
    delegation.delegate(scene.session, scene.person, scene.task.id, other.user_id, scene.times[1])
    return other


def hand_on(scene: Scene) -> None:
    delegate(scene)


def hand_back(scene: Scene) -> None:
    """Delegated, done by the colleague, and back with its owner."""
    other = delegate(scene)
    if other is not None:
        task_comments.add_comment(scene.session, other, scene.task.id, scene.rng.choice(RETURNED), scene.times[2])
        delegation.resolve(scene.session, other, scene.task.id, {}, scene.times[2])


def pause(clause: str) -> Callable[[Scene], None]:
    def paused(scene: Scene) -> None:
        claim(scene)
        cases.pause(scene.session, scene.person, scene.task.instance_id, PAUSES[clause], clause, scene.times[1])

    return paused


TOUCHES: Mapping[str, Callable[[Scene], None]] = {
    "claimed": claim,
    "asked": ask,
    "begun": begin,
    "documented": add_papers,
    "held": hold,
    "given": give,
    "delegated": hand_on,
    "returned": hand_back,
    "paused-9": pause("9"),
    "paused-10": pause("10"),
}
