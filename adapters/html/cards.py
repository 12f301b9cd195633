"""Cards: one a component, drawn from its schema, or saying why there is nothing to draw."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from adapters.html import numbers, plain, plan, tables
from adapters.html.charts.line import LineChart
from adapters.html.figures.distributions import histogram
from adapters.html.figures.figure import Figure
from adapters.html.figures.lines import bands, lines
from adapters.html.figures.listed import frames, listed
from adapters.html.figures.moments import marks, segments
from adapters.html.figures.values import Value, value
from adapters.html.series import Context
from adapters.html.states import State, state
from domain.component import ComponentStatus
from domain.schema import ArraySchema, Drawing

_Draw = Callable[[Context, tuple[ArraySchema, ...]], Figure]

_DRAWINGS: Mapping[Drawing, _Draw] = {
    Drawing.LINE: lines,
    Drawing.BANDS: bands,
    Drawing.HISTOGRAM: histogram,
    Drawing.MARKS: marks,
    Drawing.SEGMENTS: segments,
    Drawing.TABLE: listed,
    Drawing.KEY_FRAMES: frames,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedArray:
    """One line of the list of all arrays that a card's artifact holds."""

    array: str
    name: str
    meaning: str
    dtype: str
    shape: str
    unit: str
    value: str
    shown: str
    statistics: tables.Statistics | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A component as the page shows it."""

    id: str
    component: str
    group: str
    name: str
    meaning: str
    state: State
    values: tuple[Value, ...]
    figures: tuple[Figure, ...]
    arrays: tuple[ListedArray, ...]
    hidden: tuple[tables.Table, ...]
    notes: tuple[str, ...]
    producer_version: str
    schema_version: str
    duration_ms: int


def card(context: Context, labels: Mapping[str, str]) -> Card:
    """The card of one component; `labels` name the other components."""
    shown, texts = context.card, context.texts
    entry, schema = shown.entry, shown.schema
    is_ok = entry["status"] == ComponentStatus.OK
    return Card(
        id=f"card-{schema.component}",
        component=schema.component,
        group=context.group,
        name=texts.label(schema.label),
        meaning=texts.label(schema.meaning),
        state=state(texts, entry, labels),
        values=tuple(value(context, a) for a in plan.values(schema)) if is_ok else (),
        figures=_figures(context) if is_ok else (),
        arrays=tuple(_listed(context, a) for a in schema.arrays) if is_ok else (),
        hidden=_hidden(context) if is_ok else (),
        notes=tuple(texts.note(plain.text(note)) for note in plain.items(entry["notes"])),
        producer_version=plain.text(entry["producer_version"]),
        schema_version=plain.text(entry["schema_version"]),
        duration_ms=int(plain.number(entry["duration_ms"]) or 0),
    )


def _figures(context: Context) -> tuple[Figure, ...]:
    made = [
        _DRAWINGS[group.drawing](context, group.arrays)
        for group in plan.groups(context.card.schema)
    ]
    return tuple(_filling_rows(made))


def _filling_rows(figures: list[Figure]) -> Iterator[Figure]:
    """Two narrow figures make a row; a line that is left alone in its row takes the whole of it."""
    is_second = False
    for figure, following in pairwise([*figures, None]):
        if figure is None:
            return
        has_neighbour = is_second or (following is not None and not following.is_wide)
        if not figure.is_wide and not has_neighbour and isinstance(figure.chart, LineChart):
            yield replace(figure, is_wide=True)
            continue
        yield figure
        is_second = not figure.is_wide and not is_second


def _listed(context: Context, array: ArraySchema) -> ListedArray:
    texts, stored = context.texts, context.raw(array)
    is_there = stored.ndim > 0 or bool(context.present(array))
    printed = numbers.cell(stored.item()) if is_there and stored.ndim == 0 else ""
    told = printed if stored.ndim == 0 and is_there else numbers.MISSING
    return ListedArray(
        array=array.name,
        name=texts.label(array.label),
        meaning=texts.label(array.meaning),
        dtype=str(array.dtype),
        shape=" × ".join(str(length) for length in stored.shape),
        unit=tables.unit_words(context, array),
        value=told,
        shown=tables.words(context, array).get(told, told),
        statistics=tables.statistics(context, array) if stored.ndim else None,
    )


def _hidden(context: Context) -> tuple[tables.Table, ...]:
    """Tables of what is not drawn; arrays of one axis stand side by side."""
    together: dict[tuple[str, str], list[ArraySchema]] = {}
    for array in plan.hidden(context.card.schema):
        if tables.is_listed(context, array):
            together.setdefault((array.axes[0], array.along or ""), []).append(array)
    return tuple(
        tables.table(context, tuple(arrays), caption=_names(context, arrays))
        for arrays in together.values()
    )


def _names(context: Context, arrays: list[ArraySchema]) -> str:
    return ", ".join(context.texts.label(array.label) for array in arrays)
