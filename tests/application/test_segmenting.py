"""A component that breaks while the video is decoded is out alone; the others go on."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from adapters.memory.video_files import MadeVideo, MemoryVideoProbe
from application.ports.components import Arrays, Component, Measurement, StreamFrame, Timeline
from application.ports.video_files import Decoded
from application.segmenting import Pass, Watchers
from tests.builders import a_spec, an_array_schema, an_artifact_schema

TIMELINE = Timeline(frame_count=1, duration_s=0.1, width_px=32, height_px=32, has_sound=False)


class Frame:
    index = 0
    luma = np.zeros((32, 32), dtype=np.uint8)
    rgb = hsv = half_rgb = np.zeros((32, 32, 3), dtype=np.uint8)
    half_luma = np.zeros((16, 16), dtype=np.uint8)
    flow = None


@dataclass
class Breaking:
    """Breaks at the step that it is told."""

    at: str

    def begin(self, timeline: Timeline) -> "Breaking":
        del timeline
        return self._reach("begin")

    def see(self, frame: StreamFrame) -> None:
        del frame
        self._reach("see")

    def observed(self) -> Arrays:
        self._reach("observed")
        return {"seen": np.ones(1)}

    def _reach(self, step: str) -> "Breaking":
        if step == self.at:
            raise ValueError("a bug that must stay where it is")
        return self


def component(name: str, watcher: Breaking) -> Component:
    spec = a_spec(name, streams=True)
    schema = an_artifact_schema(an_array_schema(), component=name)
    return Component(spec, schema, lambda _: Measurement(), watcher.begin)


@pytest.mark.parametrize("step", ["begin", "see", "observed"])
def test_a_watcher_that_breaks_is_out_and_the_others_go_on(step: str) -> None:
    """R-205: the error says where and why, and nothing of what was looked at."""
    broken, whole = component("broken", Breaking(step)), component("whole", Breaking("never"))
    watchers = Watchers([broken, whole], TIMELINE)
    watchers.see(Frame())
    assert watchers.observed().keys() == {"whole"}
    assert watchers.failures.keys() == {"broken"}
    failure = watchers.failures["broken"]
    assert (failure.code, failure.where) == ("component_failed", "broken.watch")
    assert "ValueError in broken.watch (tests.application.test_segmenting:" in failure.message
    assert "bug" not in failure.message


def test_the_record_keeps_when_the_pictures_were_on_that_frames_show(tmp_path: Path) -> None:
    file = MadeVideo(duration_s=5.0).write(tmp_path / "video.made")
    shown_s = tuple(index * 2 / 25 for index in range(60))
    decoded = Decoded(
        picture_count=125,
        duration_s=5.0,
        frame_count=60,
        shown_s=shown_s,
        detail_count=0,
        error_count=0,
    )
    record = Pass(file, MemoryVideoProbe().probe(file), 5.0, ()).record(
        decoded, [{"what": "decode"}], {}
    )
    assert record.timeline.shown_s == shown_s
    assert record.timeline.steps_s == pytest.approx(np.full(59, 0.08))
