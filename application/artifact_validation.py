"""Whether what a component measured is what its schema promises, and can be true (R-306)."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from application.errors import InvalidMeasurement
from application.ports.components import Arrays
from domain.schema import ArraySchema, ArtifactSchema, Drawing, DType

MISSING_SHARE_MAX = 0.5
"""More than this share of NaN outside the presence mask is no result."""
CONSTANT_SAMPLES_MIN = 24
"""Two seconds of the 12 fps timeline; fewer samples may be equal by chance."""


def validate(arrays: Arrays, schema: ArtifactSchema) -> None:
    """Refuses, with `InvalidMeasurement`, arrays that differ from the schema or cannot be true.

    `schema_mismatch`: an array missing or extra, another dtype or shape, a text outside its
    choices, a value that is NaN where its mask says present (or the reverse). `out_of_range`:
    beyond the schema's bounds, or infinite. `mostly_missing`: more NaN than numbers outside the
    mask; the scalars of an artifact are counted together.
    """
    _check_names(arrays, schema)
    lengths: dict[str, int] = {}
    for listed in schema.arrays:
        _check_form(arrays[listed.name], listed, lengths)
    for listed in schema.arrays:
        _check_values(arrays, listed)
    scalars = [listed for listed in schema.arrays if not listed.axes]
    _check_scalars(arrays, [s for s in scalars if s.presence is None and _is_float(s)])


def constant_suspect(arrays: Arrays, schema: ArtifactSchema, *, input_varies: bool) -> None:
    """Refuses, as `constant_output`, a long line that is level although its input varies."""
    if not input_varies:
        return
    for listed in schema.arrays:
        if listed.drawing is not Drawing.LINE or listed.may_be_constant:
            continue
        known = _known(arrays[listed.name])
        if known.size >= CONSTANT_SAMPLES_MIN and np.all(known == known.flat[0]):
            raise InvalidMeasurement(
                f"{known.size} samples are all equal while the input varies",
                code="constant_output",
                array=listed.name,
            )


def _check_names(arrays: Arrays, schema: ArtifactSchema) -> None:
    for name in schema.names:
        if name not in arrays:
            raise _mismatch(name, "is missing")
    for name in arrays:
        if name not in schema.names:
            raise _mismatch(name, f"is not in the schema of {schema.component}")


def _check_form(array: NDArray[Any], listed: ArraySchema, lengths: dict[str, int]) -> None:
    if not _has_type(array, listed.dtype):
        raise _mismatch(listed.name, f"is {array.dtype}, not {listed.dtype}")
    if array.ndim != len(listed.axes):
        raise _mismatch(listed.name, f"has {array.ndim} axes, not {len(listed.axes)}")
    for axis, length in zip(listed.axes, array.shape, strict=True):
        expected = int(axis) if axis.isdecimal() else lengths.setdefault(axis, length)
        if length != expected:
            raise _mismatch(listed.name, f"has {length} along {axis}, not {expected}")


def _check_values(arrays: Arrays, listed: ArraySchema) -> None:
    array = arrays[listed.name]
    if listed.dtype is DType.TEXT:
        _check_choices(array, listed)
        return
    if _is_float(listed):
        _check_missing(arrays, listed)
    _check_range(array, listed)


def _check_choices(array: NDArray[Any], listed: ArraySchema) -> None:
    if listed.choices:
        strange = set(np.unique(array).tolist()) - set(listed.choices)
        if strange:
            raise _mismatch(listed.name, f"holds {len(strange)} values outside its choices")


def _check_missing(arrays: Arrays, listed: ArraySchema) -> None:
    array = arrays[listed.name]
    missing = np.isnan(array)
    if listed.presence is None:
        if array.ndim:
            _refuse_mostly(missing, listed.name)
        return
    presence = arrays[listed.presence]
    _refuse_mostly(missing[presence], listed.name)
    if np.any(missing == presence):
        raise _mismatch(listed.name, f"is not NaN exactly where {listed.presence} is False")


def _check_range(array: NDArray[Any], listed: ArraySchema) -> None:
    known = _known(array)
    if not known.size:
        return
    low, high = known.min(), known.max()
    if not (np.isfinite(low) and np.isfinite(high)):
        raise _out_of_range(listed.name, "is infinite somewhere")
    if listed.low is not None and low < listed.low:
        raise _out_of_range(listed.name, f"falls to {low:g}, below {listed.low:g}")
    if listed.high is not None and high > listed.high:
        raise _out_of_range(listed.name, f"rises to {high:g}, above {listed.high:g}")


def _check_scalars(arrays: Arrays, scalars: Iterable[ArraySchema]) -> None:
    names = [listed.name for listed in scalars]
    missing = np.array([np.isnan(arrays[name]) for name in names], dtype=bool)
    if missing.any():
        _refuse_mostly(missing, names[int(missing.argmax())])


def _refuse_mostly(missing: NDArray[np.bool_], name: str) -> None:
    if missing.size and missing.mean() > MISSING_SHARE_MAX:
        raise InvalidMeasurement(
            f"{int(missing.sum())} of {missing.size} values are missing",
            code="mostly_missing",
            array=name,
        )


def _known(array: NDArray[Any]) -> NDArray[Any]:
    known: NDArray[Any] = array[~np.isnan(array)] if array.dtype.kind == "f" else array.ravel()
    return known


def _has_type(array: NDArray[Any], dtype: DType) -> bool:
    if dtype is DType.TEXT:
        return array.dtype.kind == "U"
    return array.dtype == np.dtype(str(dtype))


def _is_float(listed: ArraySchema) -> bool:
    return listed.dtype in {DType.FLOAT32, DType.FLOAT64}


def _mismatch(name: str, message: str) -> InvalidMeasurement:
    return InvalidMeasurement(message, code="schema_mismatch", array=name)


def _out_of_range(name: str, message: str) -> InvalidMeasurement:
    return InvalidMeasurement(message, code="out_of_range", array=name)
