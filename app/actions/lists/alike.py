"""Tasks that are decided alike: the same step, the same form, and nothing in the cases by which the form would differ.

Where the forms show that something else was chosen or prepared in the cases (a licence here, a refusal there), the tasks are
parted by it, and each part is decided by itself: nobody signs two kinds of documents with one signature.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import forms
from app.actions.forms.decision_fields import is_signed
from app.actions.forms.form_context import provided
from app.actions.forms.form_data import FormReference, form_source, read_form
from app.actions.forms.task_forms import Fact, fact, is_shown, to_fill_in
from app.actions.lists import worklist
from app.actions.models.models import model_of, models_of
from app.actions.models.naming import step_name
from app.actions.terms.calendars import calendars_of
from app.domain.models import values
from app.domain.people.access import Actor
from app.domain.refusals import of
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import Conflict
from app.store.tables import Definition, Instance, Task

K = TypeVar("K", bound=Hashable)
NAMED = 10
"""How many tasks a refusal names."""
DIFFERENT_STEPS = Text(
    "Бірдей шешу үшін бір қадамның тапсырмаларын таңдаңыз: қазір таңдалғандары әртүрлі қадамнан.",
    "Решить одинаково можно задачи одного шага, а выбраны разные.",
    "Only tasks of the same step can be decided alike; the chosen ones are of different steps.",
)
DIFFERENT_FORMS = Text(
    "Таңдалған тапсырмалардың формалары әртүрлі: оларды жеке-жеке шешіңіз.",
    "У выбранных задач разные формы: решите их по одной.",
    "The chosen tasks have different forms: decide them one by one.",
)
DIFFERENT_CASES = Text(
    "Форма істің деректеріне байланысты, ал олар таңдалған тапсырмаларда әртүрлі: жеке-жеке шешіңіз.",
    "Форма зависит от данных дела, а они у выбранных задач разные: решите их по одной.",
    "The form depends on the data of the case, which differ: decide these tasks one by one.",
)
CHANGED = Text(
    "Осы арада істерде басқа нәрсе дайындалды: таңдалғандарды қайта қарап шығыңыз.",
    "В делах тем временем подготовлено другое: просмотрите выбранные задачи ещё раз.",
    "Something else has been prepared in the cases meanwhile: look at the chosen tasks again.",
)
THESE_DIFFER = Text(" Өзгелерден бөлек: {tasks}.", " Отличаются: {tasks}.", " These differ: {tasks}.")
AND_MORE = Text("тағы {n}", "ещё {n}", "{n} more")


@dataclass(frozen=True, slots=True)
class Matter:
    """Tasks in whose cases the same was chosen and prepared.

    key: by which it is known again; prepared: what that is, in the words of the form. facts: what the form shows beside
    it, by task.
    """

    key: str
    prepared: list[Fact]
    tasks: list[Task]
    facts: dict[UUID, list[Fact]]


@dataclass(frozen=True, slots=True)
class Alike:
    """What is asked once for all. schema: form-js JSON in one language, None without a form; data: what the cases agree on.

    signing: whether the form is signed. matters: the parts of the tasks, the largest first.
    """

    step: Text
    schema: dict[str, Any] | None
    data: dict[str, Any]
    signing: bool
    matters: list[Matter]


def alike(session: Session, actor: Actor, tasks: Sequence[Task], lang: str) -> Alike:
    """The one form of these tasks, at least one; without its data where there are several matters.

    Raises Conflict where they cannot be decided alike; FormRejected.
    """
    source = _source(session, tasks)
    step = step_name(model_of(session, tasks[0].definition_id).node(tasks[0].element))
    if source is None:
        return Alike(step, None, {}, signing=False, matters=[Matter("", [], list(tasks), {})])
    form, cases = read_form(source), _cases(session, tasks)
    matters = _matters(session, form, tasks, cases, lang)
    agreed = {} if len(matters) > 1 else _agreed(form, tasks, cases) | _provided(session, form, actor, tasks)
    return Alike(step, to_fill_in(source, lang), agreed, is_signed(form), matters)


def require_matter(session: Session, tasks: Sequence[Task], key: str) -> None:
    """Raises Conflict if not all of the tasks are of the matter that was looked at."""
    if not tasks:
        return
    source = _source(session, tasks)
    found = {""} if source is None else set(_keys(read_form(source), tasks, _cases(session, tasks)).values())
    if found != {key}:
        raise of(Conflict, CHANGED)


def _source(session: Session, tasks: Sequence[Task]) -> bytes | None:
    """The form of their one step."""
    ids = {task.definition_id for task in tasks}
    found = {one.id: one for one in session.scalars(select(Definition).where(Definition.id.in_(ids)))}
    models = models_of(session, ids)

    def with_step(task: Task, lang: str) -> str:
        return f"{_called(task, lang)} – „{step_name(models[task.definition_id].node(task.element)).get(lang)}“"

    _require_one(tasks, lambda task: (task.element, found[task.definition_id].key), DIFFERENT_STEPS, with_step)
    sources = {one.id: _form(session, one, tasks[0].element) for one in found.values()}
    _require_one(tasks, lambda task: sources[task.definition_id], DIFFERENT_FORMS)
    return sources[tasks[0].definition_id]


def _form(session: Session, definition: Definition, element: str) -> bytes | None:
    asked = model_of(session, definition.id).node(element).user_task
    if asked is None or asked.form_ref is None:
        return None
    return form_source(session, FormReference.of_task(definition, asked))


def _cases(session: Session, tasks: Iterable[Task]) -> dict[UUID, Instance]:
    found = session.scalars(select(Instance).where(Instance.id.in_({task.instance_id for task in tasks})))
    return {one.id: one for one in found}


def _keys(form: forms.Form, tasks: Iterable[Task], cases: Mapping[UUID, Instance]) -> dict[UUID, str]:
    """By task, what was chosen in its case among the choices that the form shows."""
    names = [field.key for field in form.fields if _prepared(field)]
    given = {task.id: cases[task.instance_id].variables for task in tasks}
    return {one: orjson.dumps([known.get(name) for name in names]).decode() for one, known in given.items()}


def _prepared(field: forms.Field) -> bool:
    return is_shown(field) and bool(field.choices)


def _matters(
    session: Session, form: forms.Form, tasks: Sequence[Task], cases: Mapping[UUID, Instance], lang: str
) -> list[Matter]:
    calendars, keys = calendars_of(session, {task.tenant_id for task in tasks}), _keys(form, tasks, cases)
    shown = [field for field in form.fields if is_shown(field)]

    def facts(task: Task, *, prepared: bool) -> list[Fact]:
        case, zone = cases[task.instance_id], calendars[task.tenant_id].tz
        marks = case.types or {}
        known = {name: values.recall(value, marks.get(name)) for name, value in case.variables.items()}
        found = (fact(one, known.get(one.key), lang, zone) for one in shown if _prepared(one) is prepared)
        return [one for one in found if one is not None]

    return [
        Matter(key, facts(found[0], prepared=True), found, {one.id: facts(one, prepared=False) for one in found})
        for key, found in _parted(tasks, lambda task: keys[task.id])
    ]


def _provided(session: Session, form: forms.Form, actor: Actor, tasks: Sequence[Task]) -> dict[str, Any]:
    """What the form reads beside the cases. Raises Conflict where that differs from organisation to organisation."""
    given = {one: provided(session, form, actor, one) for one in {task.tenant_id for task in tasks}}
    _require_one(tasks, lambda task: orjson.dumps(given[task.tenant_id]), DIFFERENT_CASES)
    return given[tasks[0].tenant_id]


def _agreed(form: forms.Form, tasks: Sequence[Task], cases: Mapping[UUID, Instance]) -> dict[str, Any]:
    """The values that are the same in all cases. What is asked for may differ, and is then left open."""
    asked = {field.key.partition(".")[0] for field in form.fields if not is_shown(field)}
    shown = {field.key.partition(".")[0] for field in form.fields if not _prepared(field)} - asked
    names = sorted(form.variables - shown)

    def of_case(task: Task, names: Iterable[str]) -> bytes:
        known = cases[task.instance_id].variables
        return orjson.dumps([(name, known[name]) for name in names if name in known])

    _require_one(tasks, lambda task: of_case(task, (name for name in names if name not in asked)), DIFFERENT_CASES)
    first = cases[tasks[0].instance_id].variables
    return {name: first[name] for name in names if name in first and _one(of_case(task, [name]) for task in tasks)}


def _one(found: Iterable[Any]) -> bool:
    return len(set(found)) == 1


def _parted(tasks: Iterable[Task], by: Callable[[Task], K]) -> list[tuple[K, list[Task]]]:
    """The tasks that have the same, the most of them first."""
    found: dict[K, list[Task]] = {}
    for task in tasks:
        found.setdefault(by(task), []).append(task)
    return sorted(found.items(), key=lambda one: -len(one[1]))


def _called(task: Task, _lang: str) -> str:
    return worklist.number_of(task) or task.applicant or str(task.name)


def _require_one(
    tasks: Sequence[Task],
    by: Callable[[Task], Hashable],
    otherwise: Text,
    called: Callable[[Task, str], str] = _called,
) -> None:
    """Raises Conflict, in the words given and with the names of the fewer, where not all have the same."""
    others = [task for _, found in _parted(tasks, by)[1:] for task in found]
    if others:
        words = {lang: otherwise.get(lang) + _naming(others, lang, called) for lang in LANGUAGES}
        raise Conflict(words["en"], words=words)


def _naming(tasks: Sequence[Task], lang: str, called: Callable[[Task, str], str]) -> str:
    names = [called(task, lang) for task in tasks[:NAMED]]
    rest = [AND_MORE.get(lang).format(n=len(tasks) - NAMED)] if len(tasks) > NAMED else []
    return THESE_DIFFER.get(lang).format(tasks=", ".join(names + rest))
