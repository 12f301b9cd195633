"""A process that outlives ours and ends the children that a killed process leaves behind.

The sandbox asks to die with its parent, but between its first moment and that request, and between
the same request of its two processes, a kill of ours goes unheard: what has begun then waits for
ever for a word of its own parent. Whoever kills us cannot be caught; the end of a pipe can.
"""

import atexit
import os
import subprocess
from contextlib import suppress
from threading import Lock

_DUTY = """
groups=
while read -r sign group; do
    others=
    for known in $groups; do
        [ "$known" = "$group" ] || others="$others $known"
    done
    groups=$others
    [ "$sign" = - ] || groups="$groups $group"
done
for known in $groups; do
    kill -s KILL -- "-$known"
done
"""


class Watchman:
    """Knows the process groups that are ours; kills those it knows once we are gone."""

    def __init__(self) -> None:
        self._groups: set[int] = set()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    @property
    def pid(self) -> int | None:
        """His process; None while there is none."""
        return None if self._process is None else self._process.pid

    def hire(self) -> None:
        """Has him there before a child begins: then telling him of it takes no time."""
        with self._lock:
            self._tell("\n")

    def watch(self, group: int) -> None:
        """From now on this group does not outlive us."""
        with self._lock:
            self._groups.add(group)
            self._tell(f"+ {group}\n")

    def forget(self, group: int) -> None:
        """This group has ended; its number may be another's soon."""
        with self._lock:
            self._groups.discard(group)
            self._tell(f"- {group}\n")

    def dismiss(self) -> None:
        """Ends the watchman, who kills what he still knows; the next child has another."""
        with self._lock:
            self._hang_up()

    def forsake(self) -> None:
        """A fork lets go of the watchman, who is its parent's."""
        self._lock = Lock()
        self._groups.clear()
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            # Not our child: its object must not ask how it does.
            self._process.returncode = 0
        self._process = None

    def _tell(self, line: str) -> None:
        if self._process is not None and self._says(self._process, line):
            return
        # There is none yet, or somebody has killed him: the next one hears of all.
        self._hang_up()
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", _DUTY],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={},
            cwd="/",
            start_new_session=True,
        )
        self._says(self._process, "".join(f"+ {group}\n" for group in sorted(self._groups)))

    def _says(self, process: subprocess.Popen[bytes], text: str) -> bool:
        if process.stdin is None:
            return False
        try:
            process.stdin.write(text.encode())
        except BrokenPipeError:
            return False
        return True

    def _hang_up(self) -> None:
        if self._process is None:
            return
        with suppress(BrokenPipeError):
            self._process.communicate()
        self._process = None


WATCHMAN = Watchman()
"""One a process: children of all its threads are his."""

atexit.register(WATCHMAN.dismiss)
os.register_at_fork(after_in_child=WATCHMAN.forsake)
