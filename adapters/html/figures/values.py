"""Single values: big numbers with their units."""

from dataclasses import dataclass

import numpy as np

from adapters.html import numbers
from adapters.html.language import Texts
from adapters.html.series import Context
from domain.schema import ArraySchema, DType, Unit

LONG_FROM = 9
"""Longer words are written smaller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One measured number or word; `percent` is its place between the ends of its range.

    A flag is a yes or no, which tells of the measurement rather than of the video; a doubtful
    value is there and means nothing.
    """

    array: str
    name: str
    meaning: str
    text: str
    unit: str
    percent: float | None
    is_long: bool
    is_flag: bool
    is_doubtful: bool


def value(context: Context, array: ArraySchema) -> Value:
    """The scalar as people read it: percent for shares, m:ss from a minute on."""
    texts = context.texts
    text, unit = _spoken(context, array)
    return Value(
        array=array.name,
        name=texts.label(array.label),
        meaning=texts.label(array.meaning),
        text=text,
        unit=unit,
        percent=_percent(context, array),
        is_long=len(text) > LONG_FROM,
        is_flag=array.dtype is DType.BOOL,
        is_doubtful=_is_doubtful(context, array),
    )


def _is_doubtful(context: Context, array: ArraySchema) -> bool:
    doubt = array.doubt
    return doubt is not None and float(context.card.arrays[doubt.by]) < doubt.below


def _spoken(context: Context, array: ArraySchema) -> tuple[str, str]:
    if not bool(context.present(array)):
        return context.texts("page.no_value"), ""
    stored, texts = context.raw(array).item(), context.texts
    if isinstance(stored, str):
        return context.word(array, stored) or numbers.MISSING, ""
    if isinstance(stored, bool):
        return texts("word.yes" if stored else "word.no"), ""
    return _counted(texts, stored, array.unit)


def _counted(texts: Texts, stored: float, unit: Unit) -> tuple[str, str]:
    if unit is Unit.SHARE:
        return texts.number(stored * 100), "%"
    if unit is Unit.SECONDS and abs(stored) >= numbers.MINUTE_S:
        return numbers.clock(stored), texts("unit.clock")
    shown = texts.fixed(stored, decimals=0) if isinstance(stored, int) else texts.number(stored)
    return shown, texts.unit(unit)


def _percent(context: Context, array: ArraySchema) -> float | None:
    """Drawn only for shares: other ranges bound what is possible, not what is usual."""
    if array.unit is not Unit.SHARE or array.low != 0 or array.high != 1:
        return None
    share = float(context.values(array))
    return round(float(np.clip(share, 0, 1)) * 100, 1) if np.isfinite(share) else None
