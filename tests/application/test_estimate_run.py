"""An estimate is refused for what a run would be refused for."""

from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from adapters.memory.remote_videos import PublishedVideo
from adapters.memory.video_files import MadeVideo
from application.ports.remote_videos import RemoteFacts
from domain.errors import EstimateNotFound, VideoTooLong, VideoTooShort
from domain.estimate import Estimate
from domain.ledger import UserId
from domain.video import Metadata
from tests.builders import LINK
from tests.features.app import App, a_choice


def estimated(folder: Path, *, duration_s: float, description: str | None = None) -> Estimate:
    app = App(folder)
    facts = RemoteFacts(
        duration_s=duration_s,
        width_px=None,
        height_px=None,
        frame_rate_hz=None,
        metadata=Metadata(title="How I film at night"),
    )
    app.remote.videos[LINK] = PublishedVideo(facts=facts, content=b"")
    said = Metadata(description=description)
    return app.estimate_run.link(LINK, metadata=said, profile=a_choice("title"), user_id=app.user)


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
    found = estimated(tmp_path, duration_s=60.0)
    assert found["title"].seconds_p50 == pytest.approx(1.0 + 0.01 * 60)
    decoded = 1920 * 1080 * 30 * 60 / 1e6
    assert found["preparation"].units == pytest.approx(decoded + 0.5 * 12 * 60)


def test_what_the_user_says_of_a_link_is_estimated_as_it_is_analysed(tmp_path: Path) -> None:
    """A run's estimate has to be the one that was shown, so both count the same texts."""
    assert estimated(tmp_path, duration_s=60.0, description="12345").size.text_characters == 24


def test_an_estimate_is_kept_for_its_user_alone(tmp_path: Path) -> None:
    app = App(tmp_path)
    found = app.estimate(MadeVideo(), "picture")
    with app.unit_of_work() as work:
        assert work.estimates.get(found.id, user_id=app.user) == found
        with pytest.raises(EstimateNotFound):
            work.estimates.get(found.id, user_id=UserId(uuid4()))


def test_an_estimate_without_what_a_start_takes_promises_nothing(tmp_path: Path) -> None:
    """A title is asked for at the start; till then nobody knows what would be measured."""
    app = App(tmp_path)
    app.carry_out(app.submit(app.video(MadeVideo()), "picture").id)
    file = app.video(MadeVideo())
    choice, user_id = a_choice("picture", "title"), app.user
    expected: tuple[tuple[str | None, set[str]], ...] = ((None, set()), ("A title", {"picture"}))
    for title, there in expected:
        said = Metadata(title=title)
        found = app.estimate_run.upload(file, metadata=said, profile=choice, user_id=user_id)
        assert found.reused.keys() == there


def test_an_estimate_of_measuring_anew_takes_nothing_over(tmp_path: Path) -> None:
    app = App(tmp_path)
    file = MadeVideo(duration_s=60.0).write(tmp_path / "published.mp4")
    facts = RemoteFacts(
        duration_s=60.0, width_px=640, height_px=360, frame_rate_hz=25.0, metadata=Metadata()
    )
    app.remote.videos[LINK] = PublishedVideo(facts=facts, content=file.read_bytes())
    asked: dict[str, Any] = {"metadata": Metadata(), "profile": a_choice("picture")}
    run = app.accept.link(LINK, **asked, request=app.request())
    app.carry_out(run.id)
    of_link = partial(app.estimate_run.link, LINK, **asked, user_id=app.user)
    assert of_link().is_reused
    assert not of_link(is_anew=True).reused
    app.carry_out(app.submit(app.video(MadeVideo()), "picture").id)
    of_file = partial(app.estimate_run.upload, app.video(MadeVideo()), **asked, user_id=app.user)
    assert of_file().is_reused
    assert not of_file(is_anew=True).reused
