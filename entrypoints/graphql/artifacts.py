"""Artifacts as chart data: everything that a front end needs to draw a component."""

from typing import Annotated, Any

import strawberry

from application import chart_data, charting
from application.down_sampling import POINTS_MAX, POINTS_MIN
from application.presentation import said, unit_name
from application.queries.read_artifact import ReadableArtifact
from domain.schema import ArraySchema, Drawing
from entrypoints.graphql.context import Info, asked
from entrypoints.graphql.links import PictureLinks, SignedLink
from entrypoints.graphql.scalars import JsonText
from entrypoints.language import Language

POINTS_USUAL = 1_000


@strawberry.interface(description="One figure of an artifact: what it shows, and in what unit.")
class Chart:
    """What every chart tells of itself."""

    array: strawberry.Private[ArraySchema]
    language: strawberry.Private[Language]

    @strawberry.field(description="Name of the array, as in the NPZ file.")
    def name(self) -> str:
        return self.array.name

    @strawberry.field(description="What people call it.")
    def label(self) -> str:
        return said(self.array.label, self.language)

    @strawberry.field(description="What it means, in one line.")
    def meaning(self) -> str:
        return said(self.array.meaning, self.language)

    @strawberry.field(description="Unit of its values; empty where they have none.")
    def unit(self) -> str:
        return unit_name(self.array.unit, self.language)

    @strawberry.field(description="The least that is possible; null where nothing bounds it.")
    def low(self) -> float | None:
        return self.array.low

    @strawberry.field(description="The most that is possible; null where nothing bounds it.")
    def high(self) -> float | None:
        return self.array.high


@strawberry.type(description="One number or word. All three are null where it is missing.")
class ValueChart(Chart):
    """A single value, in the field of its type."""

    number: float | None = strawberry.field(description="The value, when it is a number.")
    text: str | None = strawberry.field(description="The value, when it is a word.")
    flag: bool | None = strawberry.field(description="The value, when it is yes or no.")


@strawberry.type(description="One line or band.")
class Series:
    """Values for each place of its chart."""

    name: str = strawberry.field(description="Empty for the only line of a chart.")
    values: list[float | None] = strawberry.field(description="One a place; null where missing.")


@strawberry.type(description="Lines or bands over the same places.")
class SeriesChart(Chart):
    """Values along the video, or along another axis."""

    is_bands: bool = strawberry.field(description="Parts of a whole, or rows of a map.")
    is_time: bool = strawberry.field(description="Whether places are milliseconds of the video.")
    place_unit: str = strawberry.field(description="Unit of the places; `ms` of the video's time.")
    places: list[float | None] = strawberry.field(description="Where the values lie.")
    series: list[Series] = strawberry.field(description="The lines, or bands.")
    points: int = strawberry.field(
        description="How many places there were before thinning; extremes are always kept."
    )


@strawberry.type(description="Bars: named ones, or counts of values between edges.")
class BarsChart(Chart):
    """A distribution."""

    names: list[str] = strawberry.field(description="Names of the bars; empty where edges are.")
    edges: list[float] = strawberry.field(description="Bounds of the bars: one more than heights.")
    heights: list[float | None] = strawberry.field(description="Height of each bar.")


@strawberry.type(description="A moment.")
class Mark:
    """One mark."""

    at: float = strawberry.field(description="Milliseconds when the chart `isTime`.")
    height: float | None = strawberry.field(description="Its value, where marks carry one.")
    kind: str | None = strawberry.field(description="Its kind, where marks have kinds.")


@strawberry.type(description="Moments.")
class MarksChart(Chart):
    """Marks along the video, or along another axis."""

    is_time: bool = strawberry.field(description="Whether marks are milliseconds of the video.")
    marks: list[Mark] = strawberry.field(description="In the order they were found.")


@strawberry.type(description="A stretch.")
class Segment:
    """One segment."""

    start: float = strawberry.field(description="Milliseconds when the chart `isTime`.")
    end: float = strawberry.field(description="Milliseconds when the chart `isTime`.")
    kind: str | None = strawberry.field(description="Its kind, where segments have kinds.")


@strawberry.type(description="Stretches.")
class SegmentsChart(Chart):
    """Segments along the video, or along another axis."""

    is_time: bool = strawberry.field(description="Whether bounds are milliseconds of the video.")
    segments: list[Segment] = strawberry.field(description="In the order they were found.")


@strawberry.type(description="A column of a table.")
class TableColumn(Chart):
    """One array of a table, or one of its columns."""

    number: int = strawberry.field(description="1, 2, … for an array of several columns.")
    cells: list[JsonText | None] = strawberry.field(description="One a row; null where missing.")


@strawberry.type(description="Columns of equal length, side by side.")
class TableChart(Chart):
    """Arrays of one axis."""

    columns: list[TableColumn] = strawberry.field(description="The head first, where there is one.")


@strawberry.type(description="A chosen frame of the video.")
class KeyFrame:
    """One frame."""

    at_ms: float = strawberry.field(description="When it is shown, in milliseconds.")
    reason: str | None = strawberry.field(description="Why it was chosen, where that is told.")
    index: strawberry.Private[int]
    links: strawberry.Private[PictureLinks]

    @strawberry.field(
        description="A JPEG of it; null once a week is over, and for results that were taken over."
    )
    async def picture(self) -> SignedLink | None:
        return await self.links.of(self.index)


@strawberry.type(description="Chosen frames.")
class KeyFramesChart(Chart):
    """Frames worth looking at."""

    frames: list[KeyFrame] = strawberry.field(description="In the order they were chosen.")


@strawberry.type(description="What a component left behind: its arrays, ready to be drawn.")
class Artifact:
    """One component's result inside a run."""

    found: strawberry.Private[ReadableArtifact]
    links: strawberry.Private[PictureLinks]

    @strawberry.field(description="The component.")
    def component(self) -> str:
        return self.found.schema.component

    @strawberry.field(description="What people call it.")
    def label(self, info: Info) -> str:
        return said(self.found.schema.label, info.context.language)

    @strawberry.field(description="What it measures, and how well where that is weak.")
    def meaning(self, info: Info) -> str:
        return said(self.found.schema.meaning, info.context.language)

    @strawberry.field(description="How it ended: only `ok` has charts.")
    def status(self) -> str:
        return str(self.found.ended.status)

    @strawberry.field(description="Why it validly has nothing to say.")
    def empty_reason(self) -> str | None:
        return self.found.ended.empty_reason

    @strawberry.field(description="Identity, versions and models, as stored with the arrays.")
    def meta(self) -> JsonText:
        return JsonText(self.found.meta)

    @strawberry.field(description="Its figures, in the order they are shown.")
    async def charts(
        self,
        info: Info,
        names: Annotated[
            list[str] | None, strawberry.argument(description="Only arrays of these names.")
        ] = None,
        max_points: Annotated[
            int,
            strawberry.argument(
                description="Lines are thinned to this many, 10 to 10000; beyond: the nearest."
            ),
        ] = POINTS_USUAL,
    ) -> list[Chart]:
        if not self.found.arrays:
            return []

        def drawn() -> list[Chart]:
            found = charting.charts(
                self.found.arrays,
                self.found.schema,
                points_max=min(max(max_points, POINTS_MIN), POINTS_MAX),
                only=lambda array: names is None or array.name in names,
            )
            return [_shown(chart, info.context.language, self.links) for chart in found]

        return await asked(drawn)


def _shown(chart: chart_data.Chart, language: Language, links: PictureLinks) -> Chart:
    said_of = {"array": chart.array, "language": language}
    if isinstance(chart, chart_data.ValueChart):
        return _value(chart, language)
    if isinstance(chart, chart_data.SeriesChart):
        return _series(chart, language)
    if isinstance(chart, chart_data.KeyFramesChart):
        frames = [
            KeyFrame(at_ms=f.at_ms, reason=f.reason, index=f.index, links=links)
            for f in chart.frames
        ]
        return KeyFramesChart(array=chart.array, language=language, frames=frames)
    return _listed(chart, said_of)


def _listed(chart: chart_data.Chart, said_of: dict[str, Any]) -> Chart:
    """Charts whose parts have a type each."""
    match chart:
        case chart_data.BarsChart(names=names, edges=edges, heights=heights):
            return BarsChart(**said_of, names=list(names), edges=list(edges), heights=list(heights))
        case chart_data.MarksChart(is_time=is_time):
            marks = [Mark(at=m.at, height=m.height, kind=m.kind) for m in chart.marks]
            return MarksChart(**said_of, is_time=is_time, marks=marks)
        case chart_data.SegmentsChart(is_time=is_time):
            segments = [Segment(start=s.start, end=s.end, kind=s.kind) for s in chart.segments]
            return SegmentsChart(**said_of, is_time=is_time, segments=segments)
        case chart_data.TableChart(columns=columns):
            made = [_column(column, said_of["language"]) for column in columns]
            return TableChart(**said_of, columns=made)
    raise TypeError(f"no type for {type(chart).__name__}")


def _series(chart: chart_data.SeriesChart, language: Language) -> SeriesChart:
    places = chart.places
    return SeriesChart(
        array=chart.array,
        language=language,
        is_bands=chart.array.drawing is Drawing.BANDS,
        is_time=places.is_time,
        place_unit="ms" if places.is_time else unit_name(places.unit, language),
        places=list(places.values),
        series=[Series(name=one.name, values=list(one.values)) for one in chart.series],
        points=chart.points,
    )


def _value(chart: chart_data.ValueChart, language: Language) -> ValueChart:
    value = chart.value
    is_flag = isinstance(value, bool)
    return ValueChart(
        array=chart.array,
        language=language,
        number=float(value) if isinstance(value, int | float) and not is_flag else None,
        text=value if isinstance(value, str) else None,
        flag=value if isinstance(value, bool) else None,
    )


def _column(column: chart_data.Column, language: Language) -> TableColumn:
    cells = [None if cell is None else JsonText(cell) for cell in column.cells]
    return TableColumn(array=column.array, language=language, number=column.number, cells=cells)


CHARTS = [
    ValueChart,
    SeriesChart,
    BarsChart,
    MarksChart,
    SegmentsChart,
    TableColumn,
    TableChart,
    KeyFramesChart,
]
"""Types that only the interface leads to; the schema is told of them."""
