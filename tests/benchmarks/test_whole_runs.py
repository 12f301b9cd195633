"""Whole runs against real time, and the memory of all processes against the length of the video.

`make bench PYTEST_ARGS="-k whole"`, or `-k "whole and real_clips"`. `MEMORY_AT=1280x720` asks for
the memory at another size than Full HD, `MEMORY_OF=standard` for that of another profile.
"""

import os
from pathlib import Path

import pytest

from adapters.components.catalogue import ShippedComponents
from adapters.model_repository.manifest import read_manifest
from tests.benchmarks.whole_runs import Usage, analysed, make_clip, repeated
from tests.components.served import needing

RSS_MAX_MIB = 1536
SIZE = os.environ.get("MEMORY_AT", "1920x1080")
PROFILE = os.environ.get("MEMORY_OF", "full")
GROWTH_MAX = 1.1
REAL = {
    "talk_en_hill.mp4": 5.52,
    "ru_vlog_vertical.mp4": 7.4,
    "fast_cuts_04s.mp4": 12.01,
    "wwt_cc_first40.mp4": 40.01,
}
"""A talking head, a vertical one in Russian, thirty shots, forty seconds of words and motion."""

OFF = {entry.name for entry in read_manifest() if not entry.is_enabled}

pytestmark = [pytest.mark.bench, pytest.mark.requires("ffmpeg")]


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clips")


@pytest.fixture(autouse=True)
def _with_models() -> None:
    """A run without its models measures nothing of them and would look fast."""
    needing(*{model for one in ShippedComponents() for model in one.spec.models} - OFF)


@pytest.mark.parametrize("profile", ["fast", "standard", "full"])
def test_a_minute_of_full_hd_against_real_time(clips: Path, tmp_path: Path, profile: str) -> None:
    """Goal: `fast` on 60 s of 1080p faster than real time on 2 cores."""
    answer, usage = analysed(make_clip(clips, minutes=1), profile=profile, data_dir=tmp_path)
    assert answer["status"] == "ok"
    _tell(f"{profile}, made minute of 1080p", usage, 60.0)


@pytest.mark.requires("shared_media")
@pytest.mark.parametrize("profile", ["standard", "full"])
@pytest.mark.parametrize("name", REAL)
def test_real_clips_against_real_time(
    shared_media: Path, tmp_path: Path, name: str, profile: str
) -> None:
    """Start-up is in it: an embedded call begins and ends with its worker."""
    answer, usage = analysed(shared_media / "real" / name, profile=profile, data_dir=tmp_path)
    assert answer["status"] == "ok"
    states = sorted(answer["components"].values())
    _tell(f"{profile}, {name}", usage, REAL[name])
    print({state: states.count(state) for state in set(states)})


@pytest.mark.requires("shared_media")
def test_memory_does_not_grow_with_the_length_of_the_video(
    shared_media: Path, clips: Path, tmp_path: Path
) -> None:
    """Goal: at most 1.5 GiB at 20 minutes, and at most 1.1 times that at 5.

    Somebody speaks to the camera all the time: every model has something to do.
    """
    peaks = {}
    talk = shared_media / "real" / "talk_en_hill.mp4"
    for minutes in (5, 20):
        clip = repeated(talk, clips, minutes=minutes, size=SIZE)
        answer, usage = analysed(clip, profile=PROFILE, data_dir=tmp_path / str(minutes))
        assert answer["status"] == "ok"
        peaks[minutes] = usage.peak_rss_mib
        _tell(f"{PROFILE}, {minutes} min of {SIZE}", usage, 60.0 * minutes)
    print(f"20 min against 5 min: {peaks[20] / peaks[5]:.2f} (goal {GROWTH_MAX})")
    assert peaks[20] <= RSS_MAX_MIB
    assert peaks[20] <= GROWTH_MAX * peaks[5]


def _tell(what: str, usage: Usage, video_s: float) -> None:
    print(
        f"\n{what}: {usage.wall_s:.1f} s for {video_s:.1f} s, {usage.wall_s / video_s:.2f} of real"
        f" time; {usage.cpu_s:.1f} CPU s ({usage.cpu_s / video_s:.2f}); at most"
        f" {usage.peak_rss_mib:.0f} MiB",
        flush=True,
    )
