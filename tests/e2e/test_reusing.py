"""On the command line: what was measured of a video before is taken over, bit for bit."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from application.artifact_format import decode
from tests.e2e.conftest import write_profile
from tests.e2e.program import Program

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.requires("ffmpeg", "ffprobe")]

JSON = ("--format", "json")
TITLE = ("--title", "How I film at night")


def arrays_in(manifest: Path, component: str) -> Mapping[str, NDArray[Any]]:
    arrays, _ = decode((manifest.parent / component / f"{component}.npz").read_bytes())
    return arrays


def test_a_second_profile_measures_only_what_the_first_did_not(
    program: Program, clip: Path, tmp_path: Path
) -> None:
    """R-509 with the real decoder: estimate, run, and a run of what is there alone."""
    place = tmp_path / "data"
    first = write_profile(tmp_path / "first.toml", "loudness", "hook", "title_style")
    second = write_profile(tmp_path / "second.toml", "loudness", "hook", "title_style", "sharpness")

    def call(command: str, profile: Path, *more: str) -> Any:
        given = (command, str(clip), *TITLE, "--profile", str(profile), *more, *JSON)
        ended = program.run(*given, data_dir=place)
        assert ended.exit_code == 0, ended.err
        return ended.answer

    def told(answer: Any) -> tuple[Path, dict[str, Any]]:
        file = Path(answer["manifest"])
        manifest = json.loads(file.read_text(encoding="utf-8"))
        return file, {one["name"]: one for one in manifest["components"]}

    measured, of_measured = told(call("analyze", first))
    assert not any(one["is_reused"] for one in of_measured.values())
    estimate = call("estimate", second)
    there = {one["name"] for one in estimate["components"] if one["measured_at"]}
    assert there == set(of_measured)
    assert call("estimate", second, "--anew")["total_kopecks"] > estimate["total_kopecks"]
    answer = call("analyze", second, "--estimate", estimate["estimate_id"])
    wider, of_wider = told(answer)
    assert {name for name, one in of_wider.items() if one["is_reused"]} == there
    assert {one["reused_from"] for name, one in of_wider.items() if name in there} == {
        measured.parent.name
    }
    for name in there:
        before, after = arrays_in(measured, name), arrays_in(wider, name)
        assert before.keys() == after.keys()
        for array in before:
            np.testing.assert_array_equal(before[array], after[array], strict=True)
    alone, of_alone = told(call("analyze", first))
    assert all(one["is_reused"] for one in of_alone.values())
    assert json.loads(alone.read_text("utf-8"))["run"]["preprocessing"]["attempts"] == []
