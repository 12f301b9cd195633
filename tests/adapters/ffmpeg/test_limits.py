"""What one pass may take of the disk and of the memory, and what happens beyond it."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.ffmpeg.child import Ended
from adapters.ffmpeg.confinement import Errand
from adapters.ffmpeg.guards import Guards
from adapters.ffmpeg.stopped import refuse_when_stopped
from application.errors import AdapterError, ResourceExhausted, TimedOut
from domain.errors import UnsupportedInput
from tests.adapters.ffmpeg.decoding import Bench
from tests.adapters.ffmpeg.made import H264, encode, numbered
from tests.adapters.ffmpeg.peaks import measured
from tests.adapters.ffmpeg.test_processes import program


@pytest.mark.parametrize("guard_bytes", [100_000, None])
def test_a_file_that_unpacks_beyond_every_limit_is_refused_for_good(
    guard_bytes: int | None, any_bench: Bench, clip: Path, tmp_path: Path
) -> None:
    """It is the file's fault and no full disk; without the limit the pass goes through."""
    guards = Guards() if guard_bytes is None else Guards(written_bytes_max=guard_bytes)
    bench = replace(any_bench, guards=guards)
    request = bench.request(clip, tmp_path, detail_indices=tuple(range(0, 300, 10)))

    def decode() -> int:
        with bench.decoder.decode(request) as decoding:
            return sum(1 for _ in decoding.frames())

    if guard_bytes is None:
        assert decode() == request.frame_count
    else:
        with pytest.raises(UnsupportedInput) as refused:
            decode()
        assert refused.value.fields == {"detail": "unpacks_too_large"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MiB, where this user may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, stderr=subprocess.DEVNULL).returncode != 0:
        pytest.skip("needs to mount a small file system")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_case_19_a_really_full_disk_is_told_from_a_bad_file(
    bench: Bench, clip: Path, small_disk: Path
) -> None:
    request = bench.request(clip, small_disk)
    with bench.decoder.decode(request) as decoding, pytest.raises(ResourceExhausted):
        sum(1 for _ in decoding.frames())


@pytest.mark.parametrize("number", [signal.SIGKILL, 128 + signal.SIGKILL])
def test_a_kill_from_outside_says_nothing_about_the_file(number: int, tmp_path: Path) -> None:
    """Later the same file may pass: the memory was full, or somebody ended the program."""
    exit_code = -number if number == signal.SIGKILL else number
    with pytest.raises(ResourceExhausted):
        refuse_when_stopped(Ended(exit_code=exit_code, cpu_s=40.0), errand(tmp_path))


def test_a_kill_at_our_own_limit_of_work_is_final(tmp_path: Path) -> None:
    """The kernel ends a program of many threads there with the same signal (RLIMIT_CPU)."""
    with pytest.raises(TimedOut):
        refuse_when_stopped(Ended(exit_code=-signal.SIGKILL, cpu_s=41.1), errand(tmp_path))


def errand(folder: Path) -> Errand:
    """Ten seconds by the clock: 41 of work."""
    return Errand(
        program=folder / "ffmpeg", arguments=[], reads=None, timeout_s=10.0, guards=Guards()
    )


def test_a_decoder_and_a_probe_killed_from_outside_may_be_tried_again(
    limited: Bench, clip: Path, tmp_path: Path
) -> None:
    """And their file is not called damaged for it."""
    request = limited.request(clip, tmp_path)
    with program(tmp_path, "kill -9 $$") as dying:
        bench = replace(limited, tools=replace(limited.tools, ffmpeg=dying, ffprobe=dying))
        with pytest.raises(ResourceExhausted):
            bench.probe.probe(clip)
        with bench.decoder.decode(request) as decoding, pytest.raises(ResourceExhausted):
            list(decoding.frames())


def test_memory_is_limited(any_bench: Bench, bad: Path, tmp_path: Path) -> None:
    """The planted removal is the default: 4 GiB let the same file through."""
    tight = replace(any_bench, guards=Guards(address_space_bytes=220 * 1024**2))
    decoded = {}
    for name, bench in (("tight", tight), ("default", any_bench)):
        request = any_bench.request(bad / "8k_6frames.mp4", tmp_path)
        with bench.decoder.decode(request) as decoding, suppress(AdapterError):
            for _ in decoding.frames():
                pass
            decoded[name] = decoding.result().picture_count
    assert decoded["default"] == 6
    assert decoded.get("tight", 0) < 6


@pytest.mark.parametrize(
    ("name", "limit_mib"), [("8k_6frames.mp4", 512), ("header_dims_65535.mp4", 128)]
)
def test_the_memory_of_one_pass_stays_far_below_the_limit(
    name: str, limit_mib: int, any_bench: Bench, bad: Path, tmp_path: Path
) -> None:
    peak = measured(any_bench, tmp_path)
    peak.bench.decode(bad / name, detail_indices=(0,))
    assert peak.mib < limit_mib


def test_memory_does_not_grow_with_rare_details_and_long_still_pictures(
    bench: Bench, tmp_path: Path
) -> None:
    """Two pictures a minute apart: their 720 frames are never in memory at once."""
    hours = ("-vf", "setpts=N*60/TB,format=yuv420p", "-fps_mode", "passthrough", *H264)
    clip = encode(tmp_path / "c.mkv", [numbered(1), numbered(2), numbered(3)], *hours)
    request = bench.request(clip, tmp_path, detail_indices=(0, 1400))
    peak = measured(bench, tmp_path)
    with peak.bench.decoder.decode(request) as decoding:
        count = sum(1 for _ in decoding.frames())
    assert count == request.frame_count
    assert decoding.result().detail_count == 2
    assert peak.mib < 150
