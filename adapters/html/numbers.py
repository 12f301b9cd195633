"""Numbers as they stand in tables, and as people read them."""

import math

import numpy as np

MISSING = "—"
MINUS = "\N{MINUS SIGN}"
MINUTE_S = 60.0

_TABLE_DIGITS = 7
_TINY = 1e-4
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_THOUSANDS_FROM = 10_000


def cell(value: object) -> str:
    """One number of a table: integers and text as they are, floats to 7 significant digits.

    So a printed float is within 5e-7 of the stored one, relatively. NaN prints as a dash.
    """
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float | np.floating):
        if math.isnan(value):
            return MISSING
        if math.isinf(value):
            return "∞" if value > 0 else "-∞"
        return f"{value:.{_TABLE_DIGITS}g}"
    return str(value)


def rounded(value: float, *, comma: bool) -> str:
    """A number to three or four significant digits, no idle zeros, with a true minus sign."""
    if math.isnan(value):
        return MISSING
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if 0 < abs(value) < _TINY:
        return powered(value, comma=comma)
    return short(value, decimals=_decimals(value), comma=comma)


def powered(value: float, *, comma: bool) -> str:
    """A very small or large number as a product with a power of ten."""
    exponent = math.floor(math.log10(abs(value)) + 1e-9)
    factor = short(value / 10.0**exponent, decimals=2, comma=comma)
    return f"{factor}·10{str(exponent).translate(_RAISED)}"


def short(value: float, *, decimals: int, comma: bool) -> str:
    """A number with at most so many decimals, no idle zeros."""
    words = spelled(value, decimals=decimals, comma=comma)
    mark = "," if comma else "."
    return words.rstrip("0").rstrip(mark) if mark in words else words


def spelled(value: float, *, decimals: int, comma: bool) -> str:
    """A number with so many decimals; thousands are set apart by a narrow space."""
    body = (
        f"{abs(value):,.{decimals}f}"
        if abs(value) >= _THOUSANDS_FROM
        else (f"{abs(value):.{decimals}f}")
    )
    body = body.replace(",", "\N{NARROW NO-BREAK SPACE}")
    if comma:
        body = body.replace(".", ",")
    is_zero = not any(digit in body for digit in "123456789")
    return body if value >= 0 or is_zero else MINUS + body


def clock(seconds: float, *, decimals: int = 0) -> str:
    """A moment as m:ss, or h:mm:ss from an hour on."""
    if not math.isfinite(seconds):
        return MISSING
    total = round(abs(seconds), decimals)
    minutes, rest = divmod(total, MINUTE_S)
    hours, minutes = divmod(int(minutes), 60)
    width = 2 if decimals == 0 else 3 + decimals
    sign = MINUS if seconds < 0 and total > 0 else ""
    lead = f"{hours}:{minutes:02d}" if hours else f"{minutes}"
    return f"{sign}{lead}:{rest:0{width}.{decimals}f}"


def _decimals(value: float) -> int:
    size = abs(value)
    if size == 0 or size >= 1_000:  # noqa: PLR2004 - steps of ten, as one would round by hand
        return 0
    if size >= 1:
        return 2 if size < 10 else 1  # noqa: PLR2004 - the same
    return 2 - math.floor(math.log10(size))
