"""What the list of open tasks can be filtered and ordered by, as SQL.

Texts are looked for through the trigram index on `words` first (it holds the name and the business key, folded), and
what it finds is then compared as asked; equal variables through the index on `searchable`.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Text,
    and_,
    any_,
    cast,
    column,
    exists,
    func,
    or_,
    select,
    true,
)

from app.domain.folding import folded
from app.store.listing import (
    MILLISECOND,
    Column,
    Filter,
    Kind,
    among,
    at,
    at_one_of,
    at_token,
    equal,
    identified,
    identified_among,
    like,
    not_among,
    when,
    whole,
)
from app.store.queries import late
from app.store.tables import Definition, Instance, Task

CANDIDATES = frozenset(
    {
        "candidateUser",
        "candidateGroup",
        "candidateGroups",
        "candidateGroupLike",
        "withCandidateGroups",
        "withoutCandidateGroups",
        "withCandidateUsers",
        "withoutCandidateUsers",
    }
)
"""Filters that mean unassigned tasks only, unless `includeAssignedTasks` is asked for."""
OVERDUE_AT = "overdueAt"
"""Tasks that are late at a moment; a clock that stands still counts."""
WORKER = "worker"
"""Whose tasks these are to work: assigned to him, or to somebody for whom he acts as a deputy."""
PEOPLE = frozenset({"candidateUser", WORKER})
"""Filters by a person of whom more must be known than the id."""
SCOPES = {"processVariables": "process", "taskVariables": "task"}
MODIFIERS = frozenset({"includeAssignedTasks", "variableNamesIgnoreCase", "variableValuesIgnoreCase"})
"""Filters that select nothing themselves and change how others of the same query are meant."""


def pattern_of(text: str) -> str:
    """A pattern that finds the text anywhere, its own wildcards taken literally."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _within_words(pattern: str) -> ColumnElement[bool]:
    """A condition that the index can answer and that no task fails whose name or business key is like the pattern.

    One character may fold to two or to none, so that `_` has to stand for any number of them.
    """
    wide, escaped = [], False
    for character in folded(pattern):
        wide.append("%" if character == "_" and not escaped else character)
        escaped = character == "\\" and not escaped
    return Task.words.like(f"%{''.join(wide)}%")


def _found(column: Column, *, fold: bool) -> Filter:
    """LIKE on what `words` holds. fold: upper and lower case are the same."""
    return Filter(Kind.TEXT, lambda pattern: and_(_within_words(pattern), _like(column, pattern, fold)))


def _like(column: Column, pattern: str, fold: bool) -> ColumnElement[bool]:
    return column.ilike(pattern) if fold else column.like(pattern)


def _folded(compare: Callable[[Any, Any], ColumnElement[bool]], column: Column) -> Filter:
    return Filter(Kind.TEXT, lambda value: compare(func.upper(column), func.upper(value)))


def _after(column: Column) -> Filter:
    """Moments are shown in milliseconds: the one that was shown is not after itself."""
    return Filter(Kind.MOMENT, lambda moment: column >= moment + MILLISECOND)


def _before(column: Column) -> Filter:
    return Filter(Kind.MOMENT, lambda moment: column < moment)


def _before_or_none(moment: datetime) -> ColumnElement[bool]:
    return or_(Task.follow_up_at.is_(None), Task.follow_up_at < moment)


def _of_instances(condition: Callable[[Any], ColumnElement[bool]]) -> Callable[[Any], ColumnElement[bool]]:
    return lambda value: Task.instance_id.in_(select(Instance.id).where(condition(value)))


def _of_definitions(condition: Callable[[Any], ColumnElement[bool]]) -> Callable[[Any], ColumnElement[bool]]:
    """The few definitions are found first, so that the tasks are still read in the order of an index."""
    return lambda value: (
        Task.definition_id == any_(func.array(select(Definition.id).where(condition(value)).scalar_subquery()))
    )


def overlaps(column: Column, values: Collection[str]) -> ColumnElement[bool]:
    """Whether an array has one of the values."""
    return column.op("&&", is_comparison=True)(cast(sorted(values), ARRAY(Text)))


def _group_like(pattern: str) -> ColumnElement[bool]:
    groups = func.unnest(Task.candidate_groups).table_valued(column("role", Text)).render_derived(name="candidate")
    return exists(select(1).select_from(groups).where(groups.c.role.like(pattern)))


def involved(user_id: str) -> ColumnElement[bool]:
    """Whose task it is, or who is named as its candidate."""
    return or_(Task.assignee == user_id, Task.owner == user_id, Task.candidate_users.contains([user_id]))


def _search(text: str) -> ColumnElement[bool]:
    return and_(true(), *(Task.words.like(pattern_of(word)) for word in folded(text).split()))


def _separate(kind: Kind) -> Filter:
    """A filter that `conditions` builds, together with others."""
    return Filter(kind, lambda _: true())


FILTERS: Mapping[str, Filter] = {
    "taskId": identified(Task.id),
    "taskIdIn": identified_among(Task.id),
    "processInstanceId": identified(Task.instance_id),
    "processInstanceIdIn": identified_among(Task.instance_id),
    "processInstanceBusinessKey": Filter(Kind.TEXT, _of_instances(lambda key: Instance.business_key == key)),
    "processInstanceBusinessKeyIn": Filter(Kind.TEXTS, _of_instances(lambda keys: Instance.business_key.in_(keys))),
    "processInstanceBusinessKeyLike": _found(Task.business_key, fold=False),
    "businessKey": Filter(Kind.TEXT, _of_instances(lambda key: Instance.business_key == key)),
    "businessKeyLike": _found(Task.business_key, fold=False),
    "processDefinitionId": equal(Task.definition_id),
    "processDefinitionKey": Filter(Kind.TEXT, _of_definitions(lambda key: Definition.key == key)),
    "processDefinitionKeyIn": Filter(Kind.TEXTS, _of_definitions(lambda keys: Definition.key.in_(keys))),
    "processDefinitionName": Filter(Kind.TEXT, _of_definitions(lambda name: Definition.name == name)),
    "processDefinitionNameLike": Filter(Kind.TEXT, _of_definitions(lambda name: Definition.name.like(name))),
    "executionId": at_token(Task.instance_id, Task.token),
    "activityInstanceIdIn": at_one_of(Task.instance_id, Task.token),
    "tenantIdIn": among(Task.tenant_id),
    "withoutTenantId": when(Task.tenant_id.is_(None)),
    "assignee": equal(Task.assignee),
    "assigneeLike": like(Task.assignee),
    "assigneeIn": among(Task.assignee),
    "assigneeNotIn": not_among(Task.assignee),
    "assigned": when(Task.assignee.is_not(None)),
    "unassigned": when(Task.assignee.is_(None)),
    "owner": equal(Task.owner),
    "candidateUser": _separate(Kind.TEXT),
    WORKER: _separate(Kind.TEXT),
    "candidateGroup": Filter(Kind.TEXT, lambda group: Task.candidate_groups.contains([group])),
    "candidateGroups": Filter(Kind.TEXTS, lambda groups: overlaps(Task.candidate_groups, groups)),
    "candidateGroupLike": Filter(Kind.TEXT, _group_like),
    "withCandidateGroups": when(Task.candidate_groups.is_not(None)),
    "withoutCandidateGroups": when(Task.candidate_groups.is_(None)),
    "withCandidateUsers": when(Task.candidate_users.is_not(None)),
    "withoutCandidateUsers": when(Task.candidate_users.is_(None)),
    "involvedUser": Filter(Kind.TEXT, involved),
    "taskDefinitionKey": equal(Task.element),
    "taskDefinitionKeyIn": among(Task.element),
    "taskDefinitionKeyNotIn": not_among(Task.element),
    "taskDefinitionKeyLike": like(Task.element),
    "name": _folded(lambda name, value: name == value, Task.name),
    "nameNotEqual": _folded(lambda name, value: name != value, Task.name),
    "nameLike": _found(Task.name, fold=True),
    "nameNotLike": _folded(lambda name, value: name.not_like(value), Task.name),
    "description": _folded(lambda text, value: text == value, Task.description),
    "descriptionLike": _folded(lambda text, value: text.like(value), Task.description),
    "priority": whole(Task.priority),
    "minPriority": Filter(Kind.WHOLE, lambda value: Task.priority >= value),
    "maxPriority": Filter(Kind.WHOLE, lambda value: Task.priority <= value),
    "dueDate": at(Task.due_at),
    "dueAfter": _after(Task.due_at),
    "dueBefore": _before(Task.due_at),
    "withoutDueDate": when(Task.due_at.is_(None)),
    OVERDUE_AT: Filter(Kind.MOMENT, late),
    "followUpDate": at(Task.follow_up_at),
    "followUpAfter": _after(Task.follow_up_at),
    "followUpBefore": _before(Task.follow_up_at),
    "followUpBeforeOrNotExistent": Filter(Kind.MOMENT, _before_or_none),
    "createdOn": at(Task.created_at),
    "createdAfter": _after(Task.created_at),
    "createdBefore": _before(Task.created_at),
    "updatedAfter": _after(func.coalesce(Task.updated_at, Task.created_at)),
    "delegationState": equal(Task.delegation),
    "active": when(Task.suspended.is_(False)),
    "suspended": when(Task.suspended.is_(True)),
    "serviceIn": among(Task.service),
    "search": Filter(Kind.TEXT, _search),
    **dict.fromkeys(SCOPES, _separate(Kind.CONDITIONS)),
    **dict.fromkeys(sorted(MODIFIERS), _separate(Kind.FLAG)),
}

ORDER: Mapping[str, tuple[Column, ...]] = {
    "instanceId": (Task.instance_id,),
    "executionId": (Task.instance_id, Task.token),
    "dueDate": (Task.due_at,),
    "followUpDate": (Task.follow_up_at,),
    "created": (Task.created_at,),
    "lastUpdated": (func.coalesce(Task.updated_at, Task.created_at),),
    "assignee": (Task.assignee,),
    "description": (Task.description,),
    "id": (),
    "name": (Task.name,),
    "nameCaseInsensitive": (func.lower(Task.name),),
    "priority": (Task.priority,),
}
ORDER_BY_VARIABLE = {"processVariable": "process", "executionVariable": "process", "taskVariable": "task"}

_CASES = (
    "caseInstanceId",
    "caseInstanceBusinessKey",
    "caseInstanceBusinessKeyLike",
    "caseDefinitionId",
    "caseDefinitionKey",
    "caseDefinitionName",
    "caseDefinitionNameLike",
    "caseExecutionId",
    "caseInstanceVariables",
)
_EXPRESSIONS = (
    "processInstanceBusinessKey",
    "processInstanceBusinessKeyLike",
    "assignee",
    "assigneeLike",
    "owner",
    "candidateGroup",
    "candidateGroups",
    "candidateUser",
    "involvedUser",
    "dueDate",
    "dueAfter",
    "dueBefore",
    "followUpDate",
    "followUpAfter",
    "followUpBefore",
    "followUpBeforeOrNotExistent",
    "createdOn",
    "createdAfter",
    "createdBefore",
    "updatedAfter",
)
UNSUPPORTED = frozenset({*_CASES, *(f"{name}Expression" for name in _EXPRESSIONS), "parentTaskId"})
"""Filters of the dialect for which there is no data here."""
