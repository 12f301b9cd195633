"""What a worker may use of this machine."""

import os

from domain.batch import Machine

_MIB = 1 << 20


def this_machine(memory_bytes: int) -> Machine:
    """The cores that this process may run on, and the memory that its analyst is given."""
    return Machine(memory_mib=memory_bytes // _MIB, cores=len(os.sched_getaffinity(0)))
