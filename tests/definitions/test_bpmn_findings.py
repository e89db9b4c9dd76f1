"""What is found wrong with a model: where, in which order and in which words."""

from string import Formatter

import pytest

from app.definitions import check, read, validate
from app.definitions.texts import TEXTS
from tests.definitions.bpmn_models import SURROUNDINGS, around, codes, findings, flow, process
from tests.definitions.mistakes import gateway, user

REFUSES = {
    "Choreographies": "11",
}

REFUSED = ["callChoreography", "choreographyTask", "subChoreography", "implicitThrowEvent", "event"]


@pytest.mark.parametrize("element", REFUSED)
def test_an_element_that_the_engine_does_not_run_is_the_only_finding(element: str) -> None:
    inner = '<startEvent id="is"><signalEventDefinition/></startEvent>'
    assert codes(around(f'<{element} id="x">{inner}</{element}>')) == [("element-not-supported", "x")]


def test_all_mistakes_are_found_in_one_go_and_in_document_order() -> None:
    source = process(
        '\n<startEvent id="s"/>\n<userTask id="a" camunda:candidateGroups="boss" camunda:formRef="no"/>'
        '\n<callChoreography id="c"/>\n<serviceTask id="d" camunda:delegateExpression="${no}"/>\n<endEvent id="e"/>'
        + flow("s", "a")
        + flow("a", "c")
        + flow("c", "d")
        + flow("d", "e", "${!!}")
    )
    found = findings(source)
    assert [(one.line, one.code) for one in found] == [
        (3, "role-unknown"),
        (3, "form-unknown"),
        (4, "element-not-supported"),
        (5, "delegate-unknown"),
        (6, "condition-on-single-flow"),
        (6, "expression-invalid"),
    ]


def test_what_reading_found_is_not_repeated_by_validating() -> None:
    model = read("model.bpmn", around('<callChoreography id="x"/>', '<task id="y"/>'))
    (found,) = model.processes
    assert [one.code for one in model.findings] == ["element-not-supported"]
    assert [one.code for one in validate(found, model, SURROUNDINGS)] == ["unreachable"]


def test_a_finding_says_where_and_what_in_three_languages() -> None:
    (found,) = findings(around('\n  <userTask id="x" name="Тіркеу" camunda:candidateGroups="boss"/>'))
    assert found.is_error
    assert found.to_dict() == {
        "severity": "error",
        "code": "role-unknown",
        "elementId": "x",
        "elementName": "Тіркеу",
        "elementType": "userTask",
        "line": 2,
        "column": 3,
        "message": {
            "kk": "«boss» рөлі белгісіз.",
            "ru": "Роль «boss» неизвестна.",
            "en": 'The role "boss" is not known.',
        },
        "hint": {"kk": "Рөлдің кілтін тексеріңіз.", "ru": "Проверьте ключ роли.", "en": "Check the key of the role."},
    }


def test_an_expression_fault_tells_the_place_in_the_expression() -> None:
    (found,) = findings(user('camunda:dueDate="${a + !!}"'))
    assert found.message["en"] == 'The expression is not valid: "${a + !!}", character 7: mistake'
    assert found.message["kk"].endswith("7-таңба: қате")


def test_texts_of_the_model_are_not_taken_for_gaps() -> None:
    (found,) = findings(user('camunda:dueDate="{code} {0.__class__}"'))
    assert '"{code} {0.__class__}"' in found.message["en"]


def test_long_texts_of_the_model_are_cut_short() -> None:
    (found,) = findings(user(f'camunda:dueDate="{"d" * 5_000}"'))
    assert len(found.message["kk"]) < 300


def test_an_error_is_not_lost_among_endless_warnings() -> None:
    warnings = "".join(f'<task id="t{n}" camunda:a="b"/>{flow("x", f"t{n}")}' for n in range(1_200))
    found = findings(around('<task id="x"/>', warnings + '<serviceTask id="y"/>' + flow("x", "y")))
    assert len(found) == 1_000
    assert [one.code for one in found if one.is_error] == ["service-task-empty"]


def test_warnings_do_not_stop_a_deployment() -> None:
    (found,) = findings(gateway("exclusiveGateway", "${a}", "${b}"))
    assert not found.is_error


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_has_the_same_gaps_in_every_language(code: str) -> None:
    for texts in (TEXTS[code].message, TEXTS[code].hint):
        assert set(texts) == {"kk", "ru", "en"}
        gaps = {tuple(sorted(name for _, name, _, _ in Formatter().parse(text) if name)) for text in texts.values()}
        assert len(gaps) == 1


def test_five_thousand_steps_are_checked_in_reasonable_time() -> None:
    chain = "".join(f'<task id="t{n}"/>' + (flow(f"t{n - 1}", f"t{n}") if n else "") for n in range(2_400))
    source = process(f'<startEvent id="s"/><endEvent id="e"/>{chain}{flow("s", "t0")}{flow("t2399", "e")}')
    assert check(read("model.bpmn", source), SURROUNDINGS) == []
