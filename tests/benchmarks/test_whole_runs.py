"""Whole runs against real time, and the memory of all processes against the length of the video."""

from pathlib import Path

import pytest

from tests.benchmarks.whole_runs import analysed, make_clip

RSS_MAX_MIB = 1536
GROWTH_MAX = 1.1

pytestmark = [pytest.mark.bench, pytest.mark.requires("ffmpeg")]


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clips")


@pytest.mark.parametrize("profile", ["fast", "standard", "full"])
def test_a_minute_of_full_hd_against_real_time(clips: Path, tmp_path: Path, profile: str) -> None:
    """Goal: `fast` on 60 s of 1080p faster than real time on 2 cores."""
    answer, usage = analysed(make_clip(clips, minutes=1), profile=profile, data_dir=tmp_path)
    print(
        f"\n{profile}: {usage.wall_s:.1f} s for 60 s of video, {usage.wall_s / 60:.2f} of real"
        f" time; {usage.cpu_s:.1f} CPU s; {usage.peak_rss_mib:.0f} MiB at most"
    )
    assert answer["status"] == "ok"


def test_memory_does_not_grow_with_the_length_of_the_video(clips: Path, tmp_path: Path) -> None:
    """Goal: at most 1.5 GiB at 20 minutes, and at most 1.1 times that at 5."""
    peaks = {}
    for minutes in (1, 5, 20):
        clip = make_clip(clips, minutes=minutes)
        answer, usage = analysed(clip, profile="full", data_dir=tmp_path / str(minutes))
        peaks[minutes] = usage.peak_rss_mib
        share = usage.wall_s / (60 * minutes)
        print(f"\nfull, {minutes} min: {usage.peak_rss_mib:.0f} MiB, {share:.2f} of real time")
        assert answer["status"] == "ok"
    print(f"20 min against 5 min: {peaks[20] / peaks[5]:.2f} (goal {GROWTH_MAX})")
    assert peaks[20] <= RSS_MAX_MIB
