"""Resident memory as Linux tells it."""

import os
from pathlib import Path

_RESET_PEAK = b"5"
_KIB_PER_MIB = 1024


class ProcMemoryMeter:
    """The high-water mark of this process (port `MemoryMeter`), set back with each `begin`.

    Writing 5 to `clear_refs` sets the mark back to what is resident now (proc_pid_clear_refs(5)).
    Not `getrusage`: its peak only ever rises, and begins with the parent's. Where the system keeps
    no such mark, or does not let it be set back, the peak is not known: 0.
    """

    def __init__(self, process: Path = Path("/proc/self")) -> None:
        self._process = process
        self._has_begun = False

    def begin(self) -> None:
        try:
            # Only written to: its owner may not read it, and where it is missing none is made.
            file = os.open(self._process / "clear_refs", os.O_WRONLY)
            try:
                os.write(file, _RESET_PEAK)
            finally:
                os.close(file)
        except OSError:
            self._has_begun = False
        else:
            self._has_begun = True

    def peak_mib(self) -> int:
        if not self._has_begun:
            return 0
        status = (self._process / "status").read_text(encoding="utf-8")
        marks = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
        return int(marks[0]) // _KIB_PER_MIB if marks else 0
