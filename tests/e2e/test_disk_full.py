"""A disk that fills up in the middle of a run stops it, and is taken for nothing else."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.e2e.conftest import SMALL, Undisturbed
from tests.e2e.corpus import KEYS, written
from tests.e2e.kills import KilledRun, arrays_of, component_rows, decoding, leftovers, manifest_of
from tests.e2e.moments import Moment
from tests.e2e.program import Program

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.requires("ffmpeg", "ffprobe")]

SIZE = "64m"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, which only root may make."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs root: a file system of its own is mounted")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


# What is about to happen when the disk is found full.
MOMENTS = {
    "before decoding": Moment(function="ExecuteRun._segmented", event="call"),
    "while decoding": decoding(1),
    "before measuring": Moment(function="Analysis.__call__", event="call"),
    "before an artifact": Moment(function="_replace", event="call", where={"name": "loudness.npz"}),
    "before a manifest": Moment(
        function="_replace", event="call", where={"name": "manifest.json"}, count=2
    ),
    "before the report": Moment(function="WriteReport.__call__", event="call"),
    "before frames are kept": Moment(function="FfmpegStoredFrames.keep", event="call"),
}


@pytest.mark.parametrize("when", MOMENTS)
def test_a_run_that_a_full_disk_stopped_goes_on_when_there_is_room(
    run: KilledRun, small_disk: Path, undisturbed: Undisturbed, when: str
) -> None:
    """Hardening 19: exit 1 and a code, nothing half-written counts, nothing is measured twice."""
    data_dir, ballast = small_disk / "data", small_disk / "ballast"
    run.data_dir = data_dir
    stopped = run.carry_on(replace(MOMENTS[when], deed="fill", ballast=str(ballast)))
    assert stopped.exit_code == 1, stopped.out + stopped.err
    assert set(stopped.answer) == KEYS
    assert stopped.answer["code"] == "resource_exhausted", stopped.err
    assert stopped.left == ()
    assert "Traceback" not in stopped.err
    run.run_id = stopped.answer["run_id"]
    assert not list((data_dir / "work").glob("*/segment.*.part"))
    ballast.unlink()
    run.finished = component_rows(data_dir, run.run_id)
    run.resume()
    assert arrays_of(data_dir, SMALL) == undisturbed.arrays
    assert leftovers(data_dir) == []
    assert manifest_of(data_dir)["run"]["status"] == "ok"


def test_a_disk_without_room_for_the_upload_leaves_nothing(
    program: Program, small_profile: Path, small_disk: Path, tmp_path: Path
) -> None:
    """Hardening 19, before a run exists."""
    given = tmp_path / "large.mp4"
    with given.open("wb") as file:
        file.truncate(80 << 20)
    choice = ["--title", "Talk", "--profile", str(small_profile), "--format", "json"]
    ended = program.run("analyze", str(given), *choice, data_dir=small_disk / "data")
    assert ended.exit_code == 1, ended.err
    assert ended.answer["code"] == "resource_exhausted"
    assert ended.answer["run_id"] is None
    assert list(written(small_disk / "data")) == []
