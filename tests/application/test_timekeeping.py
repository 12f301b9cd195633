"""The times of a finished run are kept, and those alone that tell of its components (R-606)."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.memory.video_files import MadeVideo
from application.timekeeping import timings
from domain.component import ComponentStatus
from domain.manifest import Preprocessing
from tests.builders import NOON, a_component_run, a_running_run
from tests.features.app import App

DONE = Preprocessing(
    source={"shown_size": [1280, 720], "frame_rate_hz": 25.0},
    timeline={"duration_s": 60.0, "frame_count": 720},
    duration_ms=1500,
)


def test_each_component_that_is_ok_tells_its_units_and_seconds() -> None:
    run = a_running_run()
    run.components = {
        "loudness": a_component_run("loudness"),
        "shots": a_component_run("shots", status=ComponentStatus.ERROR),
        "onsets": a_component_run("onsets", status=ComponentStatus.EMPTY),
    }
    preparation, loudness = timings(run, DONE, at=NOON)
    assert (loudness.component, loudness.units, loudness.seconds) == ("loudness", 5.5, 0.012)
    assert preparation.units == 1280 * 720 * 25 * 60 / 1e6 + 0.5 * 720
    assert preparation.seconds == 1.5
    sizes = {(each.width_px, each.height_px, each.duration_s) for each in (preparation, loudness)}
    assert sizes == {(1280, 720, 60.0)}
    assert {each.run_id for each in (preparation, loudness)} == {run.id}


def test_a_run_that_was_not_decoded_tells_nothing() -> None:
    assert timings(a_running_run(), None, at=NOON) == []
    assert timings(a_running_run(), Preprocessing(), at=NOON) == []


def test_a_timeline_of_another_version_is_told() -> None:
    with pytest.raises(TypeError, match="this version"):
        timings(a_running_run(), replace(DONE, timeline={"duration_s": "1:00"}), at=NOON)


def test_a_run_writes_its_times_when_it_closes_and_once(tmp_path: Path) -> None:
    app = App(tmp_path)
    run = app.submit(app.video(MadeVideo(duration_s=10.0)), "picture", "sound")
    for _ in range(2):
        app.carry_out(run.id)
    with app.unit_of_work() as work:
        kept = work.timings.newest(limit=9)
    assert [each.component for each in kept] == ["picture", "preparation", "sound"]
    assert {each.duration_s for each in kept} == {10.0}
