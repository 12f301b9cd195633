"""Short forms for listing the arrays of an artifact in its schema."""

from typing import Any

from domain.schema import ArraySchema, Drawing, DType, Label, Unit

Both = tuple[str, str]
"""A text in English and in Russian."""


def figure(  # noqa: PLR0913 - a schema line says many things, each by name
    name: str,
    label: Both,
    meaning: Both,
    *,
    dtype: DType = DType.FLOAT64,
    unit: Unit = Unit.NONE,
    low: float | None = 0.0,
    high: float | None = None,
    presence: str | None = None,
    choices: tuple[str, ...] = (),
) -> ArraySchema:
    """One number, truth value or word of the whole video."""
    return ArraySchema(
        name=name,
        dtype=dtype,
        unit=unit,
        low=low if dtype in _COUNTED else None,
        high=high,
        label=Label(*label),
        meaning=Label(*meaning),
        drawing=Drawing.VALUE,
        presence=presence,
        choices=choices,
    )


def count(name: str, label: Both, meaning: Both) -> ArraySchema:
    """How many there are of something."""
    return figure(name, label, meaning, dtype=DType.INT64, unit=Unit.COUNT)


def share(name: str, label: Both, meaning: Both, *, presence: str | None = None) -> ArraySchema:
    """A part of a whole, 0 to 1."""
    return figure(name, label, meaning, unit=Unit.SHARE, high=1.0, presence=presence)


def flag(name: str, label: Both, meaning: Both) -> ArraySchema:
    """Whether something is so."""
    return figure(name, label, meaning, dtype=DType.BOOL)


def column(  # noqa: PLR0913 - as above
    name: str,
    axis: str,
    label: Both,
    meaning: Both,
    *,
    drawing: Drawing = Drawing.TABLE,
    dtype: DType = DType.FLOAT64,
    **more: Any,
) -> ArraySchema:
    """A row of values along one axis; `more` goes to `ArraySchema` as it is."""
    return ArraySchema(
        name=name,
        dtype=dtype,
        axes=(axis,),
        label=Label(*label),
        meaning=Label(*meaning),
        drawing=drawing,
        **more,
    )


_COUNTED = {DType.FLOAT64, DType.FLOAT32, DType.INT64}
