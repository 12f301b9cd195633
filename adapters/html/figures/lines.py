"""Figures of values over time: lines, stacked bands, heat strips."""

import numpy as np
from numpy.typing import NDArray

from adapters.html import numbers
from adapters.html.charts.axes import Axis, Plot, value_axis, widened
from adapters.html.charts.bands import bands_chart
from adapters.html.charts.heat import HeatChart, picture, shade, shade_scale
from adapters.html.charts.line import Series, line_chart
from adapters.html.charts.spans import least_span
from adapters.html.charts.thinning import runs
from adapters.html.figures.figure import Chart, Figure, chart_unit, figure
from adapters.html.series import Context
from domain.schema import ArraySchema, Unit

TINTS = {
    "audio": (20, 140, 130),
    "text": (160, 95, 172),
    "visual": (52, 120, 205),
    "computed": (186, 118, 40),
}
"""The colours of the groups (style.css), between those of light and dark."""

LINES_MAX = 4
STACK_MAX = 6


def lines(context: Context, arrays: tuple[ArraySchema, ...]) -> Figure:
    """A line, or one a column of a narrow (n, k) array; wide ones become a heat strip."""
    array = arrays[0]
    values = context.values(array)
    if values.ndim == 2 and values.shape[1] > LINES_MAX:  # noqa: PLR2004 - (n, k)
        return _figure(context, arrays, _heat(context, array, values), is_wide=True)
    columns = values[:, np.newaxis] if values.ndim == 1 else values
    names = [""] if values.ndim == 1 else context.column_names(array)
    return _figure(context, arrays, _lines(context, array, names, columns))


def bands(context: Context, arrays: tuple[ArraySchema, ...]) -> Figure:
    """Several arrays of one axis, or the columns of one: a stack of shares, lines, or heat."""
    first = arrays[0]
    if len(arrays) == 1 and context.raw(first).ndim == 2:  # noqa: PLR2004 - (n, k)
        names, values = context.column_names(first), context.values(first)
    else:
        names = [context.texts.label(array.label) for array in arrays]
        values = np.column_stack([context.values(array) for array in arrays])
    return _figure(context, arrays, _bands(context, first, names, values), is_wide=True)


def _bands(
    context: Context, array: ArraySchema, names: list[str], values: NDArray[np.float64]
) -> Chart | None:
    finite = values[np.isfinite(values)]
    if not finite.size:
        return None
    is_share = array.unit is Unit.SHARE and finite.min() >= 0
    if is_share and 1 < len(names) <= STACK_MAX and np.nansum(values, axis=1).max() <= 1.01:  # noqa: PLR2004
        return _stack(context, array, names, values)
    if len(names) <= LINES_MAX:
        return _lines(context, array, names, values)
    return _heat(context, array, values)


def _figure(
    context: Context,
    arrays: tuple[ArraySchema, ...],
    chart: Chart | None,
    *,
    is_wide: bool = False,
) -> Figure:
    unit = chart_unit(context, arrays[0].unit)
    return figure(context, arrays, chart, unit=unit, is_wide=is_wide)


def _lines(
    context: Context, array: ArraySchema, names: list[str], values: NDArray[np.float64]
) -> Chart | None:
    if not np.isfinite(values).any():
        return None
    y = value_axis(context.texts, values, array.unit, span_min=least_span(array))
    plot = _plot(context, array, _alt(context, array, values), y=y)
    return line_chart(_series(context, array, names, values), plot, y=y.scale)


def _stack(
    context: Context, array: ArraySchema, names: list[str], values: NDArray[np.float64]
) -> Chart:
    whole = np.append(np.nansum(values, axis=1), 0.0)
    y = value_axis(context.texts, whole, array.unit, span_min=least_span(array))
    plot = _plot(context, array, _alt(context, array, values, key="alt.stack"), y=y)
    return bands_chart(_series(context, array, names, values), plot, y=y.scale)


def _heat(context: Context, array: ArraySchema, values: NDArray[np.float64]) -> Chart | None:
    finite = values[np.isfinite(values)]
    if not finite.size:
        return None
    ends = float(np.quantile(finite, 0.01)), float(np.quantile(finite, 0.99))
    low, high = widened(*ends, span_min=least_span(array))
    tint = TINTS[context.group]
    return HeatChart(
        plot=_plot(context, array, _alt(context, array, values, key="alt.heat")),
        rows=tuple(reversed(context.column_names(array))),
        picture=picture(shade(values, low=low, high=high), tint),
        shades=shade_scale(tint),
        low=context.texts.quantity(low, array.unit),
        high=context.texts.quantity(high, array.unit),
    )


def _plot(context: Context, array: ArraySchema, alt: str, *, y: Axis | None = None) -> Plot:
    places = context.places(array)
    x = context.axis(places.values, places.unit)
    return Plot(alt=alt, x=x, y=y, is_time=places.is_time)


def _series(
    context: Context, array: ArraySchema, names: list[str], values: NDArray[np.float64]
) -> list[Series]:
    along = context.places(array).values
    return [Series(name, one, along) for name, one in zip(names, values.T, strict=True)]


def _alt(
    context: Context, array: ArraySchema, values: NDArray[np.float64], *, key: str = "alt.line"
) -> str:
    texts, places = context.texts, context.places(array)
    finite = values[np.isfinite(values)]
    there = np.isfinite(values if values.ndim == 1 else values[:, 0])
    ends = places.values[np.isfinite(places.values)]
    said = texts(
        key,
        name=texts.label(array.label),
        low=texts.quantity(float(finite.min()), array.unit),
        high=texts.quantity(float(finite.max()), array.unit),
        median=texts.quantity(float(np.median(finite)), array.unit),
    )
    gaps = len(runs(~there))
    told = [said]
    if places.is_time and ends.size:
        span = (numbers.clock(float(ends.min())), numbers.clock(float(ends.max())))
        told.append(texts("alt.span", start=span[0], end=span[1]))
    if gaps:
        told.append(texts("alt.gaps", count=gaps))
    return " ".join(told)
