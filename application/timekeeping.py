"""What a finished run tells of time, for calibration (R-606)."""

from collections.abc import Iterator
from datetime import datetime

from domain.calibration import Timing
from domain.component import ComponentStatus
from domain.effort import PREPARATION
from domain.manifest import Preprocessing
from domain.run import Run
from domain.video_size import VideoSize


def timings(run: Run, done: Preprocessing | None, *, at: datetime) -> list[Timing]:
    """Units and seconds of the preparation and of every component that is `ok`.

    Others end early and would make the rest look fast, as would what was measured in another run.
    A run that was not decoded tells nothing.
    """
    return [] if done is None or not done.source else list(_timings(run, done, at))


def _timings(run: Run, done: Preprocessing, at: datetime) -> Iterator[Timing]:
    duration_s = done.timeline["duration_s"]
    if not isinstance(duration_s, (int, float)):
        raise TypeError("not the timeline of this version")
    size = VideoSize.of(run.metadata, duration_s, done.source)

    def timing(component: str, units: float, duration_ms: int) -> Timing:
        return Timing(
            run_id=run.id,
            component=component,
            units=units,
            seconds=duration_ms / 1000,
            width_px=size.width_px,
            height_px=size.height_px,
            duration_s=duration_s,
            at=at,
        )

    if not run.is_reused:
        yield timing(PREPARATION, size.preparation_units, done.duration_ms)
    for name, ended in sorted(run.components.items()):
        if ended.status is ComponentStatus.OK and not ended.is_reused:
            yield timing(name, ended.units, ended.duration_ms)
