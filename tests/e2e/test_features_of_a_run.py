"""Whole runs yield the feature vector of the forecast, whatever the video lacks."""

from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from adapters.components.catalogue import ShippedComponents
from application.feature_vector import FeatureVector
from domain.identity import RunId
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.components.served import needing
from tests.e2e.program import Program

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.requires("ffmpeg", "ffprobe", "shared_media"),
]

TIER0 = ShippedComponents().catalogue.tier0
HEARD = {"voice_activity", "audio_events", "loudness", "tempo"}
SHOWN = {"faces", "face_emotion"}
TITLE = ("--title", "How I film at night", "--category", "Education")


def vector_of(program: Program, clip: Path, profile: str, data_dir: Path) -> FeatureVector:
    needing(*{model for name in TIER0 for model in ShippedComponents()[name].spec.models})
    given = [*TITLE, "--profile", profile, "--format", "json"]
    ended = program.run("analyze", str(clip), *given, data_dir=data_dir)
    assert ended.exit_code == 0, ended.err
    container = Container(settings=Settings(data_dir, f"sqlite:///{data_dir / 'trendflow.db'}"))
    read = container.read_features()
    run_id = RunId(UUID(ended.answer["run_id"]))
    found, again = read(run_id), read(run_id)
    container.engine().dispose()
    np.testing.assert_array_equal(found.values, again.values)
    assert (np.isnan(found.values) == ~found.present).all()
    assert len(found.values) == len(found.schema.columns)
    return found


def yielding(found: FeatureVector) -> set[str]:
    """Components of which at least one number is there."""
    return {name.split(".")[0] for name, value in found.named().items() if value is not None}


def test_standard_yields_features_of_every_tier0_component(
    program: Program, shared_media: Path, data_dir: Path
) -> None:
    """R-202, R-801: a woman speaks to the camera for five seconds and a half."""
    clip = shared_media / "real" / "talk_en_hill.mp4"
    found = vector_of(program, clip, "standard", data_dir)
    assert yielding(found) == TIER0
    told = found.named()
    assert told["video_facts.duration_s"] == pytest.approx(5.52, abs=0.05)
    assert told["video_facts.category_number"] == 27
    assert told["video_facts.views"] is None
    assert told["title_style.words"] == 5
    assert told["faces.count_max"] == 1
    assert told["shots.shot_count"] == 1
    assert (told["voice_activity.speech_share"] or 0) > 0.5


def test_a_silent_video_without_faces_lacks_what_they_yield_and_nothing_else(
    program: Program, shared_media: Path, data_dir: Path
) -> None:
    """R-404, R-801: emptiness enters as missing; whether that may be forecast is not asked here."""
    clip = shared_media / "real" / "dark_noise_juggle.mp4"
    found = vector_of(program, clip, "fast", data_dir)
    assert yielding(found) == TIER0 - HEARD - SHOWN
    assert found.named()["video_facts.has_sound"] == 0
    assert found.named()["hook.voice_opening.first"] is None
