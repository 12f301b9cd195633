"""A run as one JSON document, written in parts: its manifest, and every array with its schema."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from application.exporting.measured import Measured
from application.presentation import as_json
from domain.canonical import JsonValue
from domain.schema import ArraySchema

VALUES_A_PART = 1 << 14


def json_document(
    manifest: Mapping[str, JsonValue], measured: Iterable[Measured]
) -> Iterator[bytes]:
    """`{"manifest": …, "artifacts": {component: {"meta": …, "arrays": {…}}}}`; NaN is null."""
    yield b'{"manifest": ' + _dumped(dict(manifest)) + b', "artifacts": {'
    for number, one in enumerate(measured):
        yield (b", " if number else b"") + _dumped(one.component) + b": "
        yield from _artifact(one)
    yield b"}}\n"


def _artifact(one: Measured) -> Iterator[bytes]:
    yield b'{"meta": ' + _dumped(one.meta) + b', "arrays": {'
    for number, name in enumerate(one.in_order):
        head = _dumped(_told(one.described(name)))
        yield (b", " if number else b"") + _dumped(name) + b": " + head[:-1]
        yield b', "values": ' if len(head) > len("{}") else b'"values": '
        yield from _values(one.arrays[name])
        yield b"}"
    yield b"}}"


def _told(described: ArraySchema | None) -> dict[str, JsonValue]:
    """What is said of an array besides its values."""
    if described is None:
        return {}
    return {
        "label": {"en": described.label.en, "ru": described.label.ru},
        "meaning": {"en": described.meaning.en, "ru": described.meaning.ru},
        "unit": str(described.unit),
        "axes": list(described.axes),
        "drawing": str(described.drawing),
        "along": described.along,
        "presence": described.presence,
    }


def _values(array: NDArray[Any]) -> Iterator[bytes]:
    """The values, so many at a time, whatever the shape."""
    if array.ndim == 0:
        yield _dumped(as_json({"value": array})["value"])
        return
    rows = max(1, VALUES_A_PART // max(1, math.prod(array.shape[1:])))
    yield b"["
    for start in range(0, len(array), rows):
        part = as_json({"part": np.asarray(array[start : start + rows])})["part"]
        yield (b", " if start else b"") + _dumped(part)[1:-1]
    yield b"]"


def _dumped(value: JsonValue) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return text.encode(errors="backslashreplace")
