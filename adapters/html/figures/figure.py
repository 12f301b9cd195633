"""A figure: what is drawn, how it is called, and the numbers behind it."""

from dataclasses import dataclass
from typing import Protocol

from adapters.html.series import Context
from adapters.html.tables import Statistics, Table, is_listed, statistics, table
from domain.schema import ArraySchema, Unit

NAMES_MAX = 3
"""More arrays in one figure are not called by all of their names."""


class Chart(Protocol):
    """A drawing that the template of that name puts on the page."""

    @property
    def template(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One chart of a card. `chart` is None where the arrays hold nothing to draw."""

    id: str
    name: str
    unit: str
    meanings: tuple[str, ...]
    chart: Chart | None
    table: Table | None
    statistics: tuple[Statistics, ...]
    is_wide: bool = False


def figure(
    context: Context,
    arrays: tuple[ArraySchema, ...],
    chart: Chart | None,
    *,
    unit: str | None = None,
    is_wide: bool = False,
) -> Figure:
    """The figure of these arrays, with all of their numbers."""
    texts, first = context.texts, arrays[0]
    title = _title(context, arrays)
    found = (statistics(context, array) for array in arrays)
    return Figure(
        id=f"{context.card.schema.component}-{first.name}",
        name=title,
        unit=texts.unit(first.unit) if unit is None else unit,
        meanings=_meanings(context, arrays),
        chart=chart,
        table=_table(context, arrays, title),
        statistics=tuple(one for one in found if one is not None and one.count + one.missing),
        is_wide=is_wide,
    )


def _title(context: Context, arrays: tuple[ArraySchema, ...]) -> str:
    if len(arrays) > NAMES_MAX:
        return context.texts("table.beside")
    return ", ".join(context.texts.label(array.label) for array in arrays)


def _table(context: Context, arrays: tuple[ArraySchema, ...], title: str) -> Table | None:
    listed = tuple(array for array in arrays if is_listed(context, array))
    return table(context, listed, caption=title) if listed else None


def _meanings(context: Context, arrays: tuple[ArraySchema, ...]) -> tuple[str, ...]:
    """What each array means, by its name where meanings differ."""
    texts = context.texts
    said = {texts.label(array.meaning): texts.label(array.label) for array in arrays}
    if len(said) == 1:
        return tuple(said)
    return tuple(f"{name}: {meaning}" for meaning, name in said.items())


def chart_unit(context: Context, unit: Unit) -> str:
    """The unit beside a chart's name; shares are drawn in percent."""
    return "%" if unit is Unit.SHARE else context.texts.unit(unit)
