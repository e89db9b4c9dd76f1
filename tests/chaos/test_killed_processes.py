"""A process of the service killed with -9 is started again; one that ends again and again stops the service, with the reason."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from app import config
from app.local import processes
from app.local.processes import Children, Program, StartFailed, Stopped, stopping_on_signals
from app.local.start import healthy

SLEEPER = "import signal; signal.pause()"
ENDS = "open('starts', 'a').write('.'); raise SystemExit(3)"
ENDS_FOUR_TIMES = """
import os, signal
with open('starts', 'a+') as starts:
    starts.write('.')
    count = starts.tell()
if count < 5:
    raise SystemExit(3)
os.kill(os.getppid(), signal.SIGTERM)
signal.pause()
"""
SUPERVISOR = f"""
import os, sys
from pathlib import Path
from app.local.processes import Children, Program, Stopped, stopping_on_signals

ends = [sys.executable, "-c", "import os, subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEPER!r}])"]
stays = [sys.executable, "-c", {SLEEPER!r}]
try:
    with stopping_on_signals(), Children(Path(sys.argv[1])) as children:
        children.start(Program("ends", ends, os.environ, pauses=(600,)), Program("stays", stays, os.environ))
        children.watch()
except Stopped:
    sys.exit(0)
"""


@pytest.fixture
def service(home: Path) -> Iterator["subprocess.Popen[str]"]:
    """`reglament run` with everything of its own; beside it the office of the demonstration fills."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"DATABASE_URL": "", "REGLAMENT_HOME": str(home), "PORT": str(port), "REGLAMENT_DEMO": "1"}
    with supervisor([sys.executable, "-m", "app.cli", "run"], **settings) as process:
        yield process


@contextmanager
def supervisor(arguments: Sequence[str], **environment: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        arguments, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def said(process: "subprocess.Popen[str]", words: str) -> None:
    """Once a line of the output holds these words."""
    assert process.stdout
    if not any(words in line for line in process.stdout):
        raise AssertionError(process.communicate()[1])


def below(process: "subprocess.Popen[str]", words: str) -> list[psutil.Process]:
    """The children of a process whose command line holds these words."""
    return [child for child in psutil.Process(process.pid).children() if words in " ".join(child.cmdline())]


def test_a_killed_worker_web_server_or_database_is_started_again(
    service: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    said(service, "Stop: Ctrl-C")
    settings = config.read(psutil.Process(service.pid).environ())
    everything = psutil.Process(service.pid).children(recursive=True)
    waiting = Children(tmp_path)
    programs = (
        ("office", "app.cli office"),
        ("worker", "app.cli worker"),
        ("web", "gunicorn"),
        ("postgres", "pginstall"),
    )
    for name, words in programs:
        waiting.wait(lambda words=words: len(below(service, words)) == 1, 60, name)
        (killed,) = below(service, words)
        killed.kill()
        said(service, f"{name} was ended by SIGKILL; it is started again.")
        waiting.wait(lambda words=words: len(below(service, words)) == 1, 60, name)
        assert below(service, words) != [killed]
        waiting.wait(lambda: healthy(settings), 120, "the service")
    everything += psutil.Process(service.pid).children(recursive=True)
    service.send_signal(signal.SIGINT)
    assert service.wait(60) == 0
    assert psutil.wait_procs(everything, timeout=60)[1] == []


def test_a_signal_in_the_pause_before_a_new_start_stops_everything(tmp_path: Path) -> None:
    with supervisor([sys.executable, "-c", SUPERVISOR, str(tmp_path)]) as process:
        said(process, "ends ended with status 0; it is started again in 600 seconds.")
        everything = psutil.Process(process.pid).children(recursive=True)
        assert everything
        process.terminate()
        assert process.wait(60) == 0
    assert psutil.wait_procs(everything, timeout=60)[1] == []


def test_a_program_that_ends_again_and_again_is_given_up_with_its_last_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with Children(tmp_path) as children:
        children.start(Program("ends", [sys.executable, "-c", f"print('why'); {ENDS}"], os.environ, pauses=(0, 0.01)))
        with pytest.raises(StartFailed, match=r"ends ended with status 3, 3 times one soon after another(.|\n)*why"):
            children.watch()
    assert (tmp_path / "starts").read_text() == "..."
    assert capfd.readouterr().out.splitlines() == [
        "ends ended with status 3; it is started again.",
        "ends ended with status 3; it is started again in 0.01 seconds.",
    ]


def test_a_program_that_has_run_for_long_is_never_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(processes, "STEADY", 0)
    program = Program("ends", [sys.executable, "-c", ENDS_FOUR_TIMES], os.environ, pauses=(0,))
    with stopping_on_signals(), Children(tmp_path) as children:
        children.start(program)
        with pytest.raises(Stopped):
            children.watch()
    assert (tmp_path / "starts").read_text() == "....."
