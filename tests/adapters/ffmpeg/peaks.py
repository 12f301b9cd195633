"""How much memory the programs that read media really took."""

import shlex
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from tests.adapters.ffmpeg.decoding import Bench

# What `wait4` says starts from the size of the process that started the program, and these tests
# are larger than what they measure: so a small process stands between.
_MEASURE = """
import os, sys
peaks, *command = sys.argv[1:]
process = os.posix_spawn(command[0], command, os.environ)
_, status, usage = os.wait4(process, 0)
with open(peaks, "a") as file:
    file.write(f"{usage.ru_maxrss}\\n")
exit_code = os.waitstatus_to_exitcode(status)
if exit_code < 0:
    os.kill(os.getpid(), -exit_code)
sys.exit(exit_code)
"""


@dataclass(frozen=True)
class Measured:
    """A bench whose programs are measured as they are waited for, however short they live."""

    bench: Bench
    peaks: Path

    @property
    def mib(self) -> float:
        """The most that one program had in memory at once; at least ten, a Python's own."""
        return max(map(int, self.peaks.read_text().split())) / 1024


def measured(bench: Bench, folder: Path) -> Measured:
    """The same bench, with what measures where its limits are set: outside the sandbox."""
    measure, prlimit, peaks = (folder / name for name in ("measure.py", "prlimit", "peaks"))
    measure.write_text(_MEASURE, encoding="utf-8")
    real = bench.confinement.prlimit
    command = shlex.join(map(str, [sys.executable, "-IS", measure, peaks, real]))
    prlimit.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
    prlimit.chmod(0o755)
    confinement = replace(bench.confinement, prlimit=prlimit)
    return Measured(replace(bench, confinement=confinement), peaks)
