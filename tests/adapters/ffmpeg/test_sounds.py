"""A rendering of the sound ends up exactly as long as the picture, beginning with it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.ffmpeg.sounds import finish_sound


@given(
    written=st.integers(0, 500),
    channels=st.integers(1, 8),
    late=st.integers(-60, 60),
    wanted=st.integers(1, 600),
)
def test_the_sound_is_moved_and_made_as_long_as_the_picture(
    written: int,
    channels: int,
    late: int,
    wanted: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Sample `late` becomes the first one; what is missing is silence."""
    file: Path = tmp_path_factory.mktemp("sound") / "s.f32"
    source = np.arange(1, written * channels + 1, dtype="<f4").reshape(written, channels)
    file.write_bytes(source.tobytes())
    rate_hz = 100
    sound = finish_sound(
        file,
        rate_hz=rate_hz,
        channels=channels,
        duration_s=wanted / rate_hz,
        late_s=late / rate_hz,
    )
    read = np.frombuffer(file.read_bytes(), dtype="<f4").reshape(-1, channels)
    padded = np.zeros((max(0, -late) + written + wanted + late + 60, channels), dtype="<f4")
    padded[max(0, -late) : max(0, -late) + written] = source
    assert sound.sample_count == len(read) == wanted
    np.testing.assert_array_equal(read, padded[max(0, late) : max(0, late) + wanted])
