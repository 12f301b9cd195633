"""What a worker may use of this machine."""

import os
from pathlib import Path

import psutil

from domain.batch import Machine

_MIB = 1 << 20
_CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")
"""What a container may use at most, or `max` (Linux, control group v2)."""


def this_machine(memory_bytes: int, *, limit_file: Path = _CGROUP_LIMIT) -> Machine:
    """The cores that this process may run on, and the memory that its analyst is given.

    That is `memory_bytes`, or less where the machine or the container has less.
    """
    told = limit_file.read_text(encoding="ascii").strip() if limit_file.exists() else "max"
    limits = [memory_bytes, psutil.virtual_memory().total]
    if told != "max":
        limits.append(int(told))
    return Machine(memory_mib=min(limits) // _MIB, cores=len(os.sched_getaffinity(0)))
