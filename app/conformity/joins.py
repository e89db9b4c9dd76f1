"""Gateways at which tokens wait for each other."""

from app.conformity import tokens as tree
from app.conformity.net import Net, Step
from app.conformity.tokens import JOIN, SPLIT, State, Token, Tokens
from app.domain.models.model import Kind


def joined(scope: Tokens, step: Step) -> Tokens | None:
    """The scope when a parallel join has let its tokens go on; None if a flow has brought none yet."""
    arrived = {one.flow for one in scope if one.step == step.id and one.phase == JOIN}
    return taken_together(scope, step, arrived) if arrived >= set(step.incoming) else None


def taken_together(scope: Tokens, step: Step, flows: set[str]) -> Tokens:
    """The scope with one token of each flow made one that goes on; marks that all of them had stay."""
    rest, missing, marks = [], set(flows), []
    for one in scope:
        if one.step == step.id and one.phase == JOIN and one.flow in missing:
            missing.discard(one.flow)
            marks.append(set(one.passed))
        else:
            rest.append(one)
    return (*rest, Token(step.id, SPLIT, passed=tuple(sorted(set.intersection(*marks)))))


def release(net: Net, state: State) -> State | None:
    """Let the tokens at an inclusive join go on, if no other can still come there (BPMN 2.0.2, 13.4.3)."""
    for path, token in tree.walk(state.tokens):
        step = net.steps[token.step]
        if token.phase != JOIN or step.kind != Kind.INCLUSIVE_GATEWAY:
            continue
        scope = tree.scope(state.tokens, path)
        arrived = {one.flow for one in scope if one.step == step.id and one.phase == JOIN}
        full = frozenset().union(*(net.upstream(step.id, flow) for flow in arrived))
        empty = frozenset().union(*(net.upstream(step.id, f) for f in step.incoming if f not in arrived))
        if not {one.step for one in scope if one.step != step.id} & (empty - full):
            inside = taken_together(scope, step, arrived)
            return state.with_tokens(tree.with_scope(state.tokens, path, inside))
    return None
