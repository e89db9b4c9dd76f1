"""Child processes that live exactly as long as the process that started them."""

import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
PAUSE = 0.05
"""Seconds between two looks at the children."""
LAST_LINES = 25
STEADY = 30
"""Seconds after which a program that ends has not failed to start."""
AGAIN = (0, 1, 2, 4)
"""The pauses, in seconds, of a program that a service cannot do without."""


class StartFailed(Exception):
    """Something on this machine stands in the way; the message says what, and what to do."""


class Stopped(BaseException):
    """The operator asked to stop (SIGINT, SIGTERM, SIGHUP). No `Exception`, so that no handler on the way holds it."""


@dataclass(frozen=True, slots=True)
class Program:
    """What to start.

    environment: the whole of it. account: the user to run as, None for our own. stop: the signal that asks it to end,
    sent too by the kernel when the supervisor is killed. patience: seconds until it is killed instead. pauses: seconds
    before it is started again each time that it ends by itself; when it does so once more before it is STEADY,
    everything stops. once: has done its work when it ends with status 0; what it said is printed then.
    """

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    account: str | None = None
    stop: signal.Signals = signal.SIGTERM
    patience: float = 15
    pauses: Sequence[float] = ()
    once: bool = False


@dataclass(frozen=True, slots=True)
class Child:
    """started: by the monotonic clock. failures: how often the program had ended before it was STEADY, in a row."""

    program: Program
    process: subprocess.Popen[bytes]
    log: Path
    started: float
    failures: int


class Children:
    """The running programs, in ranks: what starts later stops first. Leaving the block stops all of them."""

    def __init__(self, logs: Path) -> None:
        """logs: the folder that gets a `<name>.log` a program; the file of the start before is kept as `.log.1`."""
        self.logs = logs
        self.ranks: list[list[Child]] = []

    def __enter__(self) -> Self:
        self.logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, *programs: Program) -> None:
        """Start one rank. StartFailed when a program cannot be executed."""
        rank: list[Child] = []
        self.ranks.append(rank)
        for program in programs:
            rank.append(_start(program, self.logs))

    def check(self) -> None:
        """StartFailed, with the last lines of its log, when a program has ended by itself."""
        for child in (child for rank in self.ranks for child in rank):
            if child.process.poll() is not None:
                raise _failed(child)

    def wait(self, ready: Callable[[], bool], seconds: float, what: str) -> None:
        """Until `ready`. StartFailed when a program ends before, or after that many seconds; `what` names it then."""
        end = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > end:
                raise StartFailed(f"{what} was not ready within {seconds:.0f} seconds; see {self.logs}")
            time.sleep(PAUSE)

    def watch(self) -> None:
        """Start again what ends by itself, until it does so too often, which is a StartFailed, or a signal comes: Stopped."""
        while True:
            for rank in self.ranks:
                for child in [child for child in rank if child.process.poll() is not None]:
                    if child.program.once and child.process.returncode == 0:
                        rank.remove(child)
                        print(child.log.read_text(errors="replace"), end="", flush=True)
                    else:
                        rank[rank.index(child)] = self._again(child)
            time.sleep(PAUSE * 4)

    def _again(self, child: Child) -> Child:
        """Start the program of a child that has ended, after its pause, in which a signal may come."""
        pauses, failures = child.program.pauses, child.failures + 1
        if time.monotonic() - child.started >= STEADY:
            failures = 1
        if failures > len(pauses):
            raise _failed(child, f", {failures} times one soon after another" if pauses else "")
        pause = pauses[failures - 1]
        print(f"{_ending(child)}; it is started again{f' in {pause:g} seconds' if pause else ''}.", flush=True)
        _kill_group(child)
        time.sleep(pause)
        return _start(child.program, self.logs, failures)

    def stop(self) -> None:
        while self.ranks:
            rank = self.ranks.pop()
            for child in rank:
                if child.process.poll() is None:
                    child.process.send_signal(child.program.stop)
                else:
                    _kill_group(child)
            for child in rank:
                _await_end(child)


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """SIGINT, SIGTERM and SIGHUP raise Stopped inside the block, once: a second one cannot cut the stopping short."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number: int, _frame: FrameType | None) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(signal.Signals(number).name)

    before = {number: signal.signal(number, stop) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_once(program: Program) -> None:
    """Run to the end. StartFailed with what the program said when it fails."""
    done = subprocess.run(  # noqa: S603 - the arguments are ours
        list(program.arguments),
        env=dict(program.environment),
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=_tie(os.getpid(), signal.SIGKILL),
        user=program.account,
        group=pwd.getpwnam(program.account).pw_gid if program.account else None,
        extra_groups=[] if program.account else None,
    )
    if done.returncode:
        raise StartFailed(f"{program.name} failed:\n{done.stdout.decode(errors='replace').strip()}")


def _start(program: Program, logs: Path, failures: int = 0) -> Child:
    log = logs / f"{program.name}.log"
    if log.exists():
        log.replace(log.with_name(f"{log.name}.1"))
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(  # noqa: S603 - the arguments are ours
                list(program.arguments),
                env=dict(program.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_tie(os.getpid(), program.stop),
                user=program.account,
                group=pwd.getpwnam(program.account).pw_gid if program.account else None,
                extra_groups=[] if program.account else None,
            )
        except OSError as error:
            raise StartFailed(f"{program.name} cannot be started: {error}") from error
    return Child(program, process, log, time.monotonic(), failures)


def _tie(parent: int, number: signal.Signals) -> Callable[[], None]:
    """What a child does before it becomes the program: ask the kernel for a signal at the death of its parent."""

    def tie() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def _await_end(child: Child) -> None:
    try:
        child.process.wait(child.program.patience)
    except subprocess.TimeoutExpired:
        _kill_group(child)
        child.process.wait()


def _kill_group(child: Child) -> None:
    """The session of a child is its own, so its process group holds what it has started, also when it has ended itself."""
    with suppress(ProcessLookupError):
        os.killpg(child.process.pid, signal.SIGKILL)


def _ending(child: Child) -> str:
    """How a program that has ended did so, by its name."""
    code = child.process.returncode
    how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
    return f"{child.program.name} {how}"


def _failed(child: Child, often: str = "") -> StartFailed:
    return StartFailed(f"{_ending(child)}{often}. The end of {child.log}:\n{_last_lines(child.log)}")


def _last_lines(log: Path) -> str:
    with log.open(errors="replace") as lines:
        return "".join(deque(lines, LAST_LINES)).rstrip()
