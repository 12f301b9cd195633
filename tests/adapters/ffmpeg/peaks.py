"""How much memory the programs that read media really took."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

_EVERY_S = 0.005


@dataclass
class Peak:
    """The most that one child had in memory at once."""

    mib: float = 0.0


@contextmanager
def peak_of(name: str) -> Iterator[Peak]:
    """Watches every process of that name below this one.

    Not what `wait4` says: that starts from the size of the process that started the child.
    """
    peak, stop = Peak(), threading.Event()

    def watch() -> None:
        while not stop.wait(_EVERY_S):
            for child in psutil.Process().children(recursive=True):
                with suppress(psutil.Error, OSError):
                    if child.name() == name:
                        peak.mib = max(peak.mib, _high_water_mib(child.pid))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()


def _high_water_mib(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
