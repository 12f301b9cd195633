"""Figures that are read rather than seen: tables, and the frames that were chosen."""

from dataclasses import dataclass, replace
from typing import ClassVar

from adapters.html import numbers
from adapters.html.figures.figure import Figure, figure
from adapters.html.pictures import Picture
from adapters.html.series import Context
from adapters.html.tables import Table, table
from domain.schema import ArraySchema, Unit
from domain.video import ANALYSIS_RATE_HZ

OPEN_ROWS_MAX = 8


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table that stands open on the card."""

    template: ClassVar[str] = "table"
    table: Table


@dataclass(frozen=True, slots=True)
class ChosenFrame:
    """One frame: when it is shown, what it looks like, and why it was chosen."""

    at: str
    picture: Picture | None
    reason: str


@dataclass(frozen=True, slots=True)
class FramesChart:
    """Chosen frames side by side."""

    template: ClassVar[str] = "frames"
    frames: tuple[ChosenFrame, ...]


def listed(context: Context, arrays: tuple[ArraySchema, ...]) -> Figure:
    """The arrays side by side; a long table shows its first rows and keeps the rest closed."""
    made = figure(context, arrays, None, unit="", is_wide=True)
    if made.table is None:
        return made
    if made.table.total <= OPEN_ROWS_MAX:
        return replace(made, chart=OpenTable(made.table), table=None, statistics=())
    caption = context.texts("table.first", name=made.name, count=OPEN_ROWS_MAX)
    top = table(context, arrays, caption=caption, first=OPEN_ROWS_MAX)
    return replace(made, chart=OpenTable(top))


def frames(context: Context, arrays: tuple[ArraySchema, ...]) -> Figure:
    """The frames at these times or indices, as far as the page holds their pictures."""
    array = arrays[0]
    reasons = context.labels_beside(array) or [""] * len(context.raw(array))
    chosen = tuple(
        ChosenFrame(numbers.clock(at_s, decimals=1), context.pictures.at(at_s), reason)
        for at_s, reason in zip(_times(context, array), reasons, strict=True)
    )
    chart = FramesChart(chosen) if chosen else None
    return figure(context, arrays, chart, unit="", is_wide=True)


def _times(context: Context, array: ArraySchema) -> list[float]:
    holder = context.places(array)
    if holder.is_time:
        return [float(at_s) for at_s in holder.values]
    rate = 1 if array.unit is Unit.SECONDS else ANALYSIS_RATE_HZ
    return [float(at) / rate for at in context.values(array)]
