"""Personal steps: an instance of a multi-instance step that the model gives to one of those it is repeated for.

Such a step asks for that person's own word, a vote in a commission above all: he does not hand it on, and nobody has a second
word in the same round.
"""

import re
from collections.abc import Mapping

from app.domain.models.model import Loop, Node
from app.domain.terms.calendar import Text

PERSONAL = Text(
    "Бұл қадамды тек соның өзі орындайды: оны басқаға беруге не топқа қайтаруға болмайды. Қажет болса, орындаушыны "
    "басшы ауыстырады.",
    "Этот шаг личный: его нельзя передать другому или вернуть в группу. Если нужно, исполнителя заменит руководитель.",
    "This step is personal: it cannot be handed on or given back to the group. If need be, a head replaces the person.",
)
ONE_VOICE = Text(
    "{person} бұл қадамға қатысып отыр не қатысып қойған: бір адамның екі даусы болмайды.",
    "{person} уже участвует в этом шаге: у одного человека не может быть двух голосов.",
    "{person} takes part in this step already: nobody has two votes",
)
_VARIABLE = re.compile(r"[$#]\{\s*(\w+)\s*\}")


def personal_loop(nodes: Mapping[str, Node], element: str) -> Loop | None:
    """The loop whose element variable is the assignee of a user task; None: the step is not personal."""
    node: Node | None = nodes[element]
    given = (
        None if node is None or node.user_task is None else _VARIABLE.fullmatch((node.user_task.assignee or "").strip())
    )
    while given is not None and node is not None:
        if node.loop is not None and node.loop.element_variable == given[1]:
            return node.loop
        node = nodes[node.parent] if node.parent is not None else None
    return None
