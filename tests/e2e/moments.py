"""Moments of a run at which something befalls it: exact ones, found while the program runs."""

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import psutil


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The `count`-th time that something happens inside a function, and `delay_s` later.

    `event` is one of Python's profile events: `call` or `return` of the function itself, `c_call`
    or `c_return` of the `builtin` that it calls. `where` narrows it to calls whose local variables
    read so. What befalls is a kill -9 of the run's own process or of the child that works for it
    (`kill`, `kill_child`), what Ctrl-C or a shutdown sends it (`SIGINT`, `SIGTERM`), or a disk that
    is full from then on: `fill` writes the file `ballast`.
    """

    function: str
    event: str
    builtin: str = ""
    where: dict[str, str] = field(default_factory=dict)
    count: int = 1
    delay_s: float = 0.0
    deed: str = "kill"
    ballast: str = ""

    def __str__(self) -> str:
        inside = f" {self.builtin}" if self.builtin else ""
        where = "".join(f" {value}" for value in self.where.values())
        late = f" +{1000 * self.delay_s:.0f} ms" if self.delay_s else ""
        return f"{self.function}{where} {self.event}{inside} {self.count}{late}"

    def await_here(self) -> None:
        """Watches this thread from now on, and kills when the moment has come.

        The interpreter itself tells what is called; nothing of the program is changed.
        """
        left = [self.count]

        def watch(frame: FrameType, event: str, arg: Any) -> None:
            if event != self.event or frame.f_code.co_qualname != self.function:
                return
            if self.builtin and getattr(arg, "__name__", "") != self.builtin:
                return
            if any(str(frame.f_locals.get(name)) != text for name, text in self.where.items()):
                return
            left[0] -= 1
            if left[0] == 0:
                sys.setprofile(None)
                self._strike()

        sys.setprofile(watch)

    def _strike(self) -> None:
        if self.delay_s:
            threading.Thread(target=self._do, daemon=True).start()
        else:
            self._do()

    def _do(self) -> None:
        time.sleep(self.delay_s)
        match self.deed:
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "SIGINT" | "SIGTERM":
                os.kill(os.getpid(), signal.Signals[self.deed])
            case "kill_child":
                for child in psutil.Process().children():
                    if "spawn_main" in " ".join(child.cmdline()):
                        child.kill()
            case "fill":
                fill(Path(self.ballast))


def fill(ballast: Path) -> None:
    """Writes until nothing more can be written where the file is."""
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        for size_bytes in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while True:
                    file.write(bytes(size_bytes))
