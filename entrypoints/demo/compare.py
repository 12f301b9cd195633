"""Puts what was measured beside what is known about the sample."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrypoints.demo.known import KNOWN, Known
from entrypoints.language import Language

Measured = Mapping[str, Mapping[str, NDArray[Any]]]
Value = float | str | tuple[float, ...]

_HEADINGS: Mapping[Language, tuple[str, ...]] = {
    "en": ("array", "what", "known", "measured", "tolerance", ""),
    "ru": ("массив", "что", "известно", "измерено", "допуск", ""),
}
_VERDICTS: Mapping[Language, Mapping[bool | None, str]] = {
    "en": {True: "ok", False: "OFF", None: "not measured"},
    "ru": {True: "верно", False: "НЕВЕРНО", None: "не измерено"},
}


@dataclass(frozen=True, slots=True)
class Row:
    """One known value and its measurement; `measured` is None where there is none."""

    known: Known
    measured: Value | None

    @property
    def is_right(self) -> bool | None:
        """Whether the measurement is within its tolerance; None where nothing was measured."""
        if self.measured is None:
            return None
        return _is_near(self.known.value, self.measured, self.known.tolerance)

    @property
    def name(self) -> str:
        """Component and array, as in an artifact."""
        return f"{self.known.component}.{self.known.array}"


def compare(measured: Measured, known: Iterable[Known] = KNOWN) -> tuple[Row, ...]:
    """Return one row for each known value.

    `measured` maps a component's name to the arrays of its artifact; components that did not run
    are left out of it.
    """
    return tuple(Row(one, _read(one, measured.get(one.component, {}))) for one in known)


def lines(rows: Iterable[Row], language: Language) -> list[str]:
    """The comparison as a table of plain text, its heading first."""
    table = [_HEADINGS[language], *(_cells(row, language) for row in rows)]
    widths = [max(len(cells[i]) for cells in table) for i in range(len(_HEADINGS["en"]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
        for cells in table
    ]


def show(value: Value | None) -> str:
    """A value as a person reads it."""
    if value is None:
        return "—"
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return " ".join(f"{one:.2f}" for one in value) or "none"
    return f"{value:.4g}"


def _cells(row: Row, language: Language) -> tuple[str, ...]:
    known = row.known
    what = known.what.ru if language == "ru" else known.what.en
    tolerance = f"±{show(known.tolerance)}" if known.tolerance else "="
    value = f"{show(known.value)} {known.unit}".rstrip()
    return (row.name, what, value, show(row.measured), tolerance, _VERDICTS[language][row.is_right])


def _read(known: Known, arrays: Mapping[str, NDArray[Any]]) -> Value | None:
    array = arrays.get(known.array)
    if array is None:
        return None
    if known.kind is not None:
        return tuple(float(t) for t in array[arrays["transition_kinds"] == known.kind])
    if known.within is not None:
        times_s = arrays["times_s"]
        inside = (times_s >= known.within.start_s) & (times_s < known.within.end_s)
        return float(np.nanmean(array[inside])) if inside.any() else None
    if isinstance(known.value, tuple):
        return tuple(float(t) for t in array.ravel())
    return str(array) if isinstance(known.value, str) else float(array)


def _is_near(known: Value, measured: Value, tolerance: float) -> bool:
    if isinstance(known, str) or isinstance(measured, str):
        return known == measured
    truth, found = np.atleast_1d(known), np.atleast_1d(measured)
    # Moments in the order of time: one too many or too few is wrong, wherever it stands.
    return truth.shape == found.shape and bool(
        np.all(np.abs(truth - np.sort(found)) <= tolerance + 1e-9)
    )
