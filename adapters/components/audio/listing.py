"""Short ways to list the arrays of a sound artifact in its schema."""

from domain.schema import ArraySchema, Drawing, DType, Label, Unit

Said = tuple[str, str]
"""The same text in English and in Russian."""


def value(  # noqa: PLR0913 - the fields of the schema, by name
    name: str,
    *,
    label: Said,
    meaning: Said,
    unit: Unit = Unit.NONE,
    low: float | None = None,
    high: float | None = None,
    presence: str | None = None,
) -> ArraySchema:
    """A scalar number, float64."""
    return ArraySchema(
        name=name,
        dtype=DType.FLOAT64,
        unit=unit,
        low=low,
        high=high,
        label=Label(*label),
        meaning=Label(*meaning),
        drawing=Drawing.VALUE,
        presence=presence,
    )


def line(  # noqa: PLR0913 - the fields of the schema, by name
    name: str,
    *,
    along: str,
    label: Said,
    meaning: Said,
    unit: Unit = Unit.NONE,
    low: float | None = None,
    high: float | None = None,
    presence: str | None = None,
    may_be_constant: bool = False,
    dtype: DType = DType.FLOAT32,
) -> ArraySchema:
    """A curve along the times in `along`, on an axis of that name."""
    return ArraySchema(
        name=name,
        dtype=dtype,
        axes=(along,),
        unit=unit,
        low=low,
        high=high,
        label=Label(*label),
        meaning=Label(*meaning),
        drawing=Drawing.LINE,
        along=along,
        presence=presence,
        may_be_constant=may_be_constant,
    )


def bands(  # noqa: PLR0913 - the fields of the schema, by name
    name: str,
    *,
    along: str,
    count: int,
    label: Said,
    meaning: Said,
    unit: Unit = Unit.NONE,
    low: float | None = None,
    high: float | None = None,
) -> ArraySchema:
    """Several curves side by side, float32, shape (times, count)."""
    return ArraySchema(
        name=name,
        dtype=DType.FLOAT32,
        axes=(along, str(count)),
        unit=unit,
        low=low,
        high=high,
        label=Label(*label),
        meaning=Label(*meaning),
        drawing=Drawing.BANDS,
        along=along,
    )


def times(
    name: str = "times_s",
    *,
    label: Said = ("Time", "Время"),
    meaning: Said = (
        "Where the values of the curve stand",
        "Моменты, к которым относятся значения",
    ),
    drawing: Drawing = Drawing.HIDDEN,
) -> ArraySchema:
    """Moments in seconds from the start, float64; the axis bears the name of the array."""
    return ArraySchema(
        name=name,
        dtype=DType.FLOAT64,
        axes=(name,),
        unit=Unit.SECONDS,
        low=0.0,
        label=Label(*label),
        meaning=Label(*meaning),
        drawing=drawing,
    )


def mask(name: str, *, along: str | None = None, label: Said, meaning: Said) -> ArraySchema:
    """Where a value is present, bool: along the times in `along`, or one for a scalar."""
    return ArraySchema(
        name=name,
        dtype=DType.BOOL,
        axes=() if along is None else (along,),
        label=Label(*label),
        meaning=Label(*meaning),
        drawing=Drawing.HIDDEN,
        along=along,
    )


def segments(name: str, *, label: Said, meaning: Said) -> ArraySchema:
    """Stretches of time as start and end in seconds, float64, shape (n, 2)."""
    return ArraySchema(
        name=name,
        dtype=DType.FLOAT64,
        axes=(name, "2"),
        unit=Unit.SECONDS,
        low=0.0,
        label=Label(*label),
        meaning=Label(*meaning),
        drawing=Drawing.SEGMENTS,
    )
