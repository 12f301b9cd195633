"""Parts of made report pages: entries of a manifest, schemas in few words, drawn frames."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from application.ports.reports import ReportCard
from domain.canonical import JsonValue
from domain.component import ComponentStatus, Kind, Modality
from domain.schema import ArraySchema, ArtifactSchema, Drawing, DType, Label, Unit

_DTYPES = {
    "f8": DType.FLOAT64,
    "f4": DType.FLOAT32,
    "i8": DType.INT64,
    "u1": DType.UINT8,
    "b1": DType.BOOL,
}


def an_array(
    name: str, values: NDArray[Any], drawing: Drawing, *said: str, **details: Any
) -> tuple[ArraySchema, NDArray[Any]]:
    """A schema that fits `values`; `said` are label and meaning, English before Russian."""
    label_en, label_ru, meaning_en, meaning_ru = said or (name, name, f"{name}.", f"{name}.")
    axes = details.pop(
        "axes", tuple(f"axis{k}_of_{length}" for k, length in enumerate(values.shape))
    )
    dtype = DType.TEXT if values.dtype.kind == "U" else _DTYPES[values.dtype.str[1:]]
    schema = ArraySchema(
        name=name,
        dtype=dtype,
        axes=axes,
        label=Label(label_en, label_ru),
        meaning=Label(meaning_en, meaning_ru),
        drawing=drawing,
        **details,
    )
    return schema, values


def a_value(name: str, value: Any, unit: Unit, *said: str, **details: Any) -> Any:
    """A scalar that is shown as a big number."""
    return an_array(name, np.array(value), Drawing.VALUE, *said, unit=unit, **details)


def a_share(name: str, value: float, *said: str) -> Any:
    """A scalar part of a whole."""
    return a_value(name, value, Unit.SHARE, *said, low=0.0, high=1.0)


def a_line(name: str, values: NDArray[Any], unit: Unit, *said: str, **details: Any) -> Any:
    """A curve over the card's times."""
    places = {"axes": ("times_s",), "along": "times_s"}
    return an_array(name, values, Drawing.LINE, *said, unit=unit, **places, **details)


def times(values: NDArray[np.float64], name: str = "times_s") -> Any:
    """Hidden times, on an axis of their own name."""
    said = ("Time", "Время", "Where the values stand.", "К каким моментам относятся значения.")
    return an_array(name, values, Drawing.HIDDEN, *said, axes=(name,), unit=Unit.SECONDS)


def an_entry(
    name: str, modality: Modality, status: ComponentStatus, **details: JsonValue
) -> dict[str, JsonValue]:
    """A component's entry in the layout of the manifest (R-305)."""
    is_ok = status is ComponentStatus.OK
    artifact: JsonValue = {
        "path": f"upload/abababab/00000000-0000-4000-8000-000000000001/{name}/{name}.npz",
        "bytes": 12_345,
        "sha256": "d4" * 32,
    }
    entry: dict[str, JsonValue] = {
        "name": name,
        "modality": str(modality),
        "kind": str(Kind.ALGORITHM),
        "status": str(status),
        "started_at": "2026-01-02T12:00:01+00:00",
        "finished_at": "2026-01-02T12:00:02+00:00",
        "duration_ms": 1_234,
        "device_used": "cpu",
        "peak_memory": 210,
        "units": 63.0,
        "error": None,
        "notes": [],
        "empty_reason": None,
        "schema_version": "1",
        "producer_version": "1",
        "artifacts": [artifact] if is_ok else [],
    }
    return {**entry, **details}


def a_card(
    name: str,
    modality: Modality,
    arrays: tuple[tuple[ArraySchema, NDArray[Any]], ...] = (),
    *,
    said: tuple[str, str, str, str] | None = None,
    status: ComponentStatus = ComponentStatus.OK,
    **details: JsonValue,
) -> ReportCard:
    """A card whose schema lists exactly these arrays."""
    label_en, label_ru, meaning_en, meaning_ru = said or (name, name, f"{name}.", f"{name}.")
    schema = ArtifactSchema(
        component=name,
        version="1",
        label=Label(label_en, label_ru),
        meaning=Label(meaning_en, meaning_ru),
        arrays=tuple(schema for schema, _ in arrays),
    )
    stored: Mapping[str, NDArray[np.generic]] = {one.name: values for one, values in arrays}
    is_ok = status is ComponentStatus.OK
    entry = an_entry(name, modality, status, **details)
    return ReportCard(entry=entry, schema=schema, arrays=stored if is_ok else {})


def a_failure(code: str, *, where: str, message: str, root: str | None = None) -> JsonValue:
    """A failure in the layout of the manifest."""
    return {"code": code, "message": message, "where": where, "root": root}


def a_frame(hue: int, *, width_px: int = 568, height_px: int = 320) -> bytes:
    """A drawn evening landscape as a JPEG; `hue` (0 to 255) colours it."""
    image = Image.new("HSV", (width_px, height_px), (hue, 120, 90))
    draw = ImageDraw.Draw(image)
    for row in range(height_px):
        share = row / height_px
        color = (hue, int(150 - 90 * share), int(70 + 150 * share))
        draw.line([(0, row), (width_px, row)], fill=color)
    sun = (width_px * (0.2 + 0.6 * (hue / 255)), height_px * 0.45)
    radius = height_px * 0.13
    box = [sun[0] - radius, sun[1] - radius, sun[0] + radius, sun[1] + radius]
    draw.ellipse(box, fill=((hue + 20) % 256, 60, 250))
    noise = np.random.default_rng(hue)
    for depth in range(3):
        base = height_px * (0.62 + 0.13 * depth)
        steps = np.linspace(0, width_px, 9)
        ridge = base + noise.uniform(-0.1, 0.1, 9) * height_px
        points = [*zip(steps.tolist(), ridge.tolist(), strict=True)]
        draw.polygon(
            [(0, height_px), *points, (width_px, height_px)],
            fill=((hue + 128) % 256, 110, 80 - 22 * depth),
        )
    target = BytesIO()
    image.convert("RGB").save(target, format="JPEG", quality=82)
    return target.getvalue()
