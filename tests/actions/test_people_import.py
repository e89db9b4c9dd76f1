"""People from a file: what of it can be read, what it would do, and that it does just that."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from app.actions.people import importing
from app.actions.people.import_plan import Outcome, Plan
from app.actions.people.import_reading import MOST, lines_of
from app.domain.people.access import Actor
from app.errors import Conflict, Forbidden, Invalid
from app.store.tables import Administration, Group, Membership, Organisation, User

ADMIN = Actor("admin", administrator=True, memberships=frozenset())
HEADER = "id,lastName,firstName,email,organisation,roles,language\n"


@pytest.fixture
def office(session: Session) -> Session:
    names = {"kk": "а", "ru": "б", "en": "c"}
    session.add_all(
        [Organisation(id="office", names=names), *(Group(id=one, names=names) for one in ("clerk", "head"))]
    )
    session.add(User(id="aigul", first_name="Айгүл", last_name="Оспан", password_hash="kept"))
    session.flush()
    session.add(Membership(user_id="aigul", tenant_id="office", group_id="clerk"))
    session.flush()
    return session


def dry(session: Session, *lines: str) -> Plan:
    return importing.dry_run(session, ADMIN, (HEADER + "\n".join(lines)).encode())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "id;Фамилия\naigul;Оспан\n".encode("cp1251"),
            "Windows-1251, but must be in UTF-8: line 1, byte 4 of the line (0xD4)",
        ),
        (b"id;lastName\nann;\n\xc0\xe9\xe3\xf3\xeb;x\n", "Windows-1251, but must be in UTF-8: line 3, byte 1"),
        ("id,lastName\na,b".encode("utf-16"), "UTF-16"),
        ("id,lastName\na,b".encode("utf-16-le"), "UTF-16"),
        (b"id,lastName\na,b\0c", "line 2 holds a NUL"),
        (b"id,lastName\na," + b"x" * 200_000, "a cell is too long"),
        (b"id\n\xb1\xab\xbb", "not in UTF-8: line 2, byte 1 of the line (0xB1), byte 4 of the file"),
        ("id\nАйгүл".encode()[:-1], "not in UTF-8: line 2, byte 9"),
        (b"PK\x03\x04...", "a workbook of Excel"),
        (b"id,salary\n", "unknown column “salary”"),
        (b"lastName\nx\n", "lacks the column id"),
        (b"id,id\nx,y\n", "the column id twice"),
        (b"id,roles\nx,y\n", "lacks the column organisation"),
        (b'id,lastName\na,"b\n', "line 2 cannot be read"),
        (b"id\n\n", "there is nobody"),
        (b"id\n" + b"x\n" * (MOST + 1), f"at most {MOST}"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(content: bytes, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        lines_of(content)
    assert said in refused.value.words["en"]


def test_a_file_is_read_with_or_without_a_mark_by_either_delimiter() -> None:
    [line] = lines_of('\ufeffЛогин;Фамилия;Ұйым;Рөлдер\r\n\r\naigul;"Оспан\r\nова";office;clerk head;;\r\n'.encode())
    assert (line.number, line.cells["lastName"], line.cells["roles"]) == (3, "Оспан\r\nова", "clerk head")
    assert [one.cells for one in lines_of(b"ID,First name\na,b\n")] == [{"id": "a", "firstName": "b"}]


def test_the_plan_says_line_by_line_what_becomes_of_whom(office: Session) -> None:
    with pytest.raises(Forbidden):
        importing.dry_run(office, Actor("aigul", False, frozenset()), b"id\nx")
    made = dry(
        office,
        "aigul,Оспан,Айгүл,,,,",
        "marat,Ким,Марат,marat@example.kz,office,clerk|head,ru",
        "aigul,,,a@example.kz,office,head,",
    )
    assert [(one.number, one.outcome, one.changes) for one in made.lines] == [
        (2, Outcome.LEFT, []),
        (
            3,
            Outcome.CREATED,
            [
                ("lastName", "", "Ким"),
                ("firstName", "", "Марат"),
                ("email", "", "marat@example.kz"),
                ("language", "", "ru"),
                ("roles", "", "clerk head"),
            ],
        ),
        (4, Outcome.REFUSED, ()),
    ]
    assert "written otherwise in line 2 (email)" in made.lines[2].why["en"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a,b", "2 cells for 7 columns"),
        (",b,,,,,", "there is no id"),
        ("a/b,,,,,,", "cannot be an id"),
        ("Aigul,,,,,,", "differ in capitals alone"),
        ("marat,,,nobody,,,", "no e-mail address"),
        ("marat,,,,,,de", "no language “de”"),
        ("marat,,,,nowhere,clerk,", "Give its key, for example office"),
        ("marat,,,,office,king,", "no role “king”"),
        ("marat,,,,office,,", "but no role"),
        ("marat,,,,,clerk,", "but no organisation"),
        ("marat,\N{REPLACEMENT CHARACTER},,,,,", "is broken"),
        (f"marat,{'x' * 300},,,,,", "at most 255"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_the_reason(office: Session, line: str, said: str) -> None:
    [refused] = dry(office, line).lines
    assert (refused.number, refused.outcome) == (2, Outcome.REFUSED)
    assert said in refused.why["en"]


def test_what_was_shown_is_done_and_nothing_else(office: Session) -> None:
    content = f"{HEADER}aigul,Оспанова,,,office,head,kk\nmarat,Ким,,,office,clerk,\n".encode()
    shown = importing.dry_run(office, ADMIN, content)
    aigul = office.get_one(User, "aigul")
    aigul.last_name = "Ахметова"
    office.flush()
    with pytest.raises(Conflict, match="have changed"):
        importing.apply(office, ADMIN, content, shown.fingerprint, "x.csv")
    aigul.last_name = "Оспан"
    office.flush()
    with pytest.raises(Conflict, match="have changed"):
        importing.apply(office, ADMIN, content + b"nurlan,,,,,,\n", shown.fingerprint, "x.csv")
    assert importing.apply(office, ADMIN, content, shown.fingerprint, "x.csv").added == ["marat"]
    office.refresh(aigul)
    assert (aigul.last_name, aigul.first_name, aigul.language, aigul.password_hash) == (
        "Оспанова",
        "Айгүл",
        "kk",
        "kept",
    )
    assert office.get_one(User, "marat").password_hash == ""
    held = office.execute(select(Membership.user_id, Membership.group_id).order_by(Membership.user_id)).all()
    assert [tuple(one) for one in held] == [("aigul", "head"), ("marat", "clerk")]
    log = office.scalars(select(Administration).order_by(Administration.id)).all()
    assert [(one.subject, one.operation, one.reason) for one in log] == [
        ("aigul", "Profile", "CSV: x.csv, 2"),
        ("marat", "Added", "CSV: x.csv, 3"),
    ]
    assert (log[0].data or {})["roles"] == [[["office", "clerk"]], [["office", "head"]]]
    again = importing.dry_run(office, ADMIN, content)
    assert again.counts[Outcome.LEFT] == 2
    with pytest.raises(Conflict, match="nothing to import"):
        importing.apply(office, ADMIN, content, again.fingerprint, "x.csv")


def test_nothing_is_done_while_a_line_is_refused(office: Session) -> None:
    content = f"{HEADER}marat,Ким,,,office,clerk,\nnurlan,,,,office,king,\n".encode()
    shown = importing.dry_run(office, ADMIN, content)
    with pytest.raises(Conflict, match="1 lines are refused"):
        importing.apply(office, ADMIN, content, shown.fingerprint, "x.csv")
    assert office.get(User, "marat") is None


@contextmanager
def counted(database: Engine) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(database, "before_cursor_execute", note)
    yield sent
    event.remove(database, "before_cursor_execute", note)


def test_ten_thousand_take_as_many_statements_as_one(office: Session, database: Engine) -> None:
    lines = [f"p{number},Оспан,Айгүл,p{number}@example.kz,office,clerk,kk" for number in range(MOST)]
    content = (HEADER + "\n".join(lines)).encode()
    with counted(database) as sent:
        shown = importing.dry_run(office, ADMIN, content)
        assert len(sent) == 4, sent
        sent.clear()
        assert len(importing.apply(office, ADMIN, content, shown.fingerprint, "x.csv").added) == MOST
        assert len(sent) == 8, sent
