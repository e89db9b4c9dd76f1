"""Whether a step that opens was done before, and by how many: what the drawing alone can say of it."""

from collections.abc import Iterable, Mapping

from app.domain.models.model import Kind, Node, Process


def may_reopen(process: Process, done: str | None, opened: str) -> bool:
    """Whether a step that opens after another was completed may have been completed earlier.

    It may where it can come before the other, and the other after it. done: None where something else moved the case.
    """
    following = _following(process)
    if done is None:
        return opened in _reached(following, following[opened])
    if done == opened or done not in _reached(following, following[opened]):
        return False
    starts = [node.id for node in process.children(None) if node.kind is Kind.START_EVENT or node.instantiates]
    return opened in _reached(following, starts, avoiding=done)


def is_repeated(process: Process, step: str) -> bool:
    """Whether a step, or what it is in, is for several at once or one after the other."""
    node: Node | None = process.nodes[step]
    while node is not None:
        if node.loop is not None or node.standard_loop is not None:
            return True
        node = None if node.parent is None else process.nodes[node.parent]
    return False


def _following(process: Process) -> Mapping[str, list[str]]:
    """The nodes that can come next after each, into subprocesses, out of them and past boundary events."""
    following = {node.id: [process.flows[flow].target for flow in node.outgoing] for node in process.nodes.values()}
    for node in process.nodes.values():
        if node.attached_to is not None:
            following[node.attached_to].append(node.id)
        if node.parent is not None and node.kind is Kind.START_EVENT:
            following[node.parent].append(node.id)
        if node.parent is not None and node.kind is Kind.END_EVENT:
            following[node.id].append(node.parent)
    return following


def _reached(following: Mapping[str, list[str]], begun: Iterable[str], avoiding: str | None = None) -> set[str]:
    reached: set[str] = set()
    ahead = list(begun)
    while ahead:
        node = ahead.pop()
        if node not in reached and node != avoiding:
            reached.add(node)
            ahead.extend(following[node])
    return reached
