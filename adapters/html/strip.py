"""The timeline strip: key frames where they are in the video, with its cuts below them."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from adapters.html import numbers
from adapters.html.charts.axes import Ground, Tick, time_axis
from adapters.html.charts.marks import MarkKind, mark_kinds
from adapters.html.pictures import Picture, Pictures
from application.ports.reports import ReportCard
from domain.component import ComponentStatus

CELL_SHARE_MIN = 0.045
"""A narrower slice of a frame shows nothing."""
_STRIP_ASPECT = 8.0
"""Width by height of the whole strip on a page of ordinary width."""
_CUT_OFF_MAX = 0.5
"""So much of a frame may be cut off above and below; past it the frame is shown whole."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A frame's stretch of the strip in percent: half-way to its neighbours on both sides."""

    picture: Picture
    left: float
    width: float
    at: str

    @property
    def is_whole(self) -> bool:
        """Filling the stretch would leave a band of the frame, without the head of who speaks."""
        stretch_aspect = self.width / 100 * _STRIP_ASPECT
        frame_aspect = self.picture.width_px / self.picture.height_px
        return frame_aspect / stretch_aspect < 1 - _CUT_OFF_MAX


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The strip, its cuts by kind, and its time axis."""

    cells: tuple[Cell, ...]
    cuts: tuple[MarkKind, ...]
    x: tuple[Tick, ...]
    end_s: float
    alt: str


def strip(ground: Ground, pictures: Pictures, cards: tuple[ReportCard, ...]) -> Strip | None:
    """The strip of this video; None when there is neither a frame nor a length to lay it along."""
    if not pictures.all or not ground.duration_s:
        return None
    x = time_axis(ground, pictures.all[-1].at_s)
    times, kinds = _cuts(cards)
    named = [ground.texts.known("word", kind) or kind for kind in kinds]
    cells = _cells(pictures.all, x.scale.high)
    alt = ground.texts(
        "alt.strip", frames=len(cells), cuts=int(times.size), end=numbers.clock(x.scale.high)
    )
    return Strip(
        cells=cells,
        cuts=mark_kinds(times, named, x=x.scale),
        x=x.ticks,
        end_s=x.scale.high,
        alt=alt,
    )


def _cells(pictures: tuple[Picture, ...], end_s: float) -> tuple[Cell, ...]:
    chosen = _apart(pictures, end_s * CELL_SHARE_MIN)
    bounds = [0.0, *((a.at_s + b.at_s) / 2 for a, b in pairwise(chosen)), end_s]
    return tuple(
        Cell(
            picture,
            left=round(left / end_s * 100, 2),
            width=round((right - left) / end_s * 100, 2),
            at=numbers.clock(picture.at_s, decimals=1),
        )
        for picture, (left, right) in zip(chosen, pairwise(bounds), strict=True)
    )


def _apart(pictures: tuple[Picture, ...], gap_s: float) -> list[Picture]:
    chosen = [pictures[0]]
    for picture in pictures[1:]:
        if picture.at_s - chosen[-1].at_s >= gap_s:
            chosen.append(picture)
    return chosen


def _cuts(cards: tuple[ReportCard, ...]) -> tuple[NDArray[np.float64], list[str]]:
    """Times and kinds that `shots` found; none where it is absent or did not end well."""
    for card in cards:
        is_ok = card.entry["status"] == ComponentStatus.OK
        if card.schema.component == "shots" and is_ok:
            times = card.arrays["cut_times_s"].astype(np.float64)
            return times, [str(kind) for kind in card.arrays["transition_kinds"].tolist()]
    return np.empty(0), []
