"""Hostile and odd files: the hardening cases 1 to 3 and 8 to 17, with guards taken away."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from adapters.ffmpeg.guards import Guards
from domain.errors import DomainError, UnsupportedInput, VideoFileCorrupted
from domain.video import check_picture
from tests.adapters.ffmpeg.decoding import Bench
from tests.adapters.ffmpeg.made import (
    H264,
    Sound,
    declaring,
    encode,
    flashes,
    number_of,
    numbered,
    run_ffmpeg,
)
from tests.adapters.ffmpeg.peaks import measured


def test_case_1_an_empty_file_is_refused(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "x.mp4"
    file.touch()
    with pytest.raises(UnsupportedInput):
        bench.probe.probe(file)


def test_case_2_an_mp4_without_its_index_is_corrupted(bench: Bench, tmp_path: Path) -> None:
    whole = encode(tmp_path / "whole.mp4", flashes(50, at=[5])).read_bytes()
    file = tmp_path / "x.mp4"
    file.write_bytes(whole[: whole.index(b"moov") - 8])
    with pytest.raises(VideoFileCorrupted):
        bench.probe.probe(file)


def test_case_2_an_mp4_that_breaks_off_behind_its_index_is_corrupted(
    bench: Bench, tmp_path: Path
) -> None:
    fast = ("-movflags", "+faststart")
    whole = encode(tmp_path / "w.mp4", [numbered(n) for n in range(250)], *H264, *fast)
    file = tmp_path / "x.mp4"
    file.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(VideoFileCorrupted, match="breaks off"):
        bench.probe.probe(file)


def test_case_3_flipped_bytes_are_counted_and_never_hang(bench: Bench, tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    noise = [rng.integers(0, 255, (96, 160), dtype=np.uint8) for _ in range(75)]
    whole = encode(tmp_path / "whole.mp4", noise)
    content = bytearray(whole.read_bytes())
    media = range(content.index(b"mdat") + 2000, content.index(b"moov") - 100)
    for place in rng.choice(media, 200, replace=False):
        content[place] ^= 0xFF
    file = tmp_path / "x.mp4"
    file.write_bytes(content)
    decoded = bench.decode(file).decoded
    assert decoded.error_count > 0
    assert decoded.picture_count < 75
    assert decoded.frame_count == 36


def test_case_8_attachments_are_never_mapped(bench: Bench, tmp_path: Path) -> None:
    font = tmp_path / "font.ttf"
    font.write_bytes(os.urandom(2000))
    attached = ("-attach", str(font), "-metadata:s:t", "mimetype=application/x-truetype-font")
    clip = encode(tmp_path / "x.mkv", flashes(25, at=[5]), *H264, *attached)
    whole = bench.decode(clip)
    assert whole.decoded.picture_count == 25


def test_case_8_too_many_streams_are_refused(bench: Bench, tmp_path: Path) -> None:
    """The planted removal: without the limit the file is read."""
    source = encode(tmp_path / "s.mkv", flashes(25, at=[5]))
    file = tmp_path / "x.mkv"
    run_ffmpeg("-i", str(source), *("-map", "0:v") * 65, "-c", "copy", str(file))
    with pytest.raises(UnsupportedInput, match="65 streams"):
        bench.probe.probe(file)
    unlimited = replace(bench, guards=Guards(streams_max=1000))
    assert unlimited.probe.probe(file).picture_count == 25


def test_case_9_a_pixel_bomb_is_refused_in_little_memory(bench: Bench, tmp_path: Path) -> None:
    """The planted removal: without the limit of pixels the picture is unpacked."""
    file = tmp_path / "x.mov"
    bomb = "color=black:size=12000x12000:rate=1:duration=1,format=gray"
    png = ("-c:v", "png", "-pred", "none", "-compression_level", "1")
    run_ffmpeg("-f", "lavfi", "-i", bomb, "-frames:v", "1", *png, str(file))
    guarded, unguarded = tmp_path / "guarded", tmp_path / "unguarded"
    assert peak_mib_of_refusal(bench, file, guarded) < 120
    unlimited = replace(bench, guards=Guards(pixels_max=None))
    assert peak_mib_of_refusal(unlimited, file, unguarded) > 150


def peak_mib_of_refusal(bench: Bench, file: Path, folder: Path) -> float:
    folder.mkdir()
    peak = measured(bench, folder)
    with pytest.raises(DomainError):
        probed_and_checked(peak.bench, file)
    return peak.mib


def probed_and_checked(bench: Bench, file: Path) -> None:
    probed = bench.probe.probe(file)
    check_picture(probed.shown_width_px, probed.shown_height_px)


@pytest.mark.parametrize("size", ["8192x16", "16x8192"])
def test_case_10_an_aspect_bomb_is_refused_before_it_is_decoded(
    size: str, bench: Bench, tmp_path: Path
) -> None:
    file = tmp_path / "x.mp4"
    run_ffmpeg("-f", "lavfi", "-i", f"color=black:size={size}:rate=5:duration=6", str(file))
    probed = bench.probe.probe(file)
    with pytest.raises(UnsupportedInput, match="aspect"):
        check_picture(probed.shown_width_px, probed.shown_height_px)


def test_case_12_a_declared_duration_is_never_believed(bench: Bench, tmp_path: Path) -> None:
    clip = encode(tmp_path / "x.mkv", flashes(200, at=[5]))
    probed = bench.probe.probe(declaring(clip, 7200))
    assert probed.declared_duration_s == 7200
    assert probed.duration_s == pytest.approx(8.0, abs=0.001)


def test_case_12_an_mp4_whose_every_header_lies_is_as_long_as_its_pictures(
    bench: Bench, bad: Path
) -> None:
    probed = bench.probe.probe(bad / "declares_2h_is_8s.mp4")
    assert probed.duration_s == pytest.approx(8.0, abs=0.001)


def test_case_12_a_scan_stops_at_more_pictures_than_are_sane(bench: Bench, tmp_path: Path) -> None:
    clip = encode(tmp_path / "x.mp4", flashes(100, at=[5]))
    few = replace(bench, guards=Guards(pictures_max=50))
    with pytest.raises(UnsupportedInput, match="more than 50 pictures"):
        few.probe.probe(clip)
    assert bench.probe.probe(clip).picture_count == 100


def test_case_13_a_hole_of_hours_in_the_clock_invents_no_hours_of_frames(
    bench: Bench, bad: Path, tmp_path: Path
) -> None:
    """Even if nobody refuses the file by its packets: bounded frames in bounded memory."""
    asked = bench.request(bad / "gap_hours.mkv", tmp_path, detail_indices=(3, 200, 799))
    request = replace(asked, frame_count=800)
    peak = measured(bench, tmp_path)
    with peak.bench.decoder.decode(request) as decoding:
        frames = sum(1 for _ in decoding.frames())
    result = decoding.result()
    assert frames == result.frame_count == 800
    assert result.detail_count == 3
    assert peak.mib < 150  # 800 frames in memory alone would be more


def test_case_13_a_million_pictures_a_second_stay_on_the_grid(bench: Bench, tmp_path: Path) -> None:
    """A second of a thousand pictures: twelve frames."""
    clip = encode(tmp_path / "x.mp4", [numbered(n) for n in range(1000)], rate_hz=1000)
    whole = bench.decode(clip)
    assert whole.decoded.picture_count == 1000
    assert [number_of(luma) for luma in whole.luma] == [
        int((k / 12 + 0.002) * 1000) for k in range(12)
    ]


def test_case_15_eight_channels_of_192_khz_come_out_within_the_limits(
    bench: Bench, tmp_path: Path
) -> None:
    times = np.arange(2 * 192_000) / 192_000
    tone = 0.25 * np.sin(2 * np.pi * 1000 * times).astype(np.float32)
    sound = Sound(np.tile(tone[:, np.newaxis], (1, 8)), rate_hz=192_000)
    clip = encode(tmp_path / "x.mkv", flashes(50, at=[5]), *H264, "-c:a", "flac", sound=sound)
    whole = bench.decode(clip)
    formats = {k: (s.rate_hz, s.channels, s.sample_count) for k, s in whole.decoded.sounds.items()}
    assert formats == {
        "original": (48_000, 8, 96_000),
        "music": (22_050, 1, 44_100),
        "speech": (16_000, 1, 32_000),
    }
    for samples in whole.sounds.values():
        inner = samples[len(samples) // 4 : -len(samples) // 4]
        assert np.abs(inner).max() == pytest.approx(0.25, abs=0.01)


def test_case_15_a_video_without_sound_has_no_renderings(bench: Bench, tmp_path: Path) -> None:
    """R-404."""
    whole = bench.decode(encode(tmp_path / "x.mp4", flashes(25, at=[5])))
    assert not whole.video.has_sound
    assert whole.decoded.sounds == {}


def test_case_16_a_single_picture_is_one_frame(bench: Bench, tmp_path: Path) -> None:
    whole = bench.decode(encode(tmp_path / "x.mp4", [numbered(5)]), detail_indices=(0,))
    assert whole.decoded.picture_count == len(whole.frames) == len(whole.details) == 1
    assert whole.decoded.duration_s == pytest.approx(1 / 25, abs=0.001)


@pytest.mark.parametrize(
    "name",
    ["$(id).mp4", "-i.mp4", "a b'\"`;&|.mp4", "%s%n.mp4", "pipe:0", "line\nbreak.mp4", "x" * 250],
)
def test_case_17_a_file_name_is_never_an_argument(
    name: str, any_bench: Bench, tmp_path: Path
) -> None:
    file = tmp_path / name
    encode(tmp_path / "clip.mp4", flashes(25, at=[5])).rename(file)
    assert any_bench.decode(file).decoded.picture_count == 25
