"""An analyst for the child process that misbehaves on request."""

import ctypes
import errno
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from application.ports.analyst import Measured
from application.ports.orders import MeasureOrder, SegmentOrder
from domain.component import ComponentStatus
from domain.errors import VideoFileCorrupted


class MadeAnalyst:
    """Does what the component's name says; `folder` is where it leaves its pid."""

    def __init__(self, folder: Path) -> None:
        (folder / f"started-{os.getpid()}").touch()

    def segment(self, order: SegmentOrder, *, on_progress: Callable[[float], None]) -> Any:
        on_progress(0.5)
        if order.components == ("chatter",):
            until_s = time.monotonic() + 60
            while time.monotonic() < until_s:
                on_progress(0.5)
                time.sleep(0.01)
        match order.components:
            case ("hang",):
                time.sleep(60)
            case ("full_disk",):
                raise OSError(errno.ENOSPC, "No space left on device", "/home/someone/film.mp4")
            case ("bug",):
                raise ValueError("what a person wrote")
        raise VideoFileCorrupted("nothing can be decoded")

    def measure(self, order: MeasureOrder) -> Measured:
        left = 0
        match order.component:
            case "parent":
                left = subprocess.Popen(["sleep", "60"]).pid
            case "crash":
                ctypes.string_at(0)
            case "hang":
                time.sleep(60)
            case "fill_memory":
                np.ones(1 << 34, dtype=np.float64)
        np.ones((500, 500)) @ np.ones((500, 500))
        arrays = {
            "pid": np.array(os.getpid()),
            "left": np.array(left),
            "component": np.array(order.component),
            "threads": np.array(len(list(Path("/proc/self/task").iterdir()))),
        }
        return Measured(status=ComponentStatus.OK, arrays=arrays)

    def measure_together(self, orders: Sequence[MeasureOrder], at_once: int) -> list[Measured]:
        del at_once
        return [self.measure(order) for order in orders]

    def jpegs(self, run_id: Any, indices: tuple[int, ...]) -> tuple[bytes, ...]:
        del run_id
        return tuple(bytes([index]) for index in indices)


def build(folder: Path) -> MadeAnalyst:
    return MadeAnalyst(folder)
