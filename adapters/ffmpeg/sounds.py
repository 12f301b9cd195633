"""Finishing a rendering of the sound: moved onto the first picture, cut or padded to its length."""

import os
from pathlib import Path

from application.ports.video_files import DecodedSound

_SAMPLE_BYTES = 4
_BLOCK_BYTES = 1024**2


def finish_sound(
    file: Path, *, rate_hz: int, channels: int, duration_s: float, late_s: float
) -> DecodedSound:
    """Makes the file exactly `duration_s` long; silence where there was no sound.

    `late_s` is how much after the moment of sample 0 the first picture really came.
    """
    moment_bytes = channels * _SAMPLE_BYTES
    late = round(late_s * rate_hz)
    if late:
        _move(file, late * moment_bytes)
    sample_count = round(duration_s * rate_hz)
    os.truncate(file, sample_count * moment_bytes)
    return DecodedSound(rate_hz=rate_hz, channels=channels, sample_count=sample_count)


def _move(file: Path, by_bytes: int) -> None:
    """Drops bytes from the front, or puts zeros there where `by_bytes` is negative."""
    moved = file.with_name(f"{file.name}.moved")
    with file.open("rb") as source, moved.open("wb") as target:
        source.seek(max(0, by_bytes))
        target.seek(max(0, -by_bytes))
        while block := source.read(_BLOCK_BYTES):
            target.write(block)
    moved.replace(file)
