"""Killed while the manifest is renamed, or while a finished run is cleaned up, nothing is lost."""

from pathlib import Path

import pytest

from tests.e2e.conftest import SMALL, Undisturbed, write_profile
from tests.e2e.kills import KilledRun, arrays_of, manifest_of, write_of
from tests.e2e.moments import Moment

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.requires("ffmpeg")]


def manifest(*, at: str, count: int) -> Moment:
    return write_of("manifest.json", at=at, builtin="replace", count=count)


RENAMES = [
    manifest(at="c_call", count=1),
    manifest(at="c_return", count=1),
    manifest(at="c_call", count=3),
    manifest(at="c_return", count=len(SMALL)),
    manifest(at="c_call", count=len(SMALL) + 1),
]
END = [
    Moment(function="RunAccount.close", event="call"),
    Moment(function="RunAccount.close", event="return"),
    Moment(function="ExecuteRun._clean_up", event="call"),
    Moment(function="FfmpegStoredFrames.keep", event="return"),
    # The first file to go is the upload; from the second on it is the workspace.
    Moment(function="_rmtree_safe_fd", event="c_return", builtin="unlink", count=3),
]


@pytest.mark.parametrize("moment", [*RENAMES, *END], ids=str)
def test_a_run_killed_near_its_manifest_ends_as_if_undisturbed(
    run: KilledRun, undisturbed: Undisturbed, moment: Moment
) -> None:
    """Hardening 18: the manifest is the old one or the new one, and written last."""
    run.kill(moment)
    run.resume()
    assert arrays_of(run.data_dir, SMALL) == undisturbed.arrays
    listed = {entry["name"]: entry["status"] for entry in manifest_of(run.data_dir)["components"]}
    assert listed == dict.fromkeys(SMALL, "ok")


def test_a_resumed_run_that_had_ended_keeps_its_report(run: KilledRun, tmp_path: Path) -> None:
    """What the report shows of the frames is gone by then and could not be drawn again."""
    run.profile = write_profile(tmp_path / "frames.toml", "shots", "sharpness", "key_frames")
    run.kill(Moment(function="ExecuteRun._clean_up", event="return"))
    (report,) = run.data_dir.glob("reports/*/report.html")
    assert "data:image/jpeg" in report.read_text(encoding="utf-8")
    before = report.stat().st_mtime_ns
    run.resume()
    assert report.stat().st_mtime_ns == before
