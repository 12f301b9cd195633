"""Guards against broken and lying files, each taken away (hardening 1, 2, 3, 12 and 16)."""

import statistics
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from adapters.ffmpeg.guards import Guards
from domain.errors import UnsupportedInput, VideoFileCorrupted
from tests.adapters.ffmpeg.decoding import Bench
from tests.adapters.ffmpeg.made import H264, declaring, encode, numbered, run_ffmpeg
from tests.adapters.ffmpeg.test_processes import program
from tests.planted import without

PROBE = "adapters.ffmpeg.probe"
STREAMS = "adapters.ffmpeg.streams"
PACKETS = "adapters.ffmpeg.packets"


def test_case_1_without_the_sniff_an_empty_file_would_reach_a_parser(
    limited: Bench, tmp_path: Path
) -> None:
    """The content is looked at before any program that reads media is started on it."""
    file, trace = tmp_path / "x.mp4", tmp_path / "trace"
    file.touch()
    with program(tmp_path, f"touch {trace}") as parser:
        bench = replace(limited, tools=replace(limited.tools, ffprobe=parser))
        with pytest.raises(UnsupportedInput):
            bench.probe.probe(file)
        assert not trace.exists()
        with pytest.raises(VideoFileCorrupted):
            replace(bench, guards=Guards(sniffs=False)).probe.probe(file)
    assert trace.exists()


def test_case_1_without_its_last_guard_an_empty_file_would_be_a_crash(
    bench: Bench, tmp_path: Path
) -> None:
    """What ffprobe says of it is no description of a file; believed, it is a bug's traceback."""
    file = tmp_path / "x.mp4"
    file.touch()
    guards = Guards(sniffs=False)
    with pytest.raises(VideoFileCorrupted):
        replace(bench, guards=guards).probe.probe(file)
    guard = 'if not isinstance(parsed, dict) or "format" not in parsed:'
    planted = probe_with(STREAMS, guard, "read_headers")
    with pytest.raises(KeyError, match="format"):
        planted.FfprobeVideoProbe(bench.tools, bench.confinement, guards).probe(file)


def test_case_2_without_its_guard_a_file_that_breaks_off_would_pass_for_a_shorter_video(
    bench: Bench, tmp_path: Path
) -> None:
    fast = ("-movflags", "+faststart")
    whole = encode(tmp_path / "w.mp4", [numbered(n) for n in range(250)], *H264, *fast)
    file = tmp_path / "x.mp4"
    file.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    planted = without(PROBE, "if is_whole and has_complaints:", "if False:")
    probed = planted.FfprobeVideoProbe(bench.tools, bench.confinement).probe(file)
    assert probed.duration_s < 8


def test_case_3_without_the_count_of_complaints_damage_would_go_unsaid(
    bench: Bench, tmp_path: Path
) -> None:
    rng = np.random.default_rng(3)
    noise = [rng.integers(0, 255, (96, 160), dtype=np.uint8) for _ in range(75)]
    content = bytearray(encode(tmp_path / "whole.mp4", noise).read_bytes())
    media = range(content.index(b"mdat") + 2000, content.index(b"moov") - 100)
    for place in rng.choice(media, 200, replace=False):
        content[place] ^= 0xFF
    file = tmp_path / "x.mp4"
    file.write_bytes(content)
    assert bench.decode(file).decoded.error_count > 0
    planted = without(
        "adapters.ffmpeg.decoder", "error_count=complaints.errors + damaged,", "error_count=0,"
    )
    with planted.FfmpegVideoDecoder(bench.tools, bench.confinement).decode(
        bench.request(file, tmp_path)
    ) as decoding:
        for _ in decoding.frames():
            pass
        assert decoding.result().error_count == 0


def test_case_12_without_the_packets_a_lying_header_would_be_believed(
    bench: Bench, tmp_path: Path
) -> None:
    clip = declaring(encode(tmp_path / "x.mkv", [numbered(n) for n in range(200)]), 7200)
    planted = without(
        PROBE, "duration_s=times.duration_s,", "duration_s=headers.declared_duration_s,"
    )
    probed = planted.FfprobeVideoProbe(bench.tools, bench.confinement).probe(clip)
    assert probed.duration_s == 7200


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """Sound with the picture of a record's cover."""
    cover, file = tmp_path / "cover.png", tmp_path / "x.m4a"
    run_ffmpeg("-f", "lavfi", "-i", "color=red:size=320x320", "-frames:v", "1", str(cover))
    tone = ("-f", "lavfi", "-i", "sine=frequency=440:duration=6")
    streams = ("-map", "0:a", "-map", "1:v", "-c:a", "aac", "-c:v", "png")
    run_ffmpeg(*tone, "-i", str(cover), *streams, "-disposition:v", "attached_pic", str(file))
    return file


def test_case_16_without_its_guard_a_song_would_be_told_to_be_a_damaged_video(
    bench: Bench, song: Path
) -> None:
    """Its cover would be taken for the moving picture, of which no moment can be found."""
    with pytest.raises(UnsupportedInput, match="no picture stream"):
        bench.probe.probe(song)
    guard = "and not any(shown.get(name) for name in _NOT_VIDEO)"
    planted = probe_with(STREAMS, guard, "read_headers", instead="")
    with pytest.raises(VideoFileCorrupted, match="no picture has a time"):
        planted.FfprobeVideoProbe(bench.tools, bench.confinement).probe(song)


def test_case_16_without_its_guard_sound_alone_would_be_a_crash(
    bench: Bench, tmp_path: Path
) -> None:
    file = tmp_path / "x.mp4"
    run_ffmpeg("-f", "lavfi", "-i", "sine=frequency=440:duration=6", "-c:a", "aac", str(file))
    with pytest.raises(UnsupportedInput, match="no picture stream"):
        bench.probe.probe(file)
    planted = probe_with(STREAMS, "if not pictures:", "read_headers")
    with pytest.raises(ValueError, match="empty"):
        planted.FfprobeVideoProbe(bench.tools, bench.confinement).probe(file)


def test_case_16_without_its_guard_a_single_picture_would_have_no_length(
    bench: Bench, tmp_path: Path
) -> None:
    file = encode(tmp_path / "x.mp4", [numbered(5)])
    assert bench.probe.probe(file).duration_s == pytest.approx(1 / 25, abs=0.001)
    guard = "step_s = statistics.median(steps) if steps else typical_s"
    instead = "step_s = statistics.median(steps)"
    planted = probe_with(PACKETS, guard, "PacketScan", instead=instead)
    with pytest.raises(statistics.StatisticsError):
        planted.FfprobeVideoProbe(bench.tools, bench.confinement).probe(file)


def probe_with(module: str, guard: str, name: str, *, instead: str = "if False:") -> ModuleType:
    """The probe's module, on a part of it that lacks a guard."""
    part = without(module, guard, instead)
    same = "class FfprobeVideoProbe:"
    return without(PROBE, same, same, **{name: getattr(part, name)})
