"""The moments of the pictures that came out of the decoder, as the pass wrote them down."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from domain.video import ANALYSIS_RATE_HZ

GRID_TOLERANCE_US = 2_000
"""Containers round times to milliseconds: a picture this much late still belongs to its moment."""

_SECOND_US = 1_000_000
_MICROSECOND_S = 1e-6


@dataclass(frozen=True, slots=True)
class Moments:
    """How many pictures came out, when the first was shown, and how long all last."""

    count: int
    first_s: float
    duration_s: float


def read_moments(written: IO[bytes], *, step_s: float) -> Moments:
    """Reads a list of timecodes (format v2, here in microseconds), a line a picture.

    `step_s` is one frame: what the last picture lasts. No picture gives a duration of zero.
    """
    count, first_us, last_us = 0, 0, 0
    for moment_us in each_moment_us(written):
        first_us = moment_us if count == 0 else min(first_us, moment_us)
        last_us = moment_us if count == 0 else max(last_us, moment_us)
        count += 1
    if count == 0:
        return Moments(0, 0.0, 0.0)
    return Moments(count, first_us * _MICROSECOND_S, (last_us - first_us) * _MICROSECOND_S + step_s)


def each_moment_us(written: IO[bytes]) -> Iterator[int]:
    """The moments of such a list in its order, read from its start, one at a time."""
    written.seek(0)
    for line in written:
        if not line.startswith(b"#") and line.strip():
            yield int(line)


def shown_times_s(moments_us: Iterable[int], *, frame_count: int) -> tuple[float, ...]:
    """When the picture was made that each frame of the 12 fps timeline shows, in seconds.

    `moments_us` are the pictures that enter the `fps` filter, in their order; times count from the
    first of them. The filter (ffmpeg's vf_fps.c with `round=up`) goes on to the next picture as
    soon as that one's moment, rounded up to the grid, has come; the last one stays to the end. No
    pictures give no frames.
    """
    shown_s: list[float] = []
    first_us = current_us = None
    for moment_us in moments_us:
        if first_us is None or current_us is None:
            first_us = current_us = moment_us
            continue
        begins = _grid_place(moment_us - first_us)
        current_s = (current_us - first_us) / _SECOND_US
        shown_s.extend([current_s] * (min(begins, frame_count) - len(shown_s)))
        current_us = moment_us
    if first_us is None or current_us is None:
        return ()
    current_s = (current_us - first_us) / _SECOND_US
    return (*shown_s, *[current_s] * (frame_count - len(shown_s)))


def _grid_place(since_first_us: int) -> int:
    """The first frame of the grid that a picture may be shown at."""
    return -((GRID_TOLERANCE_US - since_first_us) * ANALYSIS_RATE_HZ // _SECOND_US)
