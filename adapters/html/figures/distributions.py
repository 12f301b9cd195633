"""Figures of distributions: how often values fall where, or a given height at each place."""

import numpy as np
from numpy.typing import NDArray

from adapters.html.charts.axes import Plot, plain_axis, value_axis
from adapters.html.charts.histogram import HistogramChart, bars, bins
from adapters.html.charts.ranks import ranks_chart
from adapters.html.figures.figure import Chart, Figure, chart_unit, figure
from adapters.html.series import Context
from domain.schema import ArraySchema, DType, Unit


def histogram(context: Context, arrays: tuple[ArraySchema, ...]) -> Figure:
    """How often values fall where; a bar for each value that has a name or a place of its own.

    An axis of a fixed length is such a row of places: twelve notes, not twelve samples. Moments
    are not: strengths of onsets are counted, wherever the onsets are.
    """
    array = arrays[0]
    places = context.places(array)
    names = context.names_along(array.axes[0])
    if names is not None:
        chart = _ranked(context, array, names)
    elif places.is_time or (places.array is None and not array.axes[0].isdigit()):
        chart = _counted(context, array)
    else:
        chart = _profile(context, array)
    return figure(context, arrays, chart, unit=chart_unit(context, array.unit))


def _counted(context: Context, array: ArraySchema) -> Chart | None:
    values = context.values(array).ravel()
    finite = values[np.isfinite(values)]
    if not finite.size:
        return None
    edges, counts = bins(values, is_whole=array.dtype in {DType.INT64, DType.UINT8})
    texts = context.texts
    heights = counts.astype(np.float64)
    alt = texts(
        "alt.histogram",
        name=texts.label(array.label),
        count=int(finite.size),
        low=texts.quantity(float(finite.min()), array.unit),
        high=texts.quantity(float(finite.max()), array.unit),
        median=texts.quantity(float(np.median(finite)), array.unit),
    )
    x = plain_axis(texts, edges, array.unit)
    y = value_axis(texts, np.append(heights, 0.0), Unit.NONE)
    path = bars(edges, heights, x=x.scale, y=y.scale)
    return HistogramChart(Plot(alt=alt, x=x, y=y), path)


def _ranked(context: Context, array: ArraySchema, names: list[str]) -> Chart | None:
    values = context.values(array)
    texts = [context.texts.quantity(float(value), array.unit) for value in values]
    return ranks_chart(names, values, texts) if values.size else None


def _profile(context: Context, array: ArraySchema) -> Chart | None:
    places, heights = context.places(array), context.values(array)
    if heights.size == 0 or not np.isfinite(heights).any():
        return None
    is_counted = places.array is None
    edges = _edges_around(places.values + 1 if is_counted else places.values)
    texts = context.texts
    high = texts.quantity(float(np.nanmax(heights)), array.unit)
    alt = texts("alt.bars", name=texts.label(array.label), count=int(heights.size), high=high)
    x = plain_axis(texts, edges, places.unit)
    y = value_axis(texts, np.append(heights, 0.0), array.unit)
    path = bars(edges, heights, x=x.scale, y=y.scale)
    return HistogramChart(Plot(alt=alt, x=x, y=y), path)


def _edges_around(places: NDArray[np.float64]) -> NDArray[np.float64]:
    if places.size == 1:
        return np.array([places[0] - 0.5, places[0] + 0.5])
    middles = (places[:-1] + places[1:]) / 2
    first, last = places[0] - (middles[0] - places[0]), places[-1] + (places[-1] - middles[-1])
    return np.concatenate(([first], middles, [last]))
