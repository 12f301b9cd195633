"""Reading the numbers of a report back from its page, as a test compares them with the artifact."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import numpy as np
from numpy.typing import NDArray

from adapters.html.numbers import MISSING
from application.ports.reports import ReportCard

PRINTED_TO = 1e-6
"""How near a printed number is to the stored one, relatively (7 significant digits)."""


@dataclass(slots=True)
class PrintedTable:
    """One table of numbers: the array and column index under each head, and the printed rows."""

    component: str
    step: int
    total: int
    heads: list[tuple[str, int | None]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def column(self, place: int) -> list[str]:
        return [row[place] for row in self.rows]


def tables_of(page: str) -> list[PrintedTable]:
    """All tables of numbers on a page, in order."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.tables


def is_printed(printed: list[str], stored: NDArray[np.generic]) -> bool:
    """True when the printed values are the stored ones; a dash stands for NaN or for absence."""
    if stored.dtype.kind == "U":
        return printed == [str(value) for value in stored.tolist()]
    if stored.dtype.kind == "b":
        return printed == [str(value).lower() for value in stored.tolist()]
    there = np.array([text != MISSING for text in printed])
    values = np.array([float(text.replace("∞", "inf")) for text in printed if text != MISSING])
    wanted = stored.astype(np.float64)
    absent_are_nan = bool(np.isnan(wanted[~there]).all())
    return absent_are_nan and np.allclose(values, wanted[there], rtol=PRINTED_TO, atol=0)


def listed(card: ReportCard, table: PrintedTable, place: int) -> NDArray[np.generic]:
    """What the artifact holds under one head of a table, at the rows that are listed."""
    name, index = table.heads[place]
    values, schema = card.arrays[name], card.schema.array(name)
    if schema.presence is not None:
        values = np.where(card.arrays[schema.presence], values, np.nan)
    rows = values[:: table.step][: len(table.rows)]
    return rows if index is None else rows[:, index]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[PrintedTable] = []
        self._is_inside = False
        self._is_body = False
        self._cell: list[str] | None = None
        self._stored: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._is_inside = "numbers" in told.get("class", "").split()
            if self._is_inside:
                step, total = int(told["data-step"]), int(told["data-total"])
                self.tables.append(PrintedTable(told["data-component"], step, total))
        if not self._is_inside:
            return
        if tag in {"thead", "tbody"}:
            self._is_body = tag == "tbody"
        elif tag == "tr" and self._is_body:
            self._end_cell()
            self.tables[-1].rows.append([])
        elif tag in {"th", "td"} and self._is_body:
            self._end_cell()
            self._cell, self._stored = [], told.get("data-stored")
        elif tag == "th":
            index = int(told["data-index"]) if "data-index" in told else None
            self.tables[-1].heads.append((told.get("data-array", ""), index))

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._end_cell()
            self._is_inside = self._is_body = False

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None:
            # Words of a closed list are shown in the reader's language, beside what is stored.
            self.tables[-1].rows[-1].append(self._stored or "".join(self._cell).strip())
            self._cell = None
