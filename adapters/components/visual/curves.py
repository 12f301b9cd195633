"""Short forms for listing curves of the 12 fps timeline in a picture schema."""

from typing import Unpack

from adapters.components import listing
from adapters.components.listing import Both, Rest
from domain.schema import ArraySchema, DType

RATE_HZ = 12.0


def curve(name: str, label: Both, meaning: Both, **rest: Unpack[Rest]) -> ArraySchema:
    """A line over time; it may be level, as pictures may be still while they vary elsewhere."""
    rest["may_be_constant"] = True
    return listing.line(
        name, label, meaning, along="times_s", axis="times", dtype=DType.FLOAT64, **rest
    )


def curve_times() -> ArraySchema:
    """The moment of each value of the curves beside it."""
    return listing.times(
        meaning=(
            "The moment that each value of the curves belongs to",
            "Момент каждого значения кривых",
        ),
        axis="times",
    )
