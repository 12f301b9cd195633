"""Lines of text over time: read once while they stand, followed while they say the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.fitting import Picture
from adapters.components.visual.text_boxes import Corners, TextBox
from adapters.components.visual.text_lines import Reading, cut_line
from adapters.components.visual.text_scripts import read_lines
from application.ports.inference import Inference

_SAME_PLACE_MIN = 0.8
_SAME_LOOK_MAX = 10.0
"""Mean difference in levels of a line that is read only once."""
_NEAR_MIN = 0.3
_LIKE_MIN = 0.6

Bounds = NDArray[np.float64]
"""Left, top, right, bottom in shares of the picture, shape (4,)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line in one picture, and what it says; its corners are shares of the picture."""

    corners: Corners
    look: Picture
    reading: Reading

    @property
    def bounds(self) -> Bounds:
        return np.concatenate([self.corners.min(axis=0), self.corners.max(axis=0)])

    @property
    def area_share(self) -> float:
        """The part of the picture that the line takes (Gauss's formula of the area)."""
        x, y = self.corners.T
        return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)

    @property
    def key(self) -> str:
        """What it says, for comparing: without case and spaces."""
        return "".join(self.reading.text.casefold().split())


@dataclass(eq=False, slots=True)
class LineTrack:
    """One line through the sampled pictures that show it one after another."""

    rows: list[int] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def best(self) -> Line:
        """The line where it is read most surely, the longest of those."""
        return max(self.lines, key=lambda one: one.reading.confidence * len(one.key))


def read_over_time(
    served: Inference, found: Iterable[tuple[Picture, list[TextBox]]]
) -> Iterator[list[Line]]:
    """The lines that can be read in each picture; one that has not changed is not read again."""
    before: list[Line] = []
    for picture, boxes in found:
        looks = [cut_line(picture, box.corners) for box in boxes]
        places = [_inside(box, picture) for box in boxes]
        lines = [Line(*each, Reading()) for each in zip(places, looks, strict=True)]
        known = [_known(line, before) for line in lines]
        fresh = [line.look for line, same in zip(lines, known, strict=True) if same is None]
        read = iter(read_lines(served, fresh))
        # A look is kept as it was read: what changes slowly is read again in the end.
        before = [
            replace(line, reading=next(read))
            if same is None
            else replace(line, reading=same.reading, look=same.look)
            for line, same in zip(lines, known, strict=True)
        ]
        yield [line for line in before if line.key]


def followed(pictures: Sequence[Sequence[Line]]) -> list[LineTrack]:
    """Every line from where it appears to where it goes, in order of appearance."""
    tracks: list[LineTrack] = []
    live: list[LineTrack] = []
    for row, lines in enumerate(pictures):
        free, now = list(live), []
        for line in lines:
            track = _continued(line, free)
            if track is None:
                track = LineTrack()
                tracks.append(track)
            else:
                free.remove(track)
            track.rows.append(row)
            track.lines.append(line)
            now.append(track)
        live = now
    return tracks


def _continued(line: Line, tracks: Sequence[LineTrack]) -> LineTrack | None:
    """The track that says the same, the nearest first; else one that says much the same there."""
    near = sorted(tracks, key=lambda one: -_overlap(one.lines[-1].bounds, line.bounds))
    for track in near:
        if track.lines[-1].key == line.key:
            return track
    for track in near:
        if _overlap(track.lines[-1].bounds, line.bounds) < _NEAR_MIN:
            break
        if SequenceMatcher(None, track.lines[-1].key, line.key).ratio() >= _LIKE_MIN:
            return track
    return None


def _known(line: Line, before: Sequence[Line]) -> Line | None:
    """The line that stood there before and looked the same."""
    for other in before:
        if _overlap(line.bounds, other.bounds) >= _SAME_PLACE_MIN:
            size = (other.look.shape[1], other.look.shape[0])
            look = cv2.resize(line.look, size, interpolation=cv2.INTER_AREA)
            if float(cv2.absdiff(other.look, np.asarray(look)).mean()) <= _SAME_LOOK_MAX:
                return other
    return None


def _inside(box: TextBox, picture: Picture) -> Corners:
    size = np.array(picture.shape[1::-1], dtype=np.float64)
    return np.clip(box.corners / size, 0.0, 1.0)


def _overlap(one: Bounds, other: Bounds) -> float:
    """What both cover as a share of what either covers."""
    common = np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2])
    if (common <= 0).any():
        return 0.0
    both = float(common.prod())
    return both / (float((one[2:] - one[:2]).prod()) + float((other[2:] - other[:2]).prod()) - both)
