"""Names in the expressions of forms that nothing gives a value: a slip of the pen, or a field of another form."""

from collections.abc import Collection, Iterator, Mapping

from app import forms
from app.actions.forms.form_context import is_provided
from app.domain.models.model import EventKind, Kind, Node, Process


def strange_names(
    process: Process, known_forms: Mapping[str, forms.Form], delegates: Mapping[str, Collection[str]]
) -> dict[str, list[forms.FormFinding]]:
    """Findings by the id of the form, of names that are neither of the form nor written anywhere in the process.

    Errors of fields of other forms, warnings of all else. known_forms: by their ids; delegates: the variables that each
    is known to write. None where it cannot be known what the process writes: it has no start form, or a step that takes
    in whatever another gives.
    """
    used = {ref for ref in (process.form_ref, *_references(process)) if ref is not None}
    unknown = process.form_ref is None or not used <= known_forms.keys()
    if unknown or any(_takes_anything(node, delegates) for node in process.nodes.values()):
        return {}
    given = (field for ref in used for field in known_forms[ref].fields if field.fillable or field.computed)
    written = {field.key.partition(".")[0] for field in given}
    for node in process.nodes.values():
        written.update(_written(node, delegates))
    if process.initiator is not None:
        written.add(process.initiator)
    written.update(name for ref in used for name in known_forms[ref].variables if is_provided(name))
    elsewhere = {field.key.partition(".")[0]: form.id for form in known_forms.values() for field in form.fields}
    strange = {ref: known_forms[ref].strange_names(written, elsewhere) for ref in sorted(used)}
    return {ref: found for ref, found in strange.items() if found}


def _references(process: Process) -> Iterator[str | None]:
    return (node.user_task.form_ref for node in process.nodes.values() if node.user_task is not None)


def _takes_anything(node: Node, delegates: Mapping[str, Collection[str]]) -> bool:
    if node.kind is Kind.RECEIVE_TASK or node.event.kind is EventKind.MESSAGE:
        return True
    if node.kind in (Kind.SERVICE_TASK, Kind.SEND_TASK) and node.expression is None and node.delegate not in delegates:
        return True
    return node.call is not None and any(one.all_variables for one in node.call.outputs)


def _written(node: Node, delegates: Mapping[str, Collection[str]]) -> Iterator[str]:
    yield from delegates.get(node.delegate or "", ())
    handed = (*node.inputs, *node.outputs, *(node.call.outputs if node.call is not None else ()))
    loop = node.loop.element_variable if node.loop is not None else None
    event = node.event
    for name in (node.result_variable, loop, event.code_variable, event.text_variable):
        if name is not None:
            yield name
    yield from (one.target for one in handed if one.target is not None)
    if node.loop is not None:
        yield from ("loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances")
