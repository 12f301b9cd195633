"""A machine on which no model is built: what needs none is measured, the rest is named."""

from pathlib import Path
from typing import Any

import pytest

from tests.components.served import needing
from tests.e2e.conftest import write_profile
from tests.e2e.kills import manifest_of
from tests.e2e.program import Ended, Program

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.requires("ffmpeg", "ffprobe")]

JSON = ("--format", "json")
WANTING = ["voice_activity", "speaker_turns"]
"""One asks a model, the other asks one and needs the first."""


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("profiles")
    return write_profile(folder / "heard.toml", "loudness", *WANTING)


def test_without_models_the_rest_is_measured_and_with_them_what_failed(
    program: Program, clip: Path, profile: Path, tmp_path: Path
) -> None:
    """R-205: `model_not_found` by name, no substitute; R-604: it costs nothing."""
    place, nothing = tmp_path / "data", str(tmp_path / "nothing")
    bare = {"TRENDFLOW_MODELS_DIR": nothing}

    def call(command: str, *more: str, **environment: str) -> Ended:
        given = (command, str(clip), "--profile", str(profile), *more)
        ended = program.run(*given, data_dir=place, environment=environment)
        assert ended.exit_code == 0, ended.err
        return ended

    assert call("estimate", *JSON, **bare).answer["unserved"] == WANTING
    warned = call("estimate", **bare).err
    assert all(name in warned for name in [*WANTING, "trendflow models build"])
    assert "loudness" not in warned

    first = call("analyze", *JSON, **bare)
    assert all(name in first.err for name in WANTING)
    assert first.answer["components"] == {
        "loudness": "ok",
        "voice_activity": "error",
        "speaker_turns": "blocked",
    }
    assert failures(place)["voice_activity"]["code"] == "model_not_found"
    shown = program.run("show", first.answer["run_id"], "voice_activity", data_dir=place).out
    assert shown.startswith("voice_activity left no artifact: ")
    assert shown.rstrip().endswith(".")
    assert ".." not in shown

    needing("silero_vad", "ge2e")
    assert call("estimate", *JSON).answer["unserved"] == []
    again = call("analyze", *JSON)
    assert again.answer["components"]["loudness"] == "ok"
    assert {again.answer["components"][name] for name in WANTING} <= {"ok", "empty"}
    assert "trendflow models build" not in again.err


def failures(place: Path) -> dict[str, Any]:
    return {one["name"]: one["error"] for one in manifest_of(place)["components"]}
