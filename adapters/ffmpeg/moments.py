"""The moments of the pictures that came out of the decoder, as the pass wrote them down."""

from dataclasses import dataclass
from typing import IO

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
    written.seek(0)
    count, first_us, last_us = 0, 0, 0
    for line in written:
        if line.startswith(b"#") or not line.strip():
            continue
        moment_us = int(line)
        first_us = moment_us if count == 0 else min(first_us, moment_us)
        last_us = moment_us if count == 0 else max(last_us, moment_us)
        count += 1
    if count == 0:
        return Moments(0, 0.0, 0.0)
    return Moments(count, first_us * _MICROSECOND_S, (last_us - first_us) * _MICROSECOND_S + step_s)
