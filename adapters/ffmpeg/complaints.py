"""Counting what ffmpeg complains about, without keeping a word of it."""

import re
from dataclasses import dataclass, field

_LINE_BYTES_MAX = 4096
_ERROR = re.compile(rb"\[(?:error|fatal|panic)\] ")
_DAMAGED = re.compile(rb"corrupt decoded frame(?: in stream (\d+))?")


@dataclass(slots=True)
class Complaints:
    """Counts of a log at the level `repeat+level+warning`; the log itself is the file's word.

    `damaged[index]` counts frames that a decoder put out although it marked them damaged; the
    stream's index is -1 where this ffmpeg does not say it.
    """

    errors: int = 0
    damaged: dict[int, int] = field(default_factory=dict)
    _rest: bytes = b""

    def feed(self, chunk: bytes) -> None:
        """Counts the lines of the log's next piece; keeps at most one line's beginning."""
        *lines, rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            self._count(line)
        self._rest = rest[:_LINE_BYTES_MAX]

    def _count(self, line: bytes) -> None:
        if _ERROR.search(line, 0, _LINE_BYTES_MAX):
            self.errors += 1
        damaged = _DAMAGED.search(line, 0, _LINE_BYTES_MAX)
        if damaged:
            stream = int(damaged[1]) if damaged[1] else -1
            self.damaged[stream] = self.damaged.get(stream, 0) + 1

    def damaged_in(self, stream: int) -> int:
        """Damaged frames of one stream."""
        return self.damaged.get(stream, 0) + self.damaged.get(-1, 0)
