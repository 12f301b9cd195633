"""Short forms for listing the arrays of an artifact in its schema.

In every form that takes `rest`, `low` is 0 for numbers unless it is given.
"""

from typing import NamedTuple, TypedDict, Unpack

from domain.schema import ArraySchema, Doubt, Drawing, DType, Label, Unit, Words

Both = tuple[str, str]
"""The same text in English and in Russian."""

CONFIDENT = 0.3
"""From this confidence on, what is heard in music means something."""

_NUMBERS = {DType.FLOAT64, DType.FLOAT32, DType.INT64, DType.UINT8}


class Rest(TypedDict, total=False):
    """What a form does not settle by itself; each as in `ArraySchema`."""

    unit: Unit
    low: float | None
    high: float | None
    presence: str | None
    choices: tuple[str, ...]
    words: Words
    may_be_constant: bool
    doubt: Doubt | None


def value(
    name: str, label: Both, meaning: Both, *, dtype: DType = DType.FLOAT64, **rest: Unpack[Rest]
) -> ArraySchema:
    """One number, truth value or word of the whole video."""
    return _array(name, label, meaning, _Form((), dtype, Drawing.VALUE), **rest)


def count(name: str, label: Both, meaning: Both) -> ArraySchema:
    """How many there are of something."""
    return value(name, label, meaning, dtype=DType.INT64, unit=Unit.COUNT)


def share(name: str, label: Both, meaning: Both, *, presence: str | None = None) -> ArraySchema:
    """A part of a whole, 0 to 1."""
    return value(name, label, meaning, unit=Unit.SHARE, high=1.0, presence=presence)


def flag(name: str, label: Both, meaning: Both) -> ArraySchema:
    """Whether something is so."""
    return value(name, label, meaning, dtype=DType.BOOL)


def column(  # noqa: PLR0913 - a schema line says many things
    name: str,
    axis: str,
    label: Both,
    meaning: Both,
    *,
    drawing: Drawing = Drawing.TABLE,
    dtype: DType = DType.FLOAT64,
    along: str | None = None,
    **rest: Unpack[Rest],
) -> ArraySchema:
    """A row of values along one axis."""
    form = _Form((axis,), dtype, drawing, along)
    return _array(name, label, meaning, form, **rest)


def line(  # noqa: PLR0913 - as above
    name: str,
    label: Both,
    meaning: Both,
    *,
    along: str,
    axis: str | None = None,
    dtype: DType = DType.FLOAT32,
    **rest: Unpack[Rest],
) -> ArraySchema:
    """A curve over the times in `along`, whose axis bears that name unless it is given."""
    form = _Form((axis or along,), dtype, Drawing.LINE, along)
    return _array(name, label, meaning, form, **rest)


def bands(
    name: str, label: Both, meaning: Both, *, along: str, amount: int, **rest: Unpack[Rest]
) -> ArraySchema:
    """Several curves side by side, float32, shape (times, amount)."""
    form = _Form((along, str(amount)), DType.FLOAT32, Drawing.BANDS, along)
    return _array(name, label, meaning, form, **rest)


def times(
    name: str = "times_s",
    label: Both = ("Time", "Время"),
    meaning: Both = (
        "Where the values of the curve stand",
        "Моменты, к которым относятся значения",
    ),
    *,
    axis: str | None = None,
    drawing: Drawing = Drawing.HIDDEN,
) -> ArraySchema:
    """Moments in seconds from the start, float64; the axis bears their name unless it is given."""
    return column(name, axis or name, label, meaning, drawing=drawing, unit=Unit.SECONDS)


def mask(
    name: str, label: Both, meaning: Both, *, axis: str | None = None, along: str | None = None
) -> ArraySchema:
    """Where a value is present, for other components rather than for the eye: bool.

    Along the times in `along`, along any `axis`, or one for a scalar.
    """
    axes = tuple(one for one in (axis or along,) if one)
    return _array(name, label, meaning, _Form(axes, DType.BOOL, Drawing.HIDDEN, along))


def segments(
    name: str,
    label: Both,
    meaning: Both,
    *,
    axis: str | None = None,
    drawing: Drawing = Drawing.SEGMENTS,
) -> ArraySchema:
    """Stretches of time: start and end in seconds, float64, shape (n, 2)."""
    form = _Form((axis or name, "2"), DType.FLOAT64, drawing)
    return _array(name, label, meaning, form, unit=Unit.SECONDS)


def table(  # noqa: PLR0913 - as above
    name: str,
    axes: tuple[str, ...],
    label: Both,
    meaning: Both,
    *,
    dtype: DType = DType.FLOAT64,
    drawing: Drawing = Drawing.TABLE,
    **rest: Unpack[Rest],
) -> ArraySchema:
    """Values along several axes."""
    return _array(name, label, meaning, _Form(axes, dtype, drawing), **rest)


class _Form(NamedTuple):
    axes: tuple[str, ...]
    dtype: DType
    drawing: Drawing
    along: str | None = None


def _array(name: str, label: Both, meaning: Both, form: _Form, **rest: Unpack[Rest]) -> ArraySchema:
    rest.setdefault("low", 0.0 if form.dtype in _NUMBERS else None)
    said, means = Label(*label), Label(*meaning)
    return ArraySchema(name=name, label=said, meaning=means, **form._asdict(), **rest)
