"""A letter: what a notice says, in the language of who gets it. It names the case by its number, never the applicant: what a
letter holds has left the house."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.models.models import model_of
from app.actions.models.naming import service_title, step_name
from app.actions.tasks.opening import NUMBER
from app.actions.terms.calendars import calendar_of
from app.actions.terms.moved_terms import change_for
from app.domain.in_words.days_in_words import moment_in_words
from app.domain.in_words.grammar import agreeing
from app.domain.in_words.notice_wording import SAID
from app.domain.people.mail import Wishes
from app.domain.people.notices import OF_ABSENCES, OF_TEAMS, Kind
from app.domain.terms.calendar import Text
from app.errors import NotFound
from app.mail import Letter
from app.store.tables import Absence, Delivery, Instance, Task, User

STEP = Text("Қадам: {step}", "Шаг: {step}", "Step: {step}")
DUE = Text("Мерзімі: {moment}", "Срок: {moment}", "Due: {moment}")
CASE = Text("Іс: № {number}, {service}", "Дело: № {number}, {service}", "Case: no. {number}, {service}")
ABSENT = Text(
    "Жұмыста болмайды: {name}, {first} – {last}",
    "Отсутствует: {name}, {first} – {last}",
    "Away: {name}, {first} – {last}",
)
MOVED_TERMS = Text(
    "Жылжыған мерзім: {n}",
    "Сдвинулся {n} срок|Сдвинулось {n} срока|Сдвинулось {n} сроков",
    "{n} term moved|{n} terms moved",
)
BECAUSE = Text("Себебі: {reason}", "Причина: {reason}", "Because: {reason}")
FOR = Text("Кімнің орнына: {name}", "За кого: {name}", "In the place of {name}")
WHY = Text(
    "Қандай хаттар келетінін баптауларда таңдайсыз: {link}",
    "Какие письма приходят, вы выбираете в настройках: {link}",
    "You choose in the settings which letters come: {link}",
)
DAY = "%d.%m.%Y"


def letter(session: Session, delivery: Delivery, url: str) -> Letter:
    """url: where the pages begin. Raises NotFound where there is nobody to write to, or nothing to write of, any more."""
    person = session.get(User, delivery.receiver)
    if person is None or not person.email:
        raise NotFound("the person is gone or has no address any more")
    kind, lang = Kind(delivery.event), Wishes.of(person.mail).language
    said = _of_absence if kind in OF_ABSENCES else _of_calendar if kind is Kind.CALENDAR else _of_task
    lines, link = said(session, delivery, kind, lang)
    why = WHY.get(lang).format(link=f"{url}/settings#mail")
    text = "\n".join([SAID[kind].get(lang), "", *lines, "", url + link, "", "-- ", why, ""])
    subject = ": ".join([SAID[kind].get(lang), *lines[:1]])
    return Letter(delivery.id, person.email, person.full_name, subject, text, lang, delivery.created_at)


def _of_absence(session: Session, delivery: Delivery, _kind: Kind, lang: str) -> tuple[list[str], str]:
    absence = session.get(Absence, UUID(delivery.about["id"]))
    if absence is None:
        raise NotFound("the absence is gone")
    name = session.get_one(User, absence.user_id).full_name
    days = {"first": absence.first_day.strftime(DAY), "last": absence.last_day.strftime(DAY)}
    return [ABSENT.get(lang).format(name=name, **days)], "/settings#absence"


def _of_calendar(session: Session, delivery: Delivery, _kind: Kind, lang: str) -> tuple[list[str], str]:
    """How many of his terms have moved, and where they are listed."""
    changed, moved = change_for(session, UUID(delivery.about["id"]), delivery.about["insteadOf"] or delivery.receiver)
    lines = [agreeing(MOVED_TERMS, moved, lang).format(n=moved)]
    if changed.reason is not None:
        lines.append(BECAUSE.get(lang).format(reason=changed.reason))
    if (absent := session.get(User, delivery.about["insteadOf"] or "")) is not None:
        lines.append(FOR.get(lang).format(name=absent.full_name))
    return lines, f"/notices/calendar/{changed.id}"


def _of_task(session: Session, delivery: Delivery, kind: Kind, lang: str) -> tuple[list[str], str]:
    task = session.get(Task, UUID(delivery.about["id"]))
    if task is None:
        raise NotFound("the task is gone")
    root = session.get_one(Instance, session.get_one(Instance, task.instance_id).root_id)
    service = service_title(root.definition_key)
    number: Any = root.variables.get(NUMBER) or root.business_key or str(root.id)
    named = root.definition_key if service is None else service.get(lang)
    step = step_name(model_of(session, task.definition_id).node(task.element)).get(lang)
    lines = [CASE.get(lang).format(number=number, service=named), STEP.get(lang).format(step=step)]
    moment = delivery.about["moment"]
    due = task.due_at if moment is None else datetime.fromisoformat(moment)
    if due is not None and kind is not Kind.HOLD_OVER:
        local = due.astimezone(calendar_of(session, task.tenant_id).tz)
        lines.append(DUE.get(lang).format(moment=moment_in_words(local, lang)))
    if (absent := session.get(User, delivery.about["insteadOf"] or "")) is not None:
        lines.append(FOR.get(lang).format(name=absent.full_name))
    if kind not in OF_TEAMS:
        return lines, f"/tasks/{task.id}"
    late = "&late=1" if kind is Kind.TEAM_OVERDUE else ""
    return lines, f"/team/tasks?organisation={task.tenant_id}{late}"
