"""Charts as data: what a front end is given to draw (R-804)."""

from dataclasses import dataclass

from domain.schema import ArraySchema, Unit

Scalar = bool | int | float | str | None
"""A single value; None where it is missing."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the points of a chart lie: milliseconds of the video when `is_time`, else `unit`."""

    values: tuple[float | None, ...]
    unit: Unit
    is_time: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One line or band: its name and a value for each place, None where missing."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class ValueChart:
    """One number or word."""

    array: ArraySchema
    value: Scalar


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """Lines over the same places; of `bands`, the parts of one whole or the rows of a map.

    `points` says how many there were before thinning.
    """

    array: ArraySchema
    places: Places
    series: tuple[Series, ...]
    points: int


@dataclass(frozen=True, slots=True)
class BarsChart:
    """Heights: of named bars, or between `edges` (one more than heights)."""

    array: ArraySchema
    names: tuple[str, ...]
    edges: tuple[float, ...]
    heights: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment; `height` where the marks carry a value, `kind` where they have kinds."""

    at: float
    height: float | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class MarksChart:
    """Moments of the video (milliseconds when `is_time`)."""

    array: ArraySchema
    is_time: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch, and its kind where segments have kinds."""

    start: float
    end: float
    kind: str | None


@dataclass(frozen=True, slots=True)
class SegmentsChart:
    """Stretches of the video (milliseconds when `is_time`)."""

    array: ArraySchema
    is_time: bool
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; an array of several columns gives one each, numbered from 1."""

    array: ArraySchema
    number: int
    cells: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class TableChart:
    """Arrays of one axis side by side."""

    array: ArraySchema
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class KeyFrame:
    """A chosen frame: its moment in milliseconds, and why it was chosen where that is told.

    `index` is its place on the timeline of 12 frames a second, by which its picture is known.
    """

    at_ms: float
    reason: str | None
    index: int


@dataclass(frozen=True, slots=True)
class KeyFramesChart:
    """Chosen frames."""

    array: ArraySchema
    frames: tuple[KeyFrame, ...]


Chart = (
    ValueChart | SeriesChart | BarsChart | MarksChart | SegmentsChart | TableChart | KeyFramesChart
)
