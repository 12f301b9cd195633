"""Encrypted tracks are refused; nothing is ever measured of their noise."""

from pathlib import Path

import pytest

from domain.errors import UnsupportedInput
from tests.adapters.ffmpeg.decoding import Bench
from tests.adapters.ffmpeg.locked import locked
from tests.adapters.ffmpeg.made import H264, encode, numbered
from tests.planted import without

RAW = ("-c:v", "rawvideo")
"""Any bytes are a picture of it, so noise decodes without a complaint."""
HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none")
"""Its headers alone tell what its pictures are like."""


def made(folder: Path, codec: tuple[str, ...]) -> Path:
    return encode(folder / "open.mkv", [numbered(index) for index in range(50)], *codec)


@pytest.mark.parametrize("codec", [RAW, H264, HEVC], ids=lambda codec: codec[1])
def test_a_matroska_track_that_names_its_key_is_refused_before_anything_is_decoded(
    codec: tuple[str, ...], bench: Bench, tmp_path: Path
) -> None:
    clip = made(tmp_path, codec)
    assert bench.probe.probe(clip).picture_count == 50
    with pytest.raises(UnsupportedInput, match="encrypted"):
        bench.probe.probe(locked(clip, into=tmp_path / "locked.mkv"))


def test_without_looking_for_the_key_noise_would_be_measured(bench: Bench, tmp_path: Path) -> None:
    """The planted removal."""
    clip = locked(made(tmp_path, RAW), into=tmp_path / "locked.mkv")
    careless = without("adapters.ffmpeg.streams", "if any(map(_is_encrypted, streams))", "if False")
    planted = without(
        "adapters.ffmpeg.probe", "    read_headers,\n", "", read_headers=careless.read_headers
    )
    taken = planted.FfprobeVideoProbe(bench.tools, bench.confinement).probe(clip)
    assert taken.picture_count == 50


def test_locked_frames_that_nothing_tells_of_come_out_as_no_pictures(
    bench: Bench, tmp_path: Path
) -> None:
    """R-105 then refuses them: less than 80 % was decoded."""
    whole = bench.decode(locked(made(tmp_path, HEVC), into=tmp_path / "l.mkv", says_so=False))
    assert whole.video.picture_count == 50
    assert whole.decoded.picture_count == 0
    assert whole.decoded.error_count > 0
