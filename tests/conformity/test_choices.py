"""What decides a way: texts of forms, of decision tables and of what is handed over to a called process and back."""

from pathlib import Path

import pytest

from app.conformity import Report, decisions
from tests.conformity.changed import ROOT, Copy, found
from tests.conformity.small_acts import model, registered, report, service, step, task
from tests.features import feature_models as m

WINTER = ("V1400009556", "winter-readiness-passport")
INTAKE = m.file(
    m.start(), m.user("ask"), m.script("note", "${answer == 'no' ? 'refused' : 'registered'}", "outcome"), m.end(),
    m.path("start", "ask", "note", "end"),
    '<laneSet><lane id="l" name="Кеңсе қызметкері"><flowNodeRef>ask</flowNodeRef></lane></laneSet>',
).replace(b'process id="p"', b'process id="intake"')  # fmt: skip


def handing_over(
    home: Path, back: str = "${outcome == 'registered' ? 'yes' : 'no'}", accepted: str = "yes", intake: bytes = INTAKE
) -> Report:
    """The answer of a called process decides whether the application is accepted."""
    properties = '<camunda:properties><camunda:property name="law.clause" value="5.1"/></camunda:properties>'
    call = m.call("ask", "intake", f'<camunda:out sourceExpression="{back}" target="accepted"/>', properties)
    gate = m.xor("gate", default="gate_away") + m.flow("gate", "register", f"${{accepted == '{accepted}'}}")
    ways = m.path("start", "ask", "gate") + m.path("register", "t", "end") + m.path("gate", "away")
    away = m.node("endEvent", "away")
    source = model(call, gate, away, registered(), task("t", "5.1"), ways, lanes={"t": "clerk"})
    return report(home, service(step("5.1")), source, intake=intake)


def test_what_is_handed_back_is_compared_with_what_the_called_process_gives(tmp_path: Path) -> None:
    assert found(handing_over(tmp_path / "right")) == set()
    assert ("never-equal", "ask") in found(handing_over(tmp_path / "wrong", "${outcome == 'accepted' ? 'yes' : 'no'}"))


def test_a_condition_is_compared_with_what_expressions_give(tmp_path: Path) -> None:
    assert ("never-equal", "gate") in found(handing_over(tmp_path, accepted="accepted"))


def test_what_nothing_gives_cannot_be_handed_back(tmp_path: Path) -> None:
    computed = m.file(
        m.start(), m.script("note", "${'registered'}", "outcome"), m.end(), m.path("start", "note", "end")
    )
    computed = computed.replace(b'process id="p"', b'process id="intake"')
    other = "${outcom == 'registered' ? 'yes' : 'no'}"
    assert ("never-given", "ask") in found(handing_over(tmp_path, other, intake=computed))


@pytest.fixture
def winter(tmp_path: Path) -> Copy:
    return Copy(tmp_path, *WINTER)


def test_a_decision_that_answers_otherwise_than_the_gateway_asks_is_found(winter: Copy) -> None:
    table = winter.model.with_name("winter-readiness.dmn")
    table.write_text(table.read_text().replace('<text>"large"</text>', '<text>"big"</text>'))
    findings = winter.found()
    assert ("never-equal", "which-procedure") in findings
    assert {("kind-missing", "requestKind"), ("kind-unknown", "requestKind")} <= findings


def test_a_decision_that_is_not_there_is_found(winter: Copy) -> None:
    winter.in_model('camunda:decisionRef="winter-readiness"', 'camunda:decisionRef="winter"')
    assert ("unknown-decision", "choose-procedure") in winter.found()


def test_a_kind_of_request_that_the_act_gains_is_found(winter: Copy) -> None:
    winter.change(
        winter.act, "  request_kinds:\n  - {key: large,", "  request_kinds:\n  - {key: middle}\n  - {key: large,"
    )
    assert winter.found() == {("kind-missing", "requestKind")}


def test_each_channel_of_the_act_can_be_chosen_and_no_other(winter: Copy) -> None:
    text = winter.act.read_text()
    begin = text.index("- key: winter-readiness-passport")
    changed = text[begin:].replace(
        "delivery: [office, portal, post]", "delivery: [office, portal, state_corporation]", 1
    )
    winter.act.write_text(text[:begin] + changed)
    assert winter.found() == {("channel-missing", "deliveryChannel"), ("channel-unknown", "deliveryChannel")}


def test_what_does_not_go_to_the_portal_alone_is_delivered(winter: Copy) -> None:
    winter.in_model('calledElement="result-delivery"', 'calledElement="provider-entry"')
    assert ("flow-uncalled", WINTER[1]) in winter.found()


def table(policy: str, *rules: tuple[str, str]) -> bytes:
    cells = "".join(
        f'<rule id="r{number}"><inputEntry id="i{number}"><text>{given}</text></inputEntry>'
        f'<outputEntry id="o{number}"><text>{answer}</text></outputEntry></rule>'
        for number, (given, answer) in enumerate(rules)
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="d">'
        f'<decision id="kind" name="kind"><decisionTable id="t" hitPolicy="{policy}">'
        '<input id="i"><inputExpression id="e" typeRef="number"><text>x</text></inputExpression></input>'
        f'<output id="o" name="kind" typeRef="string"/>{cells}</decisionTable></decision></definitions>'
    ).encode()


@pytest.mark.parametrize(
    ("policy", "rules", "answers"),
    [
        ("UNIQUE", [("&lt; 5", '"small"'), ("&gt;= 5", '"large"')], ("small", "large", None)),
        ("FIRST", [("&lt; 5", '"small"'), ("-", '"large"')], ("small", "large")),
        ("FIRST", [("&lt; 5", '"small"'), ("-", "")], ("small", None)),
        ("FIRST", [("-", "string(x)")], None),
        ("COLLECT", [("-", '"small"')], None),
    ],
)
def test_a_table_answers_with_its_results_and_with_nothing_where_no_rule_has_to_fit(
    policy: str, rules: list[tuple[str, str]], answers: tuple[object, ...] | None
) -> None:
    assert decisions.read("d.dmn", table(policy, *rules)) == {"kind": answers}


def test_the_tables_of_the_project_are_read() -> None:
    read = [decisions.read(path.name, path.read_bytes()) for path in (ROOT / "bpmn").glob("*/*.dmn")]
    assert read
    assert all(answers is not None for one in read for answers in one.values())
