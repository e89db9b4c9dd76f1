"""Why a source is no expression is said in Kazakh, Russian and English, with the same gaps in each."""

import ast
from pathlib import Path
from string import Formatter

import pytest

from app import expressions
from app.expressions import feel, texts
from app.expressions.texts import LANGUAGES

SOURCES = sorted(Path(expressions.__file__).parent.rglob("*.py"))


def gaps(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize(
    ("source", "russian", "kazakh"),
    [
        ("1 +", "ожидается выражение, а стоит конец", "өрнек күтіледі, ал мұнда өрнектің соңы тұр"),
        ("if a then b", "ожидается 'else', а стоит конец", "'else' күтіледі, ал мұнда өрнектің соңы тұр"),
        ('"a', 'у строки нет закрывающей кавычки: "', 'мәтіннің жабатын тырнақшасы жоқ: "'),
    ],
)
def test_a_mistake_in_feel_is_said_in_three_languages(source: str, russian: str, kazakh: str) -> None:
    with pytest.raises(feel.FeelError) as caught:
        feel.compile(source)
    assert (caught.value.said["ru"], caught.value.said["kk"]) == (russian, kazakh)
    assert caught.value.said["en"] == caught.value.message


def test_a_mistake_in_juel_is_said_in_three_languages() -> None:
    with pytest.raises(expressions.ParseError) as caught:
        expressions.compile("${a.trim(1)}")
    assert caught.value.said == {
        "kk": "trim әдісі аргументтерінің саны 0 болуы керек, ал берілгені 1",
        "ru": "у метода trim аргументов должно быть 0, а не 1",
        "en": "method trim takes 0 argument(s), not 1",
    }


def test_every_reason_has_the_same_gaps_in_all_languages() -> None:
    for code, templates in texts._REASONS.items():
        assert len(templates) == len(LANGUAGES), code
        assert len({frozenset(gaps(template)) for template in templates}) == 1, code


def test_every_reason_and_part_is_used_and_every_one_used_exists() -> None:
    used: dict[str, set[str]] = {"said": set(), "part": set()}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in used:
                used[node.func.id] |= {one.value for one in node.args if isinstance(one, ast.Constant)}
    computed = {"assignment", "sequence", "lambda", "instanceof", "method-arguments", "function-arguments"}
    assert used["said"] | computed == set(texts._REASONS)
    assert used["part"] == set(texts._PARTS)
