"""Figures of moments and stretches of the video: marks and segments."""

import numpy as np
from numpy.typing import NDArray

from adapters.html import numbers
from adapters.html.charts.axes import Plot, round_step, value_axis
from adapters.html.charts.histogram import HistogramChart, bars
from adapters.html.charts.marks import MarksChart, mark_kinds
from adapters.html.charts.segments import segments_chart
from adapters.html.charts.spans import least_span
from adapters.html.figures.figure import Chart, Figure, chart_unit, figure
from adapters.html.series import Context
from domain.schema import ArraySchema, DType, Unit

KINDS_MAX = 6
STROKES_MAX = 200
"""More strokes run together; then how dense they are is drawn."""

_DENSITY_BINS = 60


def marks(context: Context, arrays: tuple[ArraySchema, ...]) -> Figure:
    """Strokes where the values lie; of an array that lies along another, as high as its values."""
    array = arrays[0]
    unit = "" if array.unit is Unit.SECONDS else chart_unit(context, array.unit)
    if array.along is None and context.raw(array).size > STROKES_MAX:
        chart, bin_width = _density(context, array)
        if array.unit is Unit.SECONDS:
            unit = context.texts("format.per_seconds", seconds=context.texts.number(bin_width))
        return figure(context, arrays, chart, unit=unit, is_wide=True)
    return figure(context, arrays, _marks(context, array), unit=unit, is_wide=True)


def segments(context: Context, arrays: tuple[ArraySchema, ...]) -> Figure:
    """Bars from start to end (n, 2), from one bound to the next (n), or while a word holds."""
    chart = _segments(context, *_stretches(context, arrays[0]))
    return figure(context, arrays, chart, unit="", is_wide=True)


def _marks(context: Context, array: ArraySchema) -> Chart | None:
    places, unit = context.values(array), array.unit
    y, tops = None, None
    if array.along is not None:
        heights, holder = places, context.places(array)
        places, unit = holder.values, holder.unit
        tall = np.append(heights, 0.0)
        y = value_axis(context.texts, tall, array.unit, span_min=least_span(array))
        tops = y.scale.y(heights)
    if not np.isfinite(places).any():
        return None
    x = context.axis(places, unit)
    kinds = mark_kinds(places, _kinds(context, array), x=x.scale, tops=tops)
    is_time = unit is Unit.SECONDS
    alt = _alt(context, array, places, is_time=is_time)
    return MarksChart(Plot(alt=alt, x=x, y=y, is_time=is_time), kinds)


def _density(context: Context, array: ArraySchema) -> tuple[Chart, float]:
    """Marks in equal stretches of a round length, about 60 of them."""
    places = context.values(array)
    x = context.axis(places, array.unit)
    width = round_step((x.scale.high - x.scale.low) / _DENSITY_BINS)
    edges = np.append(np.arange(x.scale.low, x.scale.high, width), x.scale.high)
    counts = np.histogram(places, bins=edges)[0].astype(np.float64)
    y = value_axis(context.texts, np.append(counts, 0.0), Unit.NONE)
    is_time = array.unit is Unit.SECONDS
    alt = _alt(context, array, places, is_time=is_time)
    path = bars(edges, counts, x=x.scale, y=y.scale)
    return HistogramChart(Plot(alt=alt, x=x, y=y, is_time=is_time), path), width


def _stretches(
    context: Context, array: ArraySchema
) -> tuple[ArraySchema, NDArray[np.float64], list[str] | None]:
    """What says the unit, the bounds (n, 2), and their kinds."""
    if array.dtype is DType.TEXT:
        holder = context.card.schema.array(array.along or "")
        starts = context.values(holder)
        end = max(context.ground.duration_s or 0.0, float(starts.max(initial=0.0)))
        if starts.ndim == 1:
            starts = np.column_stack([starts, np.append(starts[1:], end)])
        return holder, starts, context.words(array)
    bounds, kinds = context.values(array), _kinds(context, array)
    if bounds.ndim == 1:
        bounds = np.column_stack([bounds[:-1], bounds[1:]])
        kinds = kinds[: len(bounds)] if kinds is not None else None
    return array, bounds, kinds


def _segments(
    context: Context, array: ArraySchema, bounds: NDArray[np.float64], kinds: list[str] | None
) -> Chart | None:
    if not np.isfinite(bounds).any():
        return None
    is_time = array.unit is Unit.SECONDS
    alt = _alt(context, array, bounds[:, 0], is_time=is_time)
    plot = Plot(alt=alt, x=context.axis(bounds.ravel(), array.unit), is_time=is_time)
    told = kinds if kinds is not None and len(set(kinds)) <= KINDS_MAX else None
    return segments_chart(bounds, told, plot)


def _kinds(context: Context, array: ArraySchema) -> list[str] | None:
    """Kinds beside the array, as long as colours can tell them apart."""
    kinds = context.labels_beside(array)
    if kinds is None or len(set(kinds)) > KINDS_MAX:
        return None
    return kinds


def _alt(
    context: Context, array: ArraySchema, places: NDArray[np.float64], *, is_time: bool
) -> str:
    texts = context.texts
    finite = places[np.isfinite(places)]
    shown = numbers.clock if is_time else texts.number
    return texts(
        "alt.marks",
        name=texts.label(array.label),
        count=int(finite.size),
        first=shown(float(finite.min())),
        last=shown(float(finite.max())),
    )
