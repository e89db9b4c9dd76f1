from typing import Any

import pytest

from app.domain.acts.regulation import Limit, act
from app.domain.terms.explanation import Rule

NAMES = {"kk": "к", "ru": "р", "en": "e"}


def one_step(**more: Any) -> dict[str, Any]:
    return {"act": {"id": "a"}, "services": [{"key": "s", "title": NAMES, "steps": [step(**more)]}]}


def step(**more: Any) -> dict[str, Any]:
    return {"clause": "5.1", "role": "clerk", **NAMES, **more}


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ({"minutes": 15}, Limit(Rule.MINUTES, 15)),
        ({"hours": 3.5}, Limit(Rule.HOURS, 3.5)),
        ({"working_days": 2}, Limit(Rule.WORKING_DAYS, 2)),
        ({"calendar_days": 27}, Limit(Rule.CALENDAR_DAYS, 27)),
        ({"same_day": "17:00"}, Limit(Rule.END_OF_DAY, "17:00")),
        ({"before_event": {"calendar_days": 20}}, Limit(Rule.CALENDAR_DAYS, 20, before_event=True)),
    ],
)
def test_each_unit_of_an_act_is_a_rule_of_deadlines(given: dict[str, Any], meant: Limit) -> None:
    assert act(one_step(limit=given)).services[0].procedures[0].limit == meant


@pytest.mark.parametrize("given", [{"fortnights": 1}, {"minutes": 1, "hours": 1}])
def test_a_limit_in_another_form_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="one unit of minutes"):
        act(one_step(limit=given))


def test_an_act_without_services_is_refused() -> None:
    with pytest.raises(ValueError, match="services"):
        act({"act": {"id": "a"}})


@pytest.mark.parametrize(
    ("when", "kinds"),
    [
        (None, None),
        ("documents are incomplete", None),
        ("request kind is details-changed", {"details-changed"}),
        ("request kind is issue, spin-off, division or category", {"issue", "spin-off", "division", "category"}),
        ("complete and request kind is duplicate", {"duplicate"}),
    ],
)
def test_a_branch_by_kind_of_request_is_read_from_its_words(when: str | None, kinds: set[str] | None) -> None:
    assert act(one_step(when=when)).services[0].procedures[0].request_kinds == kinds


def test_results_are_those_that_are_listed_and_those_that_steps_end_with() -> None:
    data = one_step(ends="refusal")
    data["services"][0]["results"] = {"issued": NAMES}
    assert act(data).services[0].results == ("issued", "refusal")


def test_the_limits_of_a_shared_flow_are_those_of_the_service() -> None:
    data = one_step()
    data["services"][0]["corporation_flow"] = {
        "clause": "9-11", "flow": "state-corporation-intake", "processing_limit": {"minutes": 20},
    }  # fmt: skip
    (flow,) = act(data).services[0].flows
    assert (flow.clauses, flow.limits) == (("9", "10", "11"), (Limit(Rule.MINUTES, 20),))


def test_procedures_are_found_by_their_clause() -> None:
    data = one_step()
    data["services"][0]["steps"] = [step(), step(clause="5.2"), step()]
    service = act(data).services[0]
    assert [one.number for one in service.of_clause(["5.1"])] == [1, 3]
    assert service.of_clause(["5"]) == []
