"""Kills writers at many points of one write and counts what a reader then sees.

`python -m tests.adapters.folder.killed_writer WRITER FOLDER` prints one JSON object. Runs as a
small process of its own because it forks: `folder` is ours, `naive` writes in place.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from types import FrameType

from adapters.folder.artifacts import FolderArtifacts
from domain.artifact import artifact_path, run_folder
from tests.builders import an_identity

POINTS = 100
"""As many in time as between calls: 200 in all."""
SIZE_BYTES = 2 * 2**20
OLD, NEW = b"o" * SIZE_BYTES, b"n" * (SIZE_BYTES + 1)
IDENTITY = an_identity()
PATH = artifact_path(IDENTITY, "loudness")

Write = Callable[[bytes], object]


def kill_myself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def calls_of(write: Write) -> int:
    """How many times the interpreter goes into C or comes back from it during one write."""
    seen = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal seen
        del frame, argument
        seen += event.startswith("c_")

    sys.setprofile(count)
    write(OLD)
    sys.setprofile(None)
    return seen


def killed_at_call(write: Write, number: int) -> None:
    left = number

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal left
        del frame, argument
        left -= event.startswith("c_")
        if left < 0:
            kill_myself()

    sys.setprofile(count)
    write(NEW)


def forked(act: Callable[[], object]) -> int:
    pid = os.fork()
    if pid == 0:
        act()
        os._exit(0)
    return pid


def killed_writers(write: Write) -> Iterator[None]:
    """Yields after each writer that was killed, every time at another point."""
    calls = calls_of(write)
    for point in range(POINTS):
        yield from died(forked(partial(killed_at_call, write, calls * point // POINTS)))
    began = time.perf_counter()
    write(OLD)
    takes_s = time.perf_counter() - began
    moments = random.Random(75)
    while True:
        pid = forked(partial(write, NEW))
        time.sleep(moments.uniform(0, takes_s))
        os.kill(pid, signal.SIGKILL)
        yield from died(pid)


def died(pid: int) -> Iterator[None]:
    """Yields once, unless the process had come to its own end."""
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        yield


def main(writer: str, folder: Path) -> None:
    store = FolderArtifacts(folder)
    file = folder / PATH
    writers: dict[str, Write] = {
        "folder": lambda content: store.write(PATH, content),
        "naive": file.write_bytes,
    }
    write = writers[writer]
    names = {sha256(OLD).digest(): "old", sha256(NEW).digest(): "new"}
    counts: Counter[str] = Counter()
    store.write(PATH, OLD)
    for _ in islice(killed_writers(write), 2 * POINTS):
        counts[names.get(sha256(file.read_bytes()).digest(), "torn")] += 1
        counts["left over"] += len(list(file.parent.iterdir())) - 1
        store.sweep(IDENTITY)
        counts["not swept"] += len(list((folder / run_folder(IDENTITY)).rglob("*"))) - 2
        store.write(PATH, OLD)
    sys.stdout.write(json.dumps(counts))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
