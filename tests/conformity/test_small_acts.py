"""What acts can say, beyond what the two acts of the project do, against small models."""

from pathlib import Path

from app.actions import delegates
from app.conformity.findings import Severity
from app.conformity.variables import DELEGATES
from app.domain.regulation import act as act_of
from tests.conformity.changed import found
from tests.conformity.small_acts import in_line, law, model, registered, report, service, step, task
from tests.features import feature_models as m

CLERK, HEAD, EXECUTOR = "clerk", "head", "executor"


def test_calendar_days_are_not_working_days(tmp_path: Path) -> None:
    act = service(step("5.1", limit={"calendar_days": 12}))
    right = in_line((task("t", "5.1", "calendarDays(12)"), CLERK))
    wrong = in_line((task("t", "5.1", "workingDays(12)"), CLERK))
    assert found(report(tmp_path / "right", act, right)) == set()
    assert found(report(tmp_path / "wrong", act, wrong)) == {("limit-other", "t")}


def test_hours_may_have_parts(tmp_path: Path) -> None:
    act = service(step("5.1", limit={"hours": 3.5}))
    assert found(report(tmp_path / "right", act, in_line((task("t", "5.1", "hours(3.5)"), CLERK)))) == set()
    assert found(report(tmp_path / "wrong", act, in_line((task("t", "5.1", "hours(3)"), CLERK)))) == {
        ("limit-other", "t")
    }


def test_a_limit_from_registration_runs_from_the_end_of_the_clerk_s_step(tmp_path: Path) -> None:
    act = service(
        step("5.1", limit={"same_day": "17:00"}, en="Register the application"),
        step("5.2", HEAD, limit={"working_days": 1}, **{"from": "registration"}),
        step("5.3", EXECUTOR, limit={"working_days": 2}, **{"from": "registration"}),
    )
    first = (task("register-by-hand", "5.1", "endOfDay('17:00', submittedAt)"), CLERK)
    noted = (m.script("note", "${now()}", "registeredAt"), EXECUTOR)
    second = (task("head", "5.2", "workingDays(1, registeredAt)", HEAD), HEAD)
    third = (task("check", "5.3", "workingDays(2, registeredAt)", EXECUTOR), EXECUTOR)
    too_late = (task("check", "5.3", "workingDays(2)", EXECUTOR), EXECUTOR)
    too_early = (task("check", "5.3", "workingDays(2, submittedAt)", EXECUTOR), EXECUTOR)
    assert found(report(tmp_path / "1", act, in_line(first, noted, second, third))) == set()
    assert found(report(tmp_path / "2", act, in_line(first, noted, second, too_late))) == {("begins-other", "check")}
    assert found(report(tmp_path / "3", act, in_line(first, noted, second, too_early))) == {("begins-other", "check")}


def test_a_beginning_in_words_is_proved_by_the_step_that_it_names_or_noted(tmp_path: Path) -> None:
    act = service(
        step("5.6", en="Hold the test"),
        step("5.7", HEAD, limit={"working_days": 1}, **{"from": "end of the test"}),
    )
    test = (task("test", "5.6"), CLERK)
    proved = report(tmp_path / "1", act, in_line(test, (task("t", "5.7", "workingDays(1)", HEAD), HEAD)))
    assert (found(proved), found(proved, Severity.NOTE)) == (set(), set())
    other = report(tmp_path / "2", act, in_line(test, (task("t", "5.7", "workingDays(1, submittedAt)", HEAD), HEAD)))
    assert (found(other), found(other, Severity.NOTE)) == (set(), {("begins-unproved", "t")})


def test_a_limit_before_an_event_is_no_limit_after_it(tmp_path: Path) -> None:
    act = service(step("5/2-рәсім", limit={"before_event": {"calendar_days": 20}}))
    right = in_line((task("t", "5/2-рәсім", "calendarDaysBefore(20, attestationDate)"), CLERK))
    wrong = in_line((task("t", "5/2-рәсім", "calendarDays(20)"), CLERK))
    assert found(report(tmp_path / "right", act, right)) == set()
    assert found(report(tmp_path / "wrong", act, wrong)) == {("limit-other", "t")}
    given = report(tmp_path / "given", act, in_line((task("t", "5/2-рәсім", "noticeBy"), CLERK)))
    assert (found(given), found(given, Severity.NOTE)) == (set(), {("limit-unproved", "t")})


def test_a_service_that_follows_another_one_has_its_procedures() -> None:
    first = service(step("5.1", limit={"minutes": 15}))
    second = {key: value for key, value in first.items() if key not in ("steps", "results")}
    known = act_of({"act": {"id": "a"}, "services": [first, second | {"key": "other", "same_procedure_as": "s"}]})
    other = known.service("other")
    assert other is not None
    assert other.procedures == known.services[0].procedures
    assert other.results == ("issued",)


def test_the_limit_of_an_automatic_step_is_held_by_a_timer_or_noted(tmp_path: Path) -> None:
    act = service(step("6.1", "system", limit={"minutes": 40}))
    timed = m.node("intermediateCatchEvent", "wait", law(clause="6.1"), m.timer("Duration", "PT40M"))
    path = m.path("start", "register", "wait", "end")
    held = report(tmp_path / "1", act, model(registered(), timed, path, lanes={}))
    assert (found(held), found(held, Severity.NOTE)) == (set(), set())
    other = timed.replace("PT40M", "PT41M")
    longer = report(tmp_path / "2", act, model(registered(), other, path, lanes={}))
    assert found(longer) == {("limit-other", "wait")}
    work = m.service("wait", law(clause="6.1"), delegateExpression="${issueDocument}")
    untimed = report(tmp_path / "3", act, model(registered(), work, path, lanes={}))
    assert (found(untimed), found(untimed, Severity.NOTE)) == (set(), {("automatic-limit", "6.1")})


def test_a_conflict_that_no_documentation_names_is_found(tmp_path: Path) -> None:
    conflict = {"clause": "5.8 and 7.8", "says": "one", "against": "8(11) (the cabinet)", "follow": "8(11)"}
    act = service(step("5.8"), conflict=[conflict])
    silent = in_line((m.user("t", law(clause="5.8")), CLERK))
    named = in_line((m.user("t", law("8-тармақтың 11) тармақшасы басқаша айтады", clause="5.8")), CLERK))
    other = in_line((m.user("t", law("8-тармақтың 12) тармақшасы", clause="5.8")), CLERK))
    assert found(report(tmp_path / "1", act, silent)) == {("conflict-unnamed", "5.8 and 7.8")}
    assert found(report(tmp_path / "2", act, other)) == {("conflict-unnamed", "5.8 and 7.8")}
    told = report(tmp_path / "3", act, named)
    assert (found(told), found(told, Severity.NOTE)) == (set(), {("conflict-named", "t")})


def test_a_conflict_with_a_table_is_named_by_its_appendix(tmp_path: Path) -> None:
    conflict = {"clause": "appendix 1 table", "says": "15 minutes", "against": "5 (1 working day)", "follow": "5"}
    act = service(step("5/1-рәсім"), conflict=[conflict])
    words = "1-қосымшадағы кесте 15 минут дейді; 5-тармаққа сүйенеміз"
    named = in_line((m.user("t", law(words, clause="5/1-рәсім")), CLERK))
    assert found(report(tmp_path, act, named)) == set()


CALLED = m.file(
    m.start(),
    m.xor("by-whom", default="by-whom_for-clerk"),
    m.user("for-clerk", candidateGroups="clerk", dueDate="${deliveryDue}"),
    m.user("for-executor", candidateGroups="executor", dueDate="${deliveryDue}"),
    m.xor("done"),
    m.end(),
    m.path("start", "by-whom", "for-clerk", "done", "end"),
    m.path("for-executor", "done"),
    m.flow("by-whom", "for-executor", "${who == 'executor'}"),
    "<laneSet>"
    '<lane id="l1" name="Кеңсе қызметкері"><flowNodeRef>for-clerk</flowNodeRef></lane>'
    '<lane id="l2" name="Орындаушы"><flowNodeRef>for-executor</flowNodeRef></lane>'
    "</laneSet>",
).replace(b'process id="p"', b'process id="delivery"')


def calling(due: str, who: str) -> bytes:
    handed = f'<camunda:in sourceExpression="${{{due}}}" target="deliveryDue"/>'
    handed += f'<camunda:in sourceExpression="${{\'{who}\'}}" target="who"/>'
    properties = '<camunda:properties><camunda:property name="law.clause" value="5.2"/></camunda:properties>'
    return in_line((task("t", "5.1"), CLERK), (m.call("deliver", "delivery", handed, properties), "system"))


def test_the_tasks_of_a_called_process_stand_for_the_clause_of_the_call(tmp_path: Path) -> None:
    act = service(step("5.1"), step("5.2", limit={"working_days": 1}))
    right = report(tmp_path / "1", act, calling("workingDays(1)", "clerk"), delivery=CALLED)
    assert found(right) == set()
    other_limit = report(tmp_path / "2", act, calling("workingDays(2)", "clerk"), delivery=CALLED)
    assert found(other_limit) == {("limit-other", "deliver/for-clerk")}
    other_role = report(tmp_path / "3", act, calling("workingDays(1)", "executor"), delivery=CALLED)
    assert ("role-other", "deliver/for-executor") in found(other_role)


def test_a_role_that_the_note_of_a_procedure_names_may_act(tmp_path: Path) -> None:
    def act(note: str) -> dict[str, object]:
        return service(step("5.4", EXECUTOR, note=note))

    drawn = in_line((task("t", "5.4", None, EXECUTOR), EXECUTOR), (task("sign", "5.4", None, HEAD), HEAD))
    assert found(report(tmp_path / "1", act("signed by the head within the same time"), drawn)) == set()
    assert found(report(tmp_path / "2", act("sent to the head of unit"), drawn)) == {("role-other", "sign")}


def signing(assignee: str, *, lane: str = "applicant", initiator: str = "applicant") -> bytes:
    """The applicant's own step: nobody's group, but whoever began the case."""
    own = m.node("userTask", "sign", law(clause="5.1"), assignee=f"${{{assignee}}}")
    source = in_line((own, lane))
    return source.replace(b'<startEvent id="start"', f'<startEvent id="start" camunda:initiator="{initiator}"'.encode())


def test_the_applicant_s_own_step_is_that_of_who_began_the_case(tmp_path: Path) -> None:
    act = service(step("5.1", "applicant"))
    assert found(report(tmp_path / "1", act, signing("applicant"))) == set()
    assert found(report(tmp_path / "2", act, signing("applicant", initiator="who"))) == {("applicant-unknown", "sign")}
    assert ("role-unknown", "sign") in found(report(tmp_path / "3", act, signing("somebody")))
    assert found(report(tmp_path / "4", service(step("5.1", HEAD)), signing("applicant", lane=HEAD))) == {
        ("role-other", "sign")
    }


def test_a_role_that_is_not_known_before_a_case_runs_cannot_be_proved(tmp_path: Path) -> None:
    act = service(step("5.1"))
    source = in_line((m.user("t", law(clause="5.1"), candidateGroups="${whoever}"), CLERK))
    assert found(report(tmp_path, act, source)) == {("role-unknown", "t")}


def test_a_model_of_another_act_is_not_one_of_its_folder(tmp_path: Path) -> None:
    source = in_line((task("t", "5.1"), CLERK)).replace(b'name="law.act" value="a"', b'name="law.act" value="b"')
    assert found(report(tmp_path, service(step("5.1")), source)) == {("service-unknown", "s")}


def test_what_ends_before_it_is_registered_needs_no_result(tmp_path: Path) -> None:
    act = service(step("5.1"))
    gate = m.xor("accepted", default="accepted_register") + m.node("endEvent", "turned-away")
    gate += m.flow("accepted", "turned-away", "${intake == 'refused'}")
    path = m.path("start", "accepted", "register", "t", "end")
    source = model(registered(), task("t", "5.1"), gate, path, lanes={"t": CLERK})
    assert found(report(tmp_path, act, source)) == set()


def test_a_result_is_a_document_with_a_number(tmp_path: Path) -> None:
    source = in_line((task("t", "5.1"), CLERK)).replace(b"issueDocument", b"findCase")
    assert found(report(tmp_path, service(step("5.1")), source)) == {("result-undocumented", "end")}


def test_an_application_is_registered_once(tmp_path: Path) -> None:
    again = (m.service("again", delegateExpression="${registerApplication}"), "system")
    source = in_line((task("t", "5.1"), CLERK), again)
    assert found(report(tmp_path, service(step("5.1")), source)) == {("registered-again", "again")}


def test_a_shared_flow_of_the_act_is_called(tmp_path: Path) -> None:
    flow = {"clause": "9", "flow": "portal-application", "processes": 7, "conditions": 3}
    source = in_line((task("t", "5.1"), CLERK))
    assert found(report(tmp_path, service(step("5.1"), portal_flow=flow), source)) == {("flow-uncalled", "s")}


def test_a_term_stands_still_by_a_clause_of_the_act(tmp_path: Path) -> None:
    right, wrong = (in_line((task("t", "5.1", pause=clause), CLERK)) for clause in ("5.1", "5.1; 7"))
    assert found(report(tmp_path / "1", service(step("5.1")), right)) == set()
    assert found(report(tmp_path / "2", service(step("5.1")), wrong)) == {("clause-unknown", "t")}


def test_a_procedure_that_is_several_tasks_has_its_time_from_the_first_of_them(tmp_path: Path) -> None:
    act = service(step("5.1", EXECUTOR, kk="Сараптама жүргізу", limit={"working_days": 12}))
    first = (task("look", "5.1", "workingDays(12, begunAt)", EXECUTOR), EXECUTOR)
    noted = (m.script("note", "${now()}", "begunAt"), "system")
    right, wrong = (
        m.user("examine", law(clause="5.1"), candidateGroups=EXECUTOR, dueDate=f"${{{due}}}").replace(
            'id="examine"', 'id="examine" name="Сараптама жүргізу"'
        )
        for due in ("workingDays(12, begunAt)", "workingDays(12)")
    )
    assert found(report(tmp_path / "1", act, in_line(noted, first, (right, EXECUTOR)))) == set()
    assert found(report(tmp_path / "2", act, in_line(noted, first, (wrong, EXECUTOR)))) == {("begins-other", "examine")}


def test_a_limit_that_is_over_before_its_step_can_begin_is_a_note(tmp_path: Path) -> None:
    act = service(
        step("5.1", limit={"working_days": 10}), step("5.2", HEAD, limit={"working_days": 2}, **{"from": "receipt"})
    )
    source = in_line(
        (task("t", "5.1", "workingDays(10)"), CLERK), (task("late", "5.2", "workingDays(2, submittedAt)", HEAD), HEAD)
    )
    told = report(tmp_path, act, source)
    assert (found(told), found(told, Severity.NOTE)) == (set(), {("begins-too-late", "late")})


def test_a_term_that_follows_another_term_is_compared_with_it(tmp_path: Path) -> None:
    act = service(
        step("15", limit={"working_days": 5}),
        step("16", HEAD, limit={"working_days": 10}, **{"from": "end of the term of item 15"}),
    )
    kept = (m.script("keep", "${workingDays(5)}", "considerBy"), "system")
    first = (task("consider", "15", "considerBy"), CLERK)
    right = (task("longer", "16", "workingDays(10, considerBy)", HEAD), HEAD)
    wrong = (task("longer", "16", "workingDays(10)", HEAD), HEAD)
    assert found(report(tmp_path / "1", act, in_line(kept, first, right))) == set()
    assert found(report(tmp_path / "2", act, in_line(kept, first, wrong))) == {("begins-other", "longer")}


def test_the_check_knows_every_delegate_that_a_model_may_call() -> None:
    assert set(DELEGATES) == set(delegates.DELEGATES)
