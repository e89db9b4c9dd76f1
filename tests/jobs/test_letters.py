"""Letters of notices, taken by a real mail server."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from app import mail
from app.actions.people import notices
from app.actions.tasks import tasks
from app.config import MailServer
from app.domain.ids import new_id
from app.domain.people.mail import Wishes
from app.domain.people.notices import Kind
from app.jobs.database import transactions
from app.mail import Letter
from app.store.tables import Absence, Task, User
from tests.jobs.outside import ADMIN, TENANT, assigned, begun, database, deliveries, jobs, work
from tests.jobs.receivers import CERTIFICATE, PASSWORD, USER, PostOffice, post_office

__all__ = ["database", "work"]
Work = Callable[[], None]
DAY = timedelta(days=1)


def addressed(database: Engine, wishes: Wishes | None = None, email: str | None = "clerk@example.kz") -> None:
    with Session(database) as session, session.begin():
        clerk = session.get_one(User, "clerk")
        clerk.email, clerk.mail = email, None if wishes is None else wishes.to_dict()


def use(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("REGLAMENT_SMTP", url)
    monkeypatch.setenv("REGLAMENT_MAIL_FROM", "Reglament <reglament@example.kz>")
    transactions.cache_clear()


@pytest.fixture
def office(database: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    with post_office() as office:
        use(monkeypatch, f"smtp://127.0.0.1:{office.port}")
        addressed(database)
        yield office


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", ("Сізге тапсырма берілді", "Қадам: Тексеру", "Мерзімі: ")),
        ("ru", ("Вам поручена задача", "Шаг: Проверка", "Срок: ")),
        ("en", ("A task is assigned to you", "Step: Check", "Due: ")),
    ],
)
def test_a_notice_comes_as_a_letter_in_the_language_of_the_person(
    database: Engine, office: PostOffice, work: Work, lang: str, words: tuple[str, ...]
) -> None:
    addressed(database, Wishes(lang))
    task = begun()
    assigned(task)
    work()
    [letter], [delivery] = office.letters, deliveries(database)
    text = letter.get_content().replace("\r\n", "\n")
    assert all(one in text for one in words)
    assert words[0] in letter["Subject"]
    assert f"https://reglament.example.kz/tasks/{task}\n" in text
    assert "A-17" in text
    assert "Құпия" not in str(letter["Subject"]) + text
    assert letter["Message-ID"] == f"<{delivery.id}@example.kz>"
    assert (letter["To"], letter["From"]) == ("Айгүл clerk <clerk@example.kz>", "Reglament <reglament@example.kz>")
    assert delivery.state == "sent"
    work()
    assert len(office.letters) == 1


def test_who_has_no_address_or_does_not_want_it_gets_none_and_nothing_is_written(
    database: Engine, office: PostOffice
) -> None:
    for wishes, email in ((None, None), (Wishes(kinds=frozenset({Kind.OVERDUE})), "clerk@example.kz")):
        addressed(database, wishes, email)
        assigned(begun())
    assert (deliveries(database), jobs(database), office.letters) == ([], 0, [])


def test_without_a_mail_server_nothing_is_written(database: Engine) -> None:
    addressed(database)
    assigned(begun())
    assert (deliveries(database), jobs(database)) == ([], 0)


def test_what_is_rolled_back_is_not_told(database: Engine, office: PostOffice) -> None:
    task = begun()
    with pytest.raises(ZeroDivisionError), transactions().begin() as session:
        _assign_and_fail(session, task)
    with transactions().begin() as session, pytest.raises(ZeroDivisionError), session.begin_nested():
        _assign_and_fail(session, task)
    assert (deliveries(database), jobs(database), office.letters) == ([], 0, [])


def _assign_and_fail(session: Session, task: UUID) -> None:
    tasks.assign(session, ADMIN, task, "clerk", datetime.now(UTC))
    session.flush()
    raise ZeroDivisionError


def test_who_acts_for_an_absent_gets_his_letters_too_and_is_told_for_whom(
    database: Engine, office: PostOffice, work: Work
) -> None:
    today = datetime.now(ZoneInfo("Asia/Almaty")).date()
    with Session(database) as session, session.begin():
        session.get_one(User, "second").email = "second@example.kz"
        for first, last, ended in (
            (today, today, None),
            (today, today, datetime.now(UTC)),
            (today + DAY, today + DAY, None),
        ):
            absence = Absence(
                id=new_id(),
                made_at=datetime.now(UTC),
                ended_at=ended,
                first_day=first,
                last_day=last,
                tenant_id=TENANT,
                user_id="clerk",
                deputy_id="second",
                order_number="1",
                made_by="admin",
            )
            session.add(absence)
    assigned(begun())
    work()
    letters = {str(letter["To"]).split()[-1]: letter.get_content() for letter in office.letters}
    assert len(office.letters) == len(letters) == 2
    assert "Кімнің орнына: Айгүл clerk" in letters["<second@example.kz>"]
    assert "Кімнің орнына" not in letters["<clerk@example.kz>"]


@pytest.mark.parametrize("change", [{"ended_at": datetime.now(UTC)}, {"assignee": "second"}, {"due_at": None}])
def test_a_letter_that_is_over_before_it_goes_is_not_sent(
    database: Engine, office: PostOffice, work: Work, change: dict[str, object]
) -> None:
    late = datetime.now(UTC) - timedelta(minutes=1)
    for moved in (False, True):
        task = begun()
        with Session(database) as session, session.begin():
            session.execute(update(Task).where(Task.id == task).values(due_at=late, assignee="clerk"))
        with transactions().begin() as session:
            notices.remind(session, datetime.now(UTC), mail=True)
        if moved:
            with Session(database) as session, session.begin():
                session.execute(update(Task).where(Task.id == task).values(**change))
        work()
        assert (len(office.letters), [one.state for one in deliveries(database)][-1]) == (
            1,
            "needless" if moved else "sent",
        )


def test_a_server_that_is_busy_is_asked_again_and_the_letter_comes_once(
    database: Engine, office: PostOffice, work: Work
) -> None:
    office.answers = ["451 try again later"]
    assigned(begun())
    work()
    [waiting] = deliveries(database)
    assert (waiting.state, waiting.tries, office.letters) == ("waiting", 1, [])
    assert "451 try again later" in (waiting.error or "")
    work()
    [sent] = deliveries(database)
    assert (sent.state, sent.tries, len(office.letters)) == ("sent", 2, 1)


def test_a_server_that_fails_after_it_has_taken_a_letter_gets_it_once(
    database: Engine, office: PostOffice, work: Work
) -> None:
    office.farewell = "421 out of order"
    assigned(begun())
    work()
    work()
    assert ([one.state for one in deliveries(database)], len(office.letters)) == (["sent"], 1)


@pytest.mark.parametrize(
    ("says", "limit", "why"),
    [
        (["554 no service for you\r\n"], 60, "554 no service for you"),
        (["220 a\r\n", "250 b\r\n", "530 authenticate first\r\n"], 60, "530 authenticate first"),
        (["220-" + "and so on " * 100], 0.3, "127.0.0.1:"),
    ],
)
def test_what_a_server_says_of_us_is_tried_again_and_one_that_never_ends_is_cut_off(
    says: list[str], limit: float, why: str
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            for number, line in enumerate(says):
                if number:
                    await reader.readline()
                for piece in [line] if line.endswith("\n") else line:
                    writer.write(piece.encode())
                    await writer.drain()
                    if piece != line:
                        with suppress(TimeoutError):
                            await asyncio.wait_for(asyncio.Event().wait(), 0.02)
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        there = MailServer("127.0.0.1", server.sockets[0].getsockname()[1], False, None, None, "a@example.kz")
        letter = Letter(new_id(), "clerk@example.kz", "A", "No. 1\r\n2", "text", "en", datetime.now(UTC))
        with pytest.raises(mail.NotTaken, match=why) as refused:
            await asyncio.to_thread(mail.send, there, letter, limit)
        assert not refused.value.permanent
        server.close()

    asyncio.run(run())


def test_what_the_server_refuses_for_good_lies_there_at_once(database: Engine, office: PostOffice, work: Work) -> None:
    office.answers = ["550 no such person"]
    assigned(begun())
    work()
    [lies] = deliveries(database)
    assert (lies.state, lies.tries, lies.error, lies.due_at) == ("failed", 1, "550 no such person", None)
    assert jobs(database) == 0


@pytest.mark.parametrize("email", ["nobody", "clerk@", "x@y\r\nBcc: z@example.kz"])
def test_what_is_no_address_harms_nobody_else(database: Engine, office: PostOffice, work: Work, email: str) -> None:
    addressed(database, email=email)
    assigned(begun())
    work()
    assert [one.state for one in deliveries(database)] == ["failed"]
    assert office.letters == []


def test_a_password_goes_through_tls_alone(database: Engine, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    addressed(database)
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with post_office(secure=True) as office:
        use(monkeypatch, f"smtp://{USER}:{quote(PASSWORD, safe='')}@localhost:{office.port}")
        assigned(begun())
        work()
        assert [one.error for one in deliveries(database)] == [None]
        assert (len(office.letters), office.secured) == (1, [True])
    with post_office() as open_one:
        use(monkeypatch, f"smtp://{USER}:{quote(PASSWORD, safe='')}@localhost:{open_one.port}")
        assigned(begun())
        work()
        [waiting] = [one for one in deliveries(database) if one.state == "waiting"]
        assert open_one.letters == []
        assert "STARTTLS" in (waiting.error or "")


def test_a_server_that_nobody_vouches_for_gets_no_password(
    database: Engine, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    addressed(database)
    with post_office(secure=True) as office:
        use(monkeypatch, f"smtp://{USER}:{quote(PASSWORD, safe='')}@localhost:{office.port}")
        assigned(begun())
        work()
        [waiting] = deliveries(database)
        assert (waiting.state, office.letters) == ("waiting", [])
        assert PASSWORD not in (waiting.error or "")
