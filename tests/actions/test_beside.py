"""What stands beside the service: whether it answers, asked once in a while; and statements shown without values."""

import socket
from threading import Thread

import pytest

from app.actions.system import statements
from app.actions.system.beside import Neighbours
from app.config import read


@pytest.mark.parametrize(("answer", "state"), [(b"PONG\0", "well"), (b"no\0", "silent")])
def test_the_scanner_is_asked_once_and_not_at_each_look(answer: bytes, state: str) -> None:
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                asked.append(connection.recv(100))
                connection.sendall(answer)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        settings = read({"DATABASE_URL": "postgresql://x/y", "REGLAMENT_CLAMD": f"127.0.0.1:{server.getsockname()[1]}"})
        beside = Neighbours(settings)
        seen = [{one.what: one.state for one in beside.seen()} for _ in range(2)]
        thread.join()
    assert seen == [{"mail": "none", "scanner": state}] * 2
    assert asked == [b"zPING\0"]


def test_a_mail_server_that_is_not_there_is_silent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    mail = {"REGLAMENT_SMTP": f"smtp://127.0.0.1:{port}", "REGLAMENT_MAIL_FROM": "a@example.kz"}
    [found, _] = Neighbours(read({"DATABASE_URL": "postgresql://x/y", **mail})).seen()
    assert (found.state, found.where) == ("silent", f"127.0.0.1:{port}")


def test_a_statement_is_shown_without_the_values_in_it() -> None:
    written = "SELECT *\n FROM task2 WHERE name = 'О''Айгүл' AND n > 12.5 AND id = $1 AND t = $$850101300019$$"
    assert statements.shown(written) == "SELECT * FROM task2 WHERE name = ? AND n > ? AND id = $1 AND t = ?"
