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
_BORDER = 0.01
_MOVES_MIN = 0.2
"""Heights of itself that a line moves between two pictures where it comes in or goes."""
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
    return _without_cut_off(tracks)


def _without_cut_off(tracks: Sequence[LineTrack]) -> list[LineTrack]:
    """Without lines of one picture that are what the border leaves of one coming in or going.

    Half a line reads as another one; it is given to the line that moves and is whole next to it.
    """
    kept = list(tracks)
    for track in tracks:
        whole = next((one for one in kept if _is_cut_off(track, one)), None)
        if whole is not None:
            is_before = track.rows[0] < whole.rows[0]
            at = 0 if is_before else len(whole.rows)
            # Its reading is of half of the letters: the nearest whole one stands for it.
            whole.lines.insert(at, whole.lines[0 if is_before else -1])
            whole.rows.insert(at, track.rows[0])
            kept.remove(track)
    return sorted(kept, key=lambda one: one.rows[0])


def _is_cut_off(part: LineTrack, whole: LineTrack) -> bool:
    """Whether one stands at the upper or lower border where the other has come from or gone to."""
    if len(part.rows) > 1 or len(whole.rows) == 1:
        return False
    is_before = part.rows[0] == whole.rows[0] - 1
    if not is_before and part.rows[0] != whole.rows[-1] + 1:
        return False
    left, top, right, bottom = part.lines[0].bounds
    near = whole.lines[0 if is_before else -1].bounds
    next_near = whole.lines[1 if is_before else -2].bounds
    apart = float(near[1] + near[3] - next_near[1] - next_near[3]) / 2
    is_leaving = abs(apart) > _MOVES_MIN * float(near[3] - near[1])
    is_at_border = top <= _BORDER if apart < 0 else bottom >= 1 - _BORDER
    common = min(right, near[2]) - max(left, near[0])
    is_in_line = common >= _SAME_PLACE_MIN * max(right - left, near[2] - near[0])
    return bool(is_leaving and is_at_border and is_in_line)


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
