"""Artifacts as chart data, from their schemas alone: what a front end needs to draw (R-804)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from application.down_sampling import kept
from application.ports.components import Arrays
from domain.schema import ArraySchema, ArtifactSchema, Drawing, DType, Unit
from domain.video import ANALYSIS_RATE_HZ

Scalar = bool | int | float | str | None
"""A single value; None where it is missing."""

MS_PER_S = 1000.0


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


def charts(
    arrays: Arrays,
    schema: ArtifactSchema,
    *,
    points_max: int,
    only: Callable[[ArraySchema], bool] = lambda _: True,
) -> list[Chart]:
    """Every array that is drawn, in the order of the schema; those of one table share a chart.

    `only` chooses arrays; what is not asked for is not computed.
    """
    drawer = _Drawer(arrays, schema, points_max)
    masks = {array.presence for array in schema.arrays}
    wanted = [
        array
        for array in schema.arrays
        if array.drawing is not Drawing.HIDDEN and array.name not in masks and only(array)
    ]
    tables: dict[str, list[ArraySchema]] = {}
    made: list[Chart] = []
    for array in wanted:
        if _drawing(array) is Drawing.TABLE:
            tables.setdefault(array.axes[0], []).append(array)
    for array in wanted:
        if _drawing(array) is not Drawing.TABLE:
            made.append(drawer.chart(array))
        elif tables[array.axes[0]][0] is array:
            made.append(drawer.table(tables[array.axes[0]]))
    return made


def _drawing(array: ArraySchema) -> Drawing:
    """A value with axes is several values: they are listed."""
    is_listed = array.drawing is Drawing.VALUE and bool(array.axes)
    return Drawing.TABLE if is_listed else array.drawing


@dataclass(frozen=True, slots=True)
class _Drawer:
    """One artifact while its charts are made."""

    arrays: Arrays
    schema: ArtifactSchema
    points_max: int

    def chart(self, array: ArraySchema) -> Chart:
        """The chart of one array that is drawn by itself."""
        drawn: dict[Drawing, Callable[[ArraySchema], Chart]] = {
            Drawing.VALUE: self._value,
            Drawing.LINE: self._series,
            Drawing.BANDS: self._series,
            Drawing.HISTOGRAM: self._bars,
            Drawing.MARKS: self._marks,
            Drawing.SEGMENTS: self._segments,
            Drawing.KEY_FRAMES: self._key_frames,
        }
        return drawn[array.drawing](array)

    def table(self, arrays: Sequence[ArraySchema]) -> TableChart:
        """The head that the arrays lie along comes first."""
        along = arrays[0].along
        head = [] if along is None else [self.schema.array(along)]
        listed = [array for array in head if array not in arrays] + list(arrays)
        columns = [column for array in listed for column in self._columns(array)]
        return TableChart(arrays[0], tuple(columns))

    def _columns(self, array: ArraySchema) -> list[Column]:
        cells = self._cells(array)
        wide = self.arrays[array.name].ndim == 2  # noqa: PLR2004 - (n, k)
        width = self.arrays[array.name].shape[1] if wide else 1
        return [Column(array, k + 1, tuple(cells[k::width])) for k in range(width)]

    def _value(self, array: ArraySchema) -> ValueChart:
        return ValueChart(array, self._cells(array)[0])

    def _series(self, array: ArraySchema) -> SeriesChart:
        values = self._numbers(array)
        names = self._names(array)
        stay = kept(values, points_max=self.points_max)
        columns = values[:, np.newaxis] if values.ndim == 1 else values
        series = [
            Series(name, _plain(column[stay]))
            for name, column in zip(names, columns.T, strict=True)
        ]
        places = self._places(array)
        at = Places(tuple(places.values[i] for i in stay), places.unit, places.is_time)
        return SeriesChart(array, at, tuple(series), len(values))

    def _bars(self, array: ArraySchema) -> BarsChart:
        """Named or fixed places have a bar each; other values are counted into bins."""
        values = self._numbers(array)
        named = self._words_along(array.axes[0])
        if named is None and array.axes[0].isdigit():
            named = [str(number + 1) for number in range(len(values))]
        if named is not None:
            return BarsChart(array, tuple(named), (), _plain(values))
        finite = values[np.isfinite(values)]
        if not finite.size:
            return BarsChart(array, (), (), ())
        counts, edges = np.histogram(finite, bins=_bins(finite))
        return BarsChart(array, (), tuple(edges.tolist()), _plain(counts.astype(np.float64)))

    def _marks(self, array: ArraySchema) -> MarksChart:
        values = self._numbers(array)
        kinds = self._kinds(array, len(values))
        if array.along is None:
            is_time, at = array.unit is Unit.SECONDS, values
            heights: tuple[float | None, ...] = (None,) * len(values)
        else:
            holder = self.schema.array(array.along)
            is_time, at, heights = holder.unit is Unit.SECONDS, self._starts(holder), _plain(values)
        factor = MS_PER_S if is_time else 1.0
        marks = [
            Mark(float(where) * factor, height, kind)
            for where, height, kind in zip(at, heights, kinds, strict=True)
            if np.isfinite(where)
        ]
        return MarksChart(array, is_time, tuple(marks))

    def _segments(self, array: ArraySchema) -> SegmentsChart:
        bounds = self._numbers(array)
        if bounds.ndim == 1:
            bounds = np.column_stack([bounds[:-1], bounds[1:]])
        is_time = array.unit is Unit.SECONDS
        factor = MS_PER_S if is_time else 1.0
        kinds = self._kinds(array, len(bounds))
        segments = [
            Segment(float(start) * factor, float(end) * factor, kind)
            for (start, end), kind in zip(bounds, kinds, strict=True)
            if np.isfinite(start) and np.isfinite(end)
        ]
        return SegmentsChart(array, is_time, tuple(segments))

    def _key_frames(self, array: ArraySchema) -> KeyFramesChart:
        values = self._numbers(array)
        is_time = array.unit is Unit.SECONDS
        rate, per_value = (1.0, ANALYSIS_RATE_HZ) if is_time else (ANALYSIS_RATE_HZ, 1)
        reasons = self._kinds(array, len(values))
        frames = [
            KeyFrame(float(value) / rate * MS_PER_S, reason, index=round(float(value) * per_value))
            for value, reason in zip(values, reasons, strict=True)
        ]
        return KeyFramesChart(array, tuple(frames))

    def _places(self, array: ArraySchema) -> Places:
        if array.along is None:
            count = len(self.arrays[array.name])
            return Places(tuple(float(n) for n in range(count)), Unit.NONE, is_time=False)
        holder = self.schema.array(array.along)
        is_time = holder.unit is Unit.SECONDS
        starts = self._starts(holder) * (MS_PER_S if is_time else 1.0)
        return Places(_plain(starts), holder.unit, is_time)

    def _starts(self, holder: ArraySchema) -> NDArray[np.float64]:
        """The places of an array; of stretches, where they start."""
        if holder.dtype is DType.TEXT:
            return np.arange(len(self.arrays[holder.name]), dtype=np.float64)
        places = self._numbers(holder)
        return places if places.ndim == 1 else places[:, 0]

    def _numbers(self, array: ArraySchema) -> NDArray[np.float64]:
        """The array as numbers, NaN where missing."""
        values = self.arrays[array.name].astype(np.float64)
        if array.presence is not None:
            values = np.where(self.arrays[array.presence].astype(np.bool_), values, np.nan)
        return values

    def _cells(self, array: ArraySchema) -> tuple[Scalar, ...]:
        """All values, row by row, as plain Python ones; None where missing."""
        stored = self.arrays[array.name].ravel()
        if array.dtype is DType.TEXT or array.dtype is DType.BOOL:
            there = np.ones(stored.shape, dtype=np.bool_)
        else:
            there = np.isfinite(stored.astype(np.float64))
        if array.presence is not None:
            there = there & self.arrays[array.presence].astype(np.bool_).ravel()
        return tuple(
            value if is_there else None
            for value, is_there in zip(stored.tolist(), there.tolist(), strict=True)
        )

    def _names(self, array: ArraySchema) -> list[str]:
        if len(array.axes) == 1:
            return [""]
        named = self._words_along(array.axes[1])
        width = self.arrays[array.name].shape[1]
        return named if named is not None else [str(number + 1) for number in range(width)]

    def _words_along(self, axis: str) -> list[str] | None:
        """The text array of that one axis, where the schema lists one."""
        for other in self.schema.arrays:
            if other.dtype is DType.TEXT and other.axes == (axis,):
                return [str(word) for word in self.arrays[other.name]]
        return None

    def _kinds(self, array: ArraySchema, count: int) -> Sequence[str | None]:
        words = self._words_along(array.axes[0])
        return [None] * count if words is None else words[:count]


def _plain(values: NDArray[np.float64]) -> tuple[float | None, ...]:
    return tuple(float(value) if np.isfinite(value) else None for value in values)


def _bins(finite: NDArray[np.float64]) -> int:
    """As many bins as Sturges' rule asks for: log2(n) + 1."""
    return int(np.ceil(np.log2(len(finite)))) + 1 if len(finite) > 1 else 1
