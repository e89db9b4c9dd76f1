import pytest

from app.domain.acts.clauses_of_acts import clauses, is_within, mentioned


@pytest.mark.parametrize(
    ("cited", "meant"),
    [
        ("5.3", ("5.3",)),
        ("5.8 and 7.8", ("5.8", "7.8")),
        ("process 1, process 3", ("process 1", "process 3")),
        ("9-12", ("9", "10", "11", "12")),
        ("5/4-рәсім", ("5/4-рәсім",)),
        ("5 (last paragraph)", ("5 (last paragraph)",)),
        ("2-қосымша, 3-тармақ", ("appendix 2 item 3",)),
        ("2-қосымшаның 3-тармағы", ("appendix 2 item 3",)),
        ("appendix 2 item 3", ("appendix 2 item 3",)),
        ("", ()),
    ],
)
def test_a_citation_names_its_clauses_in_one_form(cited: str, meant: tuple[str, ...]) -> None:
    assert clauses(cited) == meant


@pytest.mark.parametrize(
    ("clause", "known", "answer"),
    [
        ("5.3", ["5.3"], True),
        ("8(5)", ["8"], True),
        ("5", ["5.3"], True),
        ("5.3", ["5.31"], False),
        ("51", ["5"], False),
        ("9.1", ["9"], True),
        ("appendix 2 item 3", ["appendix 2 item 7"], False),
    ],
)
def test_a_part_of_a_clause_is_within_it(clause: str, known: list[str], answer: bool) -> None:
    assert is_within(clause, known) is answer


def test_every_clause_of_an_act_counts_but_those_of_its_conflicts() -> None:
    data = {"steps": [{"clause": "5.1", "limit_clause": "8.10"}], "total": {"clause": 3}, "conflict": [{"clause": "4"}]}
    assert sorted(mentioned(data)) == ["3", "5.1", "8.10"]
