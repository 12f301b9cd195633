"""The true times of a stream's pictures, from its packets alone: nothing is decoded for them."""

import statistics
from dataclasses import dataclass, field
from itertools import pairwise

from domain.errors import UnsupportedInput, VideoFileCorrupted
from domain.video import DURATION_MAX_S

PACKET_ENTRIES = "packet=pts_time,dts_time,flags:packet_side_data=side_data_type"

PLACED_SHARE_MIN = 0.8
"""R-105's share: with fewer pictures at a moment of their own, too few can be shown."""

_LINE_BYTES_MAX = 4096
_STEP_UNKNOWN_S = 1 / 25


@dataclass(slots=True)
class PacketScan:
    """Gathers `pts,dts,flags[,side data]` lines of ffprobe; stops at `pictures_max`."""

    pictures_max: int
    times_s: list[float] = field(default_factory=list)
    untimed: int = 0
    _rest: bytes = b""

    def feed(self, chunk: bytes) -> bool:
        """Reads the next piece of output; False when there are more pictures than are sane."""
        *lines, rest = (self._rest + chunk).split(b"\n")
        self._rest = rest[:_LINE_BYTES_MAX]
        for line in lines:
            self._read(line)
        return self.count <= self.pictures_max

    @property
    def count(self) -> int:
        return len(self.times_s) + self.untimed

    def _read(self, line: bytes) -> None:
        if b"Encryption" in line:
            raise UnsupportedInput("the pictures are encrypted")
        pts, dts, flags = (line.split(b",") + [b""] * 3)[:3]
        if not flags or b"D" in flags:  # what an edit list leaves out is never shown
            return
        for time in (pts, dts):
            try:
                self.times_s.append(float(time))
            except ValueError:
                continue
            return
        self.untimed += 1

    def times(self, *, claimed_rate_hz: float | None) -> "PictureTimes":
        """First to last presentation time plus one frame (R-103), and the pictures between."""
        placed = sorted(set(self.times_s))
        if not placed:
            raise VideoFileCorrupted("no picture has a time")
        if len(placed) < PLACED_SHARE_MIN * self.count:
            percent = round(100 * len(placed) / self.count)
            raise VideoFileCorrupted(
                f"only {percent} % of the pictures have a time of their own",
                decoded_percent=percent,
            )
        steps = [later - earlier for earlier, later in pairwise(placed)]
        typical_s = 1 / claimed_rate_hz if claimed_rate_hz else _STEP_UNKNOWN_S
        step_s = statistics.median(steps) if steps else typical_s
        span_s = placed[-1] - placed[0]
        if self.count > self.pictures_max and span_s <= DURATION_MAX_S:
            raise UnsupportedInput(f"more than {self.pictures_max} pictures")
        return PictureTimes(placed[0], span_s + step_s, step_s, self.count)


@dataclass(frozen=True, slots=True)
class PictureTimes:
    """When the first picture is shown, how long all last, and how far two lie apart."""

    first_s: float
    duration_s: float
    step_s: float
    count: int
