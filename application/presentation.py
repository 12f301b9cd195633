"""Artifacts for people and programs that read no NPZ: plain JSON values, and readable text."""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from application.ports.components import Arrays
from domain.canonical import JsonValue
from domain.schema import ArraySchema, ArtifactSchema, DType, Label, Unit

Language = Literal["en", "ru"]

LISTED_MAX = 8
"""Arrays of at most this many values are written out; longer ones are summed up."""

_WORDS = {
    "first": Label("first", "первое"),
    "last": Label("last", "последнее"),
    "least": Label("min", "мин."),
    "mean": Label("mean", "среднее"),
    "most": Label("max", "макс."),
    "missing": Label("missing", "нет данных"),
    "none": Label("none", "пусто"),
    "yes": Label("yes", "да"),
    "no": Label("no", "нет"),
    "times": Label("times", "раз"),
}

_UNITS_RU = {
    Unit.SECONDS: "с",
    Unit.DAYS: "сут.",
    Unit.HERTZ: "Гц",
    Unit.BPM: "уд/мин",
    Unit.DB: "дБ",
    Unit.SHARE: "доля",
    Unit.COUNT: "шт.",
    Unit.CENTS: "центов",
    Unit.PER_SECOND: "1/с",
    Unit.PER_MINUTE: "1/мин",
    Unit.PER_TEN_SECONDS: "1/10 с",
    Unit.FRAME_HEIGHTS_PER_SECOND: "высот кадра/с",
    Unit.FRAME_WIDTHS_PER_SECOND: "ширин кадра/с",
    Unit.LOG_SCALE_PER_SECOND: "лог. масштаба/с",
    Unit.DEGREES_PER_SECOND: "°/с",
    Unit.FRAME_INDEX: "кадр",
    Unit.PIXELS: "пикс.",
}


def as_json(arrays: Arrays) -> dict[str, JsonValue]:
    """Every array as JSON values: NaN and infinities are null, 0-d arrays are plain values."""
    return {name: _plain(array) for name, array in arrays.items()}


def as_text(arrays: Arrays, schema: ArtifactSchema, *, language: Language) -> str:
    """An artifact in one paragraph, a line an array: its name, its unit, its values or their sum.

    Arrays are shown in the schema's order; presence masks are told by counting what is missing.
    """
    masks = {listed.presence for listed in schema.arrays}
    lines = [f"{said(schema.label, language)}. {said(schema.meaning, language)}"]
    for listed in schema.arrays:
        if listed.name not in masks:
            name = said(listed.label, language)
            lines.append(f"  {name}: {_described(arrays[listed.name], listed, language)}")
    return "\n".join(lines)


def said(label: Label, language: Language) -> str:
    """A label in one of the product's languages."""
    return label.ru if language == "ru" else label.en


def unit_name(unit: Unit, language: Language) -> str:
    """A unit as it is written in a language."""
    return _UNITS_RU.get(unit, str(unit)) if language == "ru" else str(unit)


def _plain(array: NDArray[Any]) -> JsonValue:
    if array.dtype.kind != "f":
        values: JsonValue = array.tolist()
        return values
    plain = array.astype(np.float64).astype(object)
    plain[~np.isfinite(array)] = None
    finite: JsonValue = plain.tolist()
    return finite


def _described(array: NDArray[Any], listed: ArraySchema, language: Language) -> str:
    if not array.size:
        return said(_WORDS["none"], language)
    write = _writer(listed, language)
    shape = " × ".join(str(length) for length in array.shape)
    if array.ndim == 0:
        return write(array[()])
    if array.size <= LISTED_MAX and array.ndim == 1:
        return ", ".join(write(value) for value in array)
    if listed.dtype is DType.TEXT or listed.dtype is DType.BOOL:
        return f"[{shape}] {_counted(array, write, language)}"
    return f"[{shape}] {_summed_up(array, write, language)}"


def _counted(array: NDArray[Any], write: Callable[[Any], str], language: Language) -> str:
    values, counts = np.unique(array, return_counts=True)
    often = np.argsort(-counts, kind="stable")[:LISTED_MAX]
    times = said(_WORDS["times"], language)
    listed = ", ".join(f"{write(values[i])} ({counts[i]} {times})" for i in often)
    return listed if len(values) <= LISTED_MAX else f"{listed}, …"


def _summed_up(array: NDArray[Any], write: Callable[[Any], str], language: Language) -> str:
    known = array[np.isfinite(array)]
    missing = array.size - known.size
    parts = []
    if known.size:
        figures = {
            "first": known[0],
            "last": known[-1],
            "least": known.min(),
            "mean": known.mean(dtype=np.float64),
            "most": known.max(),
        }
        parts = [f"{said(_WORDS[word], language)} {write(v)}" for word, v in figures.items()]
    if missing:
        parts.append(f"{said(_WORDS['missing'], language)}: {missing}")
    return ", ".join(parts)


def _writer(listed: ArraySchema, language: Language) -> Callable[[Any], str]:
    unit = unit_name(listed.unit, language)

    def write(value: Any) -> str:
        if listed.dtype is DType.TEXT:
            return f"«{value}»" if language == "ru" else f'"{value}"'
        if listed.dtype is DType.BOOL:
            return said(_WORDS["yes" if value else "no"], language)
        if not np.isfinite(value):
            return said(_WORDS["missing"], language)
        return f"{_number(value)} {unit}".rstrip()

    return write


def _number(value: Any) -> str:
    """Four significant digits, without the letter E for what people write in full."""
    rounded = float(f"{value:.4g}")
    if float(value).is_integer():
        return str(int(value))
    return f"{rounded:g}" if abs(rounded) < 1e6 else f"{value:.0f}"  # noqa: PLR2004 - see above
