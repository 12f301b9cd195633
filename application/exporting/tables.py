"""A run as tables: CSV in UTF-8, one file a component and axis, units in the headings."""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from application.exporting.measured import Measured
from application.exporting.zipped import Member

ROWS_A_PART = 512
COLUMNS_MAX = 2048
"""Arrays of more columns stand alone, a value a line: spreadsheets end at 16,384 columns."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def tables(measured: Iterable[Measured]) -> Iterator[Member]:
    """The tables of each artifact, and at last what every column means (`columns.csv`)."""
    columns: list[Sequence[object]] = []
    for one in measured:
        for axis, names in _grouped(one).items():
            path = f"{one.component}/{axis or 'values'}.csv"
            columns += [_meaning(one, name, path) for name in names]
            yield path, _table(one, axis, names)
    head = ("component", "table", "column", "unit", "name_en", "name_ru", "means_en", "means_ru")
    yield "columns.csv", _lines(head, columns)


def _grouped(one: Measured) -> dict[str, list[str]]:
    """Names of the arrays that share a table, by its name."""
    grouped: dict[str, list[str]] = {}
    for name in one.in_order:
        axis = one.axis(name)
        array = one.arrays[name]
        is_wide = array.ndim > 1 and array[:1].size > COLUMNS_MAX
        grouped.setdefault(f"{axis}.{name}" if is_wide else axis, []).append(name)
    return grouped


def _table(one: Measured, axis: str, names: Sequence[str]) -> Iterator[bytes]:
    if not axis:
        rows = [(one.heading(name), cell(one.arrays[name][()])) for name in names]
        return _lines(("name", "value"), rows)
    if axis.endswith(f".{names[0]}") and one.axis(names[0]) != axis:
        return _lines(("row", "column", one.heading(names[0])), _listed(one.arrays[names[0]]))
    head = [heading for name in names for heading in _headings(one, name)]
    return _lines(head, _side_by_side([one.arrays[name] for name in names]))


def _headings(one: Measured, name: str) -> list[str]:
    """One a column; of an array of several they are numbered from 0."""
    array, heading = one.arrays[name], one.heading(name)
    if array.ndim == 1:
        return [heading]
    own, _, unit = heading.partition(" [")
    places = np.ndindex(*array.shape[1:])
    ends = f" [{unit}" if unit else ""
    return [f"{own}.{'.'.join(map(str, place))}{ends}" for place in places]


def _side_by_side(arrays: Sequence[NDArray[Any]]) -> Iterator[tuple[str, ...]]:
    length = max(len(array) for array in arrays)
    for start in range(0, length, ROWS_A_PART):
        rows = min(ROWS_A_PART, length - start)
        columns = [column for array in arrays for column in _columns(array, start, rows)]
        yield from zip(*columns, strict=True)


def _columns(array: NDArray[Any], start: int, rows: int) -> Iterator[list[str]]:
    """The cells of some rows, column by column; of a shorter array the rest is empty."""
    block = array[start : start + rows].reshape(-1, math.prod(array.shape[1:]))
    for column in block.T:
        yield _cells(column) + [""] * (rows - len(column))


def _cells(column: NDArray[Any]) -> list[str]:
    """What `cell` gives for each value, numbers all at once."""
    if column.dtype.kind not in "fiu":
        return [cell(value) for value in column]
    texts: list[str] = np.where(np.isfinite(column), column.astype(str), "").tolist()
    return texts


def _listed(array: NDArray[Any]) -> Iterator[tuple[int, int, str]]:
    for row, values in enumerate(array):
        for column, value in enumerate(np.ravel(values)):
            yield row, column, cell(value)


def cell(value: Any) -> str:
    """A value as a cell: nothing for what is missing, and no text that a spreadsheet would run."""
    if isinstance(value, np.bool_ | bool):
        return "true" if value else "false"
    if isinstance(value, np.number | float | int):
        return str(value) if np.isfinite(value) else ""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _lines(head: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(head)
    for number, row in enumerate(rows, start=1):
        writer.writerow(row)
        if number % ROWS_A_PART == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode(errors="replace")


def _meaning(one: Measured, name: str, path: str) -> Sequence[object]:
    described = one.described(name)
    if described is None:
        return (one.component, path, name, "", "", "", "", "")
    label, meaning = described.label, described.meaning
    said = (label.en, label.ru, meaning.en, meaning.ru)
    return (one.component, path, name, str(described.unit), *said)
