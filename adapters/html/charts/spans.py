"""Spans: how far values of a unit lie apart before a chart may fill its height with them."""

from domain.schema import ArraySchema, Unit

SPANS: dict[Unit, float] = {
    Unit.SECONDS: 0.05,
    Unit.HERTZ: 10.0,
    Unit.BPM: 2.0,
    Unit.LUFS: 1.0,
    Unit.LU: 1.0,
    Unit.DB: 1.0,
    Unit.DBTP: 1.0,
    Unit.SHARE: 0.02,
    Unit.COUNT: 1.0,
    Unit.CENTS: 10.0,
    Unit.PER_SECOND: 0.1,
    Unit.PER_MINUTE: 1.0,
    Unit.PER_TEN_SECONDS: 0.1,
    Unit.FRAME_HEIGHTS_PER_SECOND: 0.02,
    Unit.FRAME_WIDTHS_PER_SECOND: 0.02,
    Unit.LOG_SCALE_PER_SECOND: 0.02,
    Unit.DEGREES: 1.0,
    Unit.DEGREES_PER_SECOND: 1.0,
    Unit.FRAME_INDEX: 1.0,
    Unit.PIXELS: 1.0,
    Unit.DAYS: 1.0,
}
"""Below these nobody sees or hears a difference: what is left is rounding, as on a still slide.

Motion of 0.01 frame heights a second counts as still; a hundredth of a share is a percent.
"""

_PART = 0.01


def least_span(array: ArraySchema) -> float:
    """The least span of an axis for the array: by its unit, else a hundredth of its range.

    0 for a number without unit and range: what is little of it nobody can say.
    """
    if array.unit in SPANS:
        return SPANS[array.unit]
    if array.low is None or array.high is None:
        return 0.0
    return _PART * (array.high - array.low)
