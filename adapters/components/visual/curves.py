"""Short forms for listing curves of the 12 fps timeline in a picture schema."""

from adapters.components.figures import Both, column
from domain.schema import ArraySchema, Drawing, DType, Label, Unit

RATE_HZ = 12.0


def curve(  # noqa: PLR0913 - a schema line says many things, each by name
    name: str,
    label: Both,
    meaning: Both,
    *,
    unit: Unit = Unit.NONE,
    low: float | None = 0.0,
    high: float | None = None,
    along: str = "times_s",
) -> ArraySchema:
    """A line over time; it may be level, as pictures may be still while they vary elsewhere."""
    return column(
        name,
        along.removesuffix("_s"),
        label,
        meaning,
        drawing=Drawing.LINE,
        unit=unit,
        low=low,
        high=high,
        along=along,
        may_be_constant=True,
    )


def times(name: str = "times_s") -> ArraySchema:
    """The moment of each value of the curves beside it."""
    return column(
        name,
        name.removesuffix("_s"),
        ("Time", "Время"),
        ("The moment that each value of the curves belongs to", "Момент каждого значения кривых"),
        drawing=Drawing.HIDDEN,
        unit=Unit.SECONDS,
        low=0.0,
    )


def truth(name: str, label: Both, meaning: Both, *, axis: str = "times") -> ArraySchema:
    """A yes or no along an axis, for other components rather than for the eye."""
    return column(name, axis, label, meaning, drawing=Drawing.HIDDEN, dtype=DType.BOOL)


def spans(name: str, axis: str, label: Both, meaning: Both, *, drawing: Drawing) -> ArraySchema:
    """Stretches of time: start and end seconds, shape (n, 2)."""
    return ArraySchema(
        name=name,
        dtype=DType.FLOAT64,
        axes=(axis, "2"),
        unit=Unit.SECONDS,
        low=0.0,
        label=Label(*label),
        meaning=Label(*meaning),
        drawing=drawing,
    )
