"""The embedded server and the supervisor, as real processes."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from app.local import postgres
from app.local.processes import Children, Program, StartFailed

FAST = {"fsync": "off", "shared_buffers": "16MB"}
SLEEPER = "import signal; print('asleep', flush=True); signal.pause()"
DEAF = f"import signal, subprocess, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); \
subprocess.Popen([sys.executable, '-c', {SLEEPER!r}]); print('ready', flush=True); signal.pause()"
WEB = """
import http.server, sys
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health" else 404)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Health).serve_forever()
"""
SERVICE = f"""
import os, sys
from app import config
from app.local.processes import Program
from app.local.start import Service, run

def programs(settings, url):
    environment = {{**os.environ, "DATABASE_URL": url}}
    return [
        Program("web", [sys.executable, "-c", {WEB!r}, str(settings.port)], environment),
        Program("worker", [sys.executable, "-c", {SLEEPER!r}], environment),
    ]

def announce(settings, url):
    print("READY", url, flush=True)

sys.exit(run(config.read(), Service(lambda settings, url: None, programs, announce)))
"""
Start = Callable[..., "subprocess.Popen[str]"]


def program(code: str, name: str = "program", **options: Any) -> Program:
    return Program(name, [sys.executable, "-u", "-c", code], os.environ, **options)


def gone(processes: list[psutil.Process]) -> bool:
    return not psutil.wait_procs(processes, timeout=60)[1]


def wait_for(children: Children, name: str, words: str) -> None:
    children.wait(lambda: words in (children.logs / f"{name}.log").read_text(), 20, name)


@pytest.fixture
def port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def supervisor(home: Path, port: int) -> Iterator[Start]:
    """Starts the supervisor with a small web server and a worker that only waits."""
    started: list[subprocess.Popen[str]] = []

    def start(**environment: str) -> "subprocess.Popen[str]":
        inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        process = subprocess.Popen(
            [sys.executable, "-c", SERVICE],
            env={**inherited, "REGLAMENT_HOME": str(home), "PORT": str(port), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def ready(process: "subprocess.Popen[str]") -> str:
    """The database's URL, once everything runs."""
    assert process.stdout
    for line in process.stdout:
        if line.startswith("READY "):
            return line.split()[1]
    raise AssertionError(process.communicate()[1])


@contextmanager
def all_of(process: "subprocess.Popen[str]") -> Iterator[list[psutil.Process]]:
    """The supervisor's processes, which are all gone after the block."""
    below = psutil.Process(process.pid).children(recursive=True)
    assert any("postgres" in below_one.name() for below_one in below)
    yield below
    assert gone(below)


# -- children -----------------------------------------------------------------------------------------------------


def test_leaving_the_block_stops_the_programs_in_the_reverse_order(tmp_path: Path) -> None:
    code = "import signal, sys, time\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(print(time.monotonic())))\n"
    code += "print('ready'); signal.pause()"
    with Children(tmp_path) as children:
        children.start(program(code, "first"))
        children.start(program(code, "second"))
        wait_for(children, "first", "ready")
        wait_for(children, "second", "ready")
    first, second = (float((tmp_path / f"{name}.log").read_text().split()[1]) for name in ("first", "second"))
    assert second < first


def test_a_program_that_ignores_the_signal_is_killed_with_what_it_started(tmp_path: Path) -> None:
    with Children(tmp_path) as children:
        children.start(program(DEAF, patience=0.1))
        wait_for(children, "program", "ready")
        wait_for(children, "program", "asleep")
        top = psutil.Process(children.ranks[0][0].process.pid)
        below = [top, *top.children(recursive=True)]
    assert len(below) == 2
    assert gone(below)


def test_a_program_that_ends_is_reported_with_its_last_lines(tmp_path: Path) -> None:
    with Children(tmp_path) as children:
        children.start(program("print('the reason'); raise SystemExit(3)"))
        with pytest.raises(StartFailed, match=r"ended with status 3(.|\n)*the reason"):
            children.watch()


def test_a_program_that_is_killed_is_reported_by_the_name_of_the_signal(tmp_path: Path) -> None:
    with Children(tmp_path) as children:
        children.start(program("import os; os.kill(os.getpid(), 9)"))
        with pytest.raises(StartFailed, match="ended by SIGKILL"):
            children.watch()


def test_what_a_killed_program_has_started_ends_too(tmp_path: Path) -> None:
    code = f"import subprocess, sys, signal; subprocess.Popen([sys.executable, '-c', {SLEEPER!r}]); signal.pause()"
    with Children(tmp_path) as children:
        children.start(program(code))
        wait_for(children, "program", "asleep")
        below = psutil.Process(children.ranks[0][0].process.pid).children()
        children.ranks[0][0].process.kill()
        with pytest.raises(StartFailed, match="ended by SIGKILL"):
            children.watch()
    assert gone(below)


def test_what_has_done_its_work_is_not_started_again_and_its_words_are_shown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    fails_once = f"import pathlib; mark = pathlib.Path({str(tmp_path / 'mark')!r})\n"
    fails_once += "if mark.exists(): print('all done')\nelse: mark.touch(); raise SystemExit(1)"
    with Children(tmp_path) as children:
        children.start(program(fails_once, "work", pauses=(0,), once=True))
        children.start(program("raise SystemExit(3)", "other", pauses=(0.5, 0.5)))
        with pytest.raises(StartFailed, match="other ended with status 3, 3 times"):
            children.watch()
        assert children.ranks[0] == []
    said = capfd.readouterr().out.splitlines()
    assert "work ended with status 1; it is started again." in said
    assert said.count("all done") == 1


def test_the_log_of_the_start_before_is_kept(tmp_path: Path) -> None:
    for word in ("one", "two"):
        with Children(tmp_path) as children:
            children.start(program(f"import signal; print('{word}'); signal.pause()"))
            wait_for(children, "program", word)
    assert (tmp_path / "program.log").read_text() == "two\n"
    assert (tmp_path / "program.log.1").read_text() == "one\n"


def test_a_program_that_does_not_exist_is_a_failed_start(tmp_path: Path) -> None:
    with Children(tmp_path) as children, pytest.raises(StartFailed, match="cannot be started"):
        children.start(Program("missing", ["/no/such/program"], {}))


# -- the server ---------------------------------------------------------------------------------------------------


def test_the_data_is_found_again_at_the_next_start(home: Path) -> None:
    with postgres.serving(home, **FAST) as server, psycopg.connect(postgres.ensure_database(server)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    with postgres.serving(home, **FAST) as server, psycopg.connect(postgres.ensure_database(server)) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_the_server_listens_only_on_a_socket_that_others_cannot_reach(home: Path) -> None:
    with postgres.serving(home, **FAST) as server, psycopg.connect(server.url("postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert server.sockets.stat().st_mode & 0o007 == 0


def test_words_are_sorted_and_folded_by_unicode(home: Path) -> None:
    with postgres.serving(home, **FAST) as server, psycopg.connect(postgres.ensure_database(server)) as connection:
        assert connection.execute("SELECT upper('әкімдік'), lower('ҰЛТ')").fetchone() == ("ӘКІМДІК", "ұлт")


def test_a_home_with_a_long_name_and_odd_letters_serves_too(tmp_path: Path) -> None:
    with postgres.serving(tmp_path / f"my, home: {'қ' * 60}", **FAST) as server:
        psycopg.connect(server.url("postgres")).close()
        assert len(str(server.sockets)) < 90
    server.sockets.rmdir()


def test_a_server_that_outlived_its_supervisor_is_stopped(home: Path) -> None:
    with postgres.serving(home, **FAST) as server:
        arguments = psutil.Process(int((server.data / "postmaster.pid").read_text().split()[0])).cmdline()
    group = server.data.stat().st_gid if server.account else None
    leftover = subprocess.Popen(
        arguments, user=server.account, group=group, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert leftover.stderr
    assert any("ready to accept connections" in line for line in leftover.stderr)
    with postgres.serving(home, **FAST) as server:
        psycopg.connect(server.url("postgres")).close()
        assert leftover.wait(30) == 0
    leftover.stderr.close()


def test_a_stale_pid_file_that_names_another_program_is_no_obstacle(home: Path) -> None:
    with postgres.serving(home, **FAST) as server:
        content = (server.data / "postmaster.pid").read_text()
    bystander = subprocess.Popen(["sleep", "infinity"], user=server.account)
    (server.data / "postmaster.pid").write_text("\n".join([str(bystander.pid), *content.split("\n")[1:]]))
    with postgres.serving(home, **FAST) as server:
        psycopg.connect(server.url("postgres")).close()
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


# -- the supervisor -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything(supervisor: Start, home: Path, number: signal.Signals) -> None:
    process = supervisor()
    url = ready(process)
    psycopg.connect(url).close()
    with all_of(process):
        process.send_signal(number)
        assert process.wait(60) == 0
    assert "database system is shut down" in (home / "log" / "postgres.log").read_text()


def test_nothing_outlives_a_killed_supervisor_and_the_next_one_starts(supervisor: Start) -> None:
    process = supervisor()
    ready(process)
    with all_of(process):
        process.kill()
        process.wait()
        second = supervisor()
        ready(second)
    second.terminate()
    assert second.wait(60) == 0


def test_when_a_child_ends_everything_stops_and_its_last_lines_are_shown(supervisor: Start, home: Path) -> None:
    process = supervisor()
    ready(process)
    wait_for(Children(home / "log"), "worker", "asleep")
    with all_of(process) as below:
        next(child for child in below if SLEEPER in child.cmdline()).kill()
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "worker was ended by SIGKILL" in errors
    assert "asleep" in errors


def test_a_busy_port_is_named(supervisor: Start, port: int) -> None:
    with closing(socket.create_server(("127.0.0.1", port))):
        process = supervisor()
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"port {port} of 127.0.0.1 is in use" in errors


def test_a_second_supervisor_of_the_same_home_is_refused(supervisor: Start) -> None:
    process = supervisor()
    ready(process)
    second = supervisor()
    _, errors = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "already runs with" in errors
    assert str(process.pid) in errors
    process.terminate()
    assert process.wait(60) == 0


def test_another_server_is_used_when_its_url_is_given(supervisor: Start, home: Path, empty_database: str) -> None:
    process = supervisor(DATABASE_URL=empty_database)
    assert ready(process) == empty_database
    process.terminate()
    assert process.wait(60) == 0
    assert not (home / "postgres").exists()
    with psycopg.connect(empty_database) as connection:
        assert connection.execute("SELECT count(*) FROM task").fetchone() == (0,)


def test_a_database_that_does_not_answer_is_reported(supervisor: Start) -> None:
    process = supervisor(DATABASE_URL="postgresql://127.0.0.1:1/nothing")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "the database does not answer" in errors
