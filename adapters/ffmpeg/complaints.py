"""Counting what ffmpeg complains about, without keeping a word of it."""

import re
from dataclasses import dataclass, field

COLOURED = {"AV_LOG_FORCE_COLOR": "1"}
"""What makes ffmpeg and ffprobe colour each message by its level, also into a pipe."""

# ffmpeg cuts a message off at 64 KiB; before it may stand another's beginning.
_LINE_BYTES_MAX = 128 * 1024
_COLOUR = b"\x1b["
_ERROR_COLOURS = {b"1;31", b"4;31"}
_ERROR_WORD = re.compile(rb"\[(?:error|fatal|panic)\] ")
_DAMAGED = re.compile(rb"corrupt decoded frame(?: in stream (\d+))?")


@dataclass(slots=True)
class Complaints:
    """Counts of a log at the level `repeat+level+warning`; the log itself is the file's word.

    A line is an error when the message that ends it is one. Its colour says so, whatever other
    threads write; the word before a message is at times missing, because ffmpeg leaves it out
    where another thread has not ended its line. It decides only about a log without colours.
    `damaged[index]` counts frames that a decoder put out although it marked them damaged; the
    stream's index is -1 where this ffmpeg does not say it.
    """

    errors: int = 0
    damaged: dict[int, int] = field(default_factory=dict)
    _rest: bytes = b""

    def feed(self, chunk: bytes) -> None:
        """Counts the lines of the log's next piece; keeps at most the end of one line."""
        *lines, rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            self._count(line[-_LINE_BYTES_MAX:])
        self._rest = rest[-_LINE_BYTES_MAX:]

    def _count(self, line: bytes) -> None:
        self.errors += _ends_in_error(line)
        damaged = _DAMAGED.search(line)
        if damaged:
            stream = int(damaged[1]) if damaged[1] else -1
            self.damaged[stream] = self.damaged.get(stream, 0) + 1

    def damaged_in(self, stream: int) -> int:
        """Damaged frames of one stream."""
        return self.damaged.get(stream, 0) + self.damaged.get(-1, 0)


def _ends_in_error(line: bytes) -> bool:
    _, coloured, last = line.rpartition(_COLOUR)
    if coloured:
        return last.partition(b"m")[0] in _ERROR_COLOURS
    return _ERROR_WORD.search(line) is not None
