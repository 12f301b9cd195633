"""Artifacts as chart data, from their schemas alone: what a front end needs to draw (R-804)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from application.chart_data import (
    BarsChart,
    Chart,
    Column,
    KeyFrame,
    KeyFramesChart,
    Mark,
    MarksChart,
    Places,
    Segment,
    SegmentsChart,
    Series,
    SeriesChart,
    TableChart,
    ValueChart,
)
from application.down_sampling import kept
from application.drawn_arrays import MS_PER_S, DrawnArrays, plain
from application.ports.components import Arrays
from domain.schema import ArraySchema, ArtifactSchema, Drawing, Unit
from domain.video import ANALYSIS_RATE_HZ


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
    drawer = _Drawer(DrawnArrays(arrays, schema), points_max)
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

    drawn: DrawnArrays
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
        head = [] if along is None else [self.drawn.schema.array(along)]
        listed = [array for array in head if array not in arrays] + list(arrays)
        columns = [column for array in listed for column in self._columns(array)]
        return TableChart(arrays[0], tuple(columns))

    def _columns(self, array: ArraySchema) -> list[Column]:
        cells = self.drawn.cells(array)
        wide = self.drawn.arrays[array.name].ndim == 2  # noqa: PLR2004 - (n, k)
        width = self.drawn.arrays[array.name].shape[1] if wide else 1
        return [Column(array, k + 1, tuple(cells[k::width])) for k in range(width)]

    def _value(self, array: ArraySchema) -> ValueChart:
        return ValueChart(array, self.drawn.cells(array)[0])

    def _series(self, array: ArraySchema) -> SeriesChart:
        values = self.drawn.numbers(array)
        names = self.drawn.names(array)
        stay = kept(values, points_max=self.points_max)
        columns = values[:, np.newaxis] if values.ndim == 1 else values
        series = [
            Series(name, plain(column[stay])) for name, column in zip(names, columns.T, strict=True)
        ]
        places = self.drawn.places(array)
        at = Places(tuple(places.values[i] for i in stay), places.unit, places.is_time)
        return SeriesChart(array, at, tuple(series), len(values))

    def _bars(self, array: ArraySchema) -> BarsChart:
        """Named or fixed places have a bar each; other values are counted into bins."""
        values = self.drawn.numbers(array)
        named = self.drawn.words_along(array.axes[0])
        if named is None and array.axes[0].isdigit():
            named = [str(number + 1) for number in range(len(values))]
        if named is not None:
            return BarsChart(array, tuple(named), (), plain(values))
        finite = values[np.isfinite(values)]
        if not finite.size:
            return BarsChart(array, (), (), ())
        counts, edges = np.histogram(finite, bins=_bins(finite))
        return BarsChart(array, (), tuple(edges.tolist()), plain(counts.astype(np.float64)))

    def _marks(self, array: ArraySchema) -> MarksChart:
        values = self.drawn.numbers(array)
        kinds = self.drawn.kinds(array, len(values))
        if array.along is None:
            is_time, at = array.unit is Unit.SECONDS, values
            heights: tuple[float | None, ...] = (None,) * len(values)
        else:
            holder = self.drawn.schema.array(array.along)
            is_time, at, heights = (
                holder.unit is Unit.SECONDS,
                self.drawn.starts(holder),
                plain(values),
            )
        factor = MS_PER_S if is_time else 1.0
        marks = [
            Mark(float(where) * factor, height, kind)
            for where, height, kind in zip(at, heights, kinds, strict=True)
            if np.isfinite(where)
        ]
        return MarksChart(array, is_time, tuple(marks))

    def _segments(self, array: ArraySchema) -> SegmentsChart:
        bounds = self.drawn.numbers(array)
        if bounds.ndim == 1:
            bounds = np.column_stack([bounds[:-1], bounds[1:]])
        is_time = array.unit is Unit.SECONDS
        factor = MS_PER_S if is_time else 1.0
        kinds = self.drawn.kinds(array, len(bounds))
        segments = [
            Segment(float(start) * factor, float(end) * factor, kind)
            for (start, end), kind in zip(bounds, kinds, strict=True)
            if np.isfinite(start) and np.isfinite(end)
        ]
        return SegmentsChart(array, is_time, tuple(segments))

    def _key_frames(self, array: ArraySchema) -> KeyFramesChart:
        values = self.drawn.numbers(array)
        is_time = array.unit is Unit.SECONDS
        rate, per_value = (1.0, ANALYSIS_RATE_HZ) if is_time else (ANALYSIS_RATE_HZ, 1)
        reasons = self.drawn.kinds(array, len(values))
        frames = [
            KeyFrame(float(value) / rate * MS_PER_S, reason, index=round(float(value) * per_value))
            for value, reason in zip(values, reasons, strict=True)
        ]
        return KeyFramesChart(array, tuple(frames))


def _bins(finite: NDArray[np.float64]) -> int:
    """As many bins as Sturges' rule asks for: log2(n) + 1."""
    return int(np.ceil(np.log2(len(finite)))) + 1 if len(finite) > 1 else 1
