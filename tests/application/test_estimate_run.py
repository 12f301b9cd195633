"""An estimate is refused for what a run would be refused for."""

from pathlib import Path

import pytest

from adapters.memory.remote_videos import PublishedVideo
from application.ports.remote_videos import RemoteFacts
from application.use_cases.estimate_run import EstimateRun
from domain.effort import Effort
from domain.errors import VideoTooLong, VideoTooShort
from domain.video import Metadata
from tests.builders import LINK
from tests.features.app import App, MadeCosts, a_choice


def estimated(folder: Path, *, duration_s: float) -> Effort:
    app = App(folder)
    facts = RemoteFacts(
        duration_s=duration_s,
        width_px=None,
        height_px=None,
        frame_rate_hz=None,
        metadata=Metadata(title="How I film at night"),
    )
    app.remote.videos[LINK] = PublishedVideo(facts=facts, content=b"")
    estimate_run = EstimateRun(app.accept, app.remote, app.shipped.catalogue, MadeCosts())
    return estimate_run.link(LINK, profile=a_choice("title"))


@pytest.mark.parametrize(
    ("duration_s", "refusal"), [(3.0, VideoTooShort), (3 * 3600.0, VideoTooLong)]
)
def test_a_link_outside_the_limits_is_refused(
    tmp_path: Path, duration_s: float, refusal: type[Exception]
) -> None:
    """R-103: checked from what the platform tells, before a run exists."""
    with pytest.raises(refusal):
        estimated(tmp_path, duration_s=duration_s)


def test_a_links_estimate_counts_the_characters_of_its_texts(tmp_path: Path) -> None:
    """Where the platform tells no size, the largest that is analysed is counted on."""
    lines = {line.name: line for line in estimated(tmp_path, duration_s=60.0).lines}
    assert lines["title"].seconds == pytest.approx(1.0 + 0.01 * 60)
    decoded = 1920 * 1080 * 30 * 60 / 1e6
    assert lines["preparation"].units == pytest.approx(decoded + 0.5 * 12 * 60)
