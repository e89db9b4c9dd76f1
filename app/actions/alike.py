"""Tasks that are decided alike: the same step, the same form, and nothing in the cases by which the form would differ."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import forms
from app.actions.form_data import FormReference, form_source, read_form
from app.actions.models import model_of, models_of
from app.actions.naming import step_name
from app.domain.calendar import Text
from app.domain.refusals import of
from app.errors import Conflict
from app.store.tables import Definition, Instance, Task

T = TypeVar("T")
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
SIGNED = "Signature"
"""How the keys of fields end by which a person signs."""


@dataclass(frozen=True, slots=True)
class Alike:
    """What is asked once for all. schema: form-js JSON in one language, None without a form; data: what the cases agree on.

    signing: whether the form is signed.
    """

    step: Text
    schema: dict[str, Any] | None
    data: dict[str, Any]
    signing: bool


def alike(session: Session, tasks: Sequence[Task], lang: str) -> Alike:
    """The one form of these tasks, at least one. Raises Conflict where they cannot be decided alike; FormRejected."""
    ids = {task.definition_id for task in tasks}
    element = _only({task.element for task in tasks}, DIFFERENT_STEPS)
    definitions = session.scalars(select(Definition).where(Definition.id.in_(ids))).all()
    _only({definition.key for definition in definitions}, DIFFERENT_STEPS)
    models_of(session, ids)
    sources = {_source(session, definition, element) for definition in definitions}
    source, step = _only(sources, DIFFERENT_FORMS), step_name(model_of(session, tasks[0].definition_id).node(element))
    if source is None:
        return Alike(step, None, {}, signing=False)
    form = read_form(source)
    shown = {field.component_id for field in form.fields if field.disabled or field.readonly}
    asked = {field.key.partition(".")[0] for field in form.fields if field.component_id not in shown}
    shown_keys = {field.key.partition(".")[0] for field in form.fields} - asked
    return Alike(
        step=step,
        schema=forms.localized(source, lang, without=shown),
        data=_agreed(session, tasks, form.variables - shown_keys, asked),
        signing=any(key.endswith(SIGNED) for key in asked),
    )


def _source(session: Session, definition: Definition, element: str) -> bytes | None:
    asked = model_of(session, definition.id).node(element).user_task
    if asked is None or asked.form_ref is None:
        return None
    return form_source(session, FormReference.of_task(definition, asked))


def _agreed(session: Session, tasks: Sequence[Task], names: Collection[str], asked: Collection[str]) -> dict[str, Any]:
    """The values that are the same in all cases. What is asked for may differ, and is then left open."""
    instances = session.scalars(select(Instance).where(Instance.id.in_({task.instance_id for task in tasks}))).all()
    first, *others = (instance.variables for instance in instances)
    differing = {name for name in names if any(one.get(name) != first.get(name) for one in others)}
    if differing - set(asked):
        raise of(Conflict, DIFFERENT_CASES)
    return {name: first[name] for name in names if name in first and name not in differing}


def _only(found: Collection[T], otherwise: Text) -> T:
    """The only one. Raises Conflict, in the words given, for several."""
    if len(found) != 1:
        raise of(Conflict, otherwise)
    return next(iter(found))
