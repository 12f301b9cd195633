"""Tables of numbers: what the charts are drawn from, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from adapters.html import numbers
from adapters.html.series import Context, is_numeric
from domain.schema import ArraySchema, DType, Unit, Words

ROWS_MAX = 500
CELLS_MAX = 6_000
COLUMNS_MAX = 64


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column: which array (and which of its columns) it shows."""

    array: str
    name: str
    unit: str
    index: int | None = None
    words: Mapping[str, str] | None = None
    """For texts and truths: how stored words are read, where they do not stand as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of printed numbers; every `step`-th row of `total` is listed, from the first on.

    The first cell of a row is its head.
    """

    caption: str
    component: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Exact figures over all values of one array, however long it is."""

    array: str
    name: str
    count: int
    missing: int
    low: str
    median: str
    mean: str
    high: str


def table(
    context: Context, arrays: tuple[ArraySchema, ...], *, caption: str, first: int | None = None
) -> Table:
    """Arrays of one first axis side by side, headed by their places or their row numbers.

    `first` takes so many rows from the start; else all rows are listed, or every n-th of many.
    """
    head = context.places(arrays[0]).array
    total = len(context.raw(arrays[0]))
    shown = [array for array in arrays if head is None or array.name != head.name]
    columns = [column for array in shown for column in _columns(context, array, len(shown) == 1)]
    heads = [Column("", context.texts("table.row"), "")]
    if head is not None:
        heads = _columns(context, head, is_alone=False)
    step = 1 if first else row_step(total, len(columns) + len(heads))
    rows = slice(0, first, step)
    numbered = [[str(row) for row in range(1, total + 1)][rows]]
    printed = numbered if head is None else _printed(context, head, rows)
    body = [cells for array in shown for cells in _printed(context, array, rows)]
    return Table(
        caption=caption,
        component=context.card.schema.component,
        columns=(*heads, *columns),
        rows=tuple(zip(*printed, *body, strict=True)),
        total=total,
        step=step,
    )


def is_listed(context: Context, array: ArraySchema) -> bool:
    """True when a table can hold the array; wider ones are told by their statistics alone."""
    values = context.raw(array)
    is_narrow = values.ndim == 1 or (values.ndim == 2 and values.shape[1] <= COLUMNS_MAX)  # noqa: PLR2004
    return is_narrow and len(values) > 0


def row_step(total: int, columns: int) -> int:
    """Every how-many-th row is listed, so that the page stays light."""
    limit = max(1, min(ROWS_MAX, CELLS_MAX // columns))
    return max(1, -(-total // limit))


def statistics(context: Context, array: ArraySchema) -> Statistics | None:
    """Lowest, median, mean and highest over the values that are there; None for words."""
    if not is_numeric(array):
        return None
    values = context.values(array)
    there = values[np.isfinite(values)]
    figures = (
        [there.min(), np.median(there), there.mean(), there.max()] if there.size else [np.nan] * 4
    )
    low, median, mean, high = (numbers.cell(float(figure)) for figure in figures)
    return Statistics(
        array=array.name,
        name=context.texts.label(array.label),
        count=int(there.size),
        missing=int(values.size - there.size),
        low=low,
        median=median,
        mean=mean,
        high=high,
    )


def unit_words(context: Context, array: ArraySchema) -> str:
    """The unit as the head of a column says it: a share is stored as 0 to 1."""
    if array.unit is Unit.SHARE:
        return context.texts("format.share_unit")
    return context.texts.unit(array.unit)


def words(context: Context, array: ArraySchema) -> Mapping[str, str]:
    """How the stored words of an array are read; empty for numbers and for texts as they are."""
    return _words(context, array) or {}


def _words(context: Context, array: ArraySchema) -> Mapping[str, str] | None:
    if array.dtype is DType.BOOL:
        return {"true": context.texts("word.yes"), "false": context.texts("word.no")}
    if array.dtype is not DType.TEXT:
        return None
    # The codes of all languages are many: those that the table holds are enough.
    codes = np.unique(context.raw(array)).tolist() if array.words is Words.LANGUAGES else []
    return {word: context.word(array, word) for word in (*array.choices, *codes)}


def _columns(context: Context, array: ArraySchema, is_alone: bool) -> list[Column]:
    name, unit = context.texts.label(array.label), unit_words(context, array)
    if len(array.axes) == 1:
        return [Column(array.name, name, unit, words=_words(context, array))]
    names = context.column_names(array)
    if array.axes[1:] == ("2",) and not array.choices:
        names = [context.texts("table.start"), context.texts("table.end")]
    if len(names) > COLUMNS_MAX:
        return []
    heads = names if is_alone else [f"{name}: {one}" for one in names]
    return [Column(array.name, head, unit, index) for index, head in enumerate(heads)]


def _printed(context: Context, array: ArraySchema, rows: slice) -> list[list[str]]:
    values, present = context.raw(array)[rows], context.present(array)[rows]
    if values.ndim == 1:
        return [_column(values, present)]
    if values.shape[1] > COLUMNS_MAX:
        return []
    return [_column(values[:, k], present[:, k]) for k in range(values.shape[1])]


def _column(values: NDArray[np.generic], present: NDArray[np.bool_]) -> list[str]:
    return [
        numbers.cell(value) if is_there else numbers.MISSING
        for value, is_there in zip(values.tolist(), present.tolist(), strict=True)
    ]
