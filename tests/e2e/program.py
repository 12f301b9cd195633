"""The program as a test drives it: given arguments, it ends with a code and what it has written."""

import itertools
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tests.e2e.moments import Moment
from tests.outside import MODELS, ROOT

_SAMPLED_EVERY_S = 0.1
_LIMIT_S = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How one call ended; `peak_bytes` is the resident memory of all its processes together."""

    exit_code: int
    out: str
    err: str
    left: tuple[str, ...]
    seconds: float
    peak_bytes: int

    @property
    def answer(self) -> dict[str, Any]:
        """The one object that `--format json` promises as the last line of standard output."""
        found = json.loads(self.out.splitlines()[-1], parse_constant=_refuse)
        assert isinstance(found, dict)
        return found


@dataclass(slots=True)
class Running:
    """A call under way."""

    pid: int
    launcher: subprocess.Popen[bytes]
    out: Path
    err: Path
    began_s: float = field(default_factory=time.monotonic)
    has_ended: bool = False

    def kill(self) -> None:
        """Ends a call that nobody waits for any more."""
        answers = self.launcher.stdout
        assert answers is not None
        with suppress(psutil.NoSuchProcess):
            psutil.Process(self.pid).kill()
        answers.readline()
        self.has_ended = True

    def wait(self, *, limit_s: float = _LIMIT_S, sampled: bool = False) -> Ended:
        """Waits for the end. Past the limit the whole call is killed and the test fails."""
        answers = self.launcher.stdout
        assert answers is not None
        peak_bytes, seconds = 0, 0.0
        while not select.select([answers], [], [], _SAMPLED_EVERY_S)[0]:
            seconds = time.monotonic() - self.began_s
            if sampled:
                peak_bytes = max(peak_bytes, _resident_bytes(self.pid))
            if seconds > limit_s:
                self.kill()
                raise AssertionError(f"did not end within {limit_s:.0f} s:\n{self.err.read_text()}")
        found = json.loads(answers.readline())
        self.has_ended = True
        return Ended(
            exit_code=found["exit_code"],
            out=self.out.read_text(encoding="utf-8"),
            err=self.err.read_text(encoding="utf-8"),
            left=tuple(found["left"]),
            seconds=time.monotonic() - self.began_s,
            peak_bytes=peak_bytes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a call stands in."""

    data_dir: Path
    moment: Moment | None = None
    environment: dict[str, str] = field(default_factory=dict)
    cwd: Path | None = None


@dataclass(slots=True)
class Program:
    """The installed program, one call at a time. `folder` takes what the calls print."""

    launcher: subprocess.Popen[bytes]
    folder: Path
    numbers: Iterator[int] = field(default_factory=itertools.count)
    latest: Running | None = None

    def start(self, arguments: Sequence[str], around: Around) -> Running:
        if self.latest is not None and not self.latest.has_ended:
            self.latest.kill()
        number = next(self.numbers)
        out, err = self.folder / f"{number}.out", self.folder / f"{number}.err"
        out.touch()
        err.touch()
        order = {
            "arguments": list(arguments),
            "environment": environment_of(around.data_dir) | around.environment,
            "cwd": str(around.cwd or self.folder),
            "out": str(out),
            "err": str(err),
            "moment": None if around.moment is None else asdict(around.moment),
        }
        orders, answers = self.launcher.stdin, self.launcher.stdout
        assert orders is not None
        assert answers is not None
        orders.write(json.dumps(order).encode() + b"\n")
        pid = json.loads(answers.readline())["pid"]
        self.latest = Running(pid, self.launcher, out, err)
        return self.latest

    def run(
        self,
        *arguments: str,
        data_dir: Path,
        limit_s: float = _LIMIT_S,
        sampled: bool = False,
        **around: Any,
    ) -> Ended:
        running = self.start(arguments, Around(data_dir=data_dir, **around))
        return running.wait(limit_s=limit_s, sampled=sampled)


@contextmanager
def loaded_program(folder: Path) -> Iterator[Program]:
    """The program, loaded once; it ends with everything it started."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.launcher"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Unbuffered: an answer must not wait in this process while `select` looks for it.
        bufsize=0,
        cwd=ROOT,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    ) as launcher:
        yield Program(launcher, folder)
        assert launcher.stdin is not None
        launcher.stdin.close()


def environment_of(data_dir: Path) -> dict[str, str]:
    """What a call finds in its environment: nothing of the test's own but the models."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(data_dir.parent),
        "LANG": "C.UTF-8",
        "TRENDFLOW_DATA_DIR": str(data_dir),
        "TRENDFLOW_MODELS_DIR": str(MODELS),
    }


def _resident_bytes(pid: int) -> int:
    """Memory of a process and everything below it; pages that several share count several times."""
    try:
        parent = psutil.Process(pid)
        processes = [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    total_bytes = 0
    for process in processes:
        try:
            total_bytes += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total_bytes


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")
