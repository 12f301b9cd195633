"""An artifact's arrays as what is drawn of them: numbers, words, names and places."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from application.chart_data import Places, Scalar
from application.ports.components import Arrays
from domain.schema import ArraySchema, ArtifactSchema, DType, Unit

MS_PER_S = 1000.0


@dataclass(frozen=True, slots=True)
class DrawnArrays:
    """The arrays of one artifact, read by their schema."""

    arrays: Arrays
    schema: ArtifactSchema

    def places(self, array: ArraySchema) -> Places:
        """What the array lies along; by itself, its places counted from 0."""
        if array.along is None:
            count = len(self.arrays[array.name])
            return Places(tuple(float(n) for n in range(count)), Unit.NONE, is_time=False)
        holder = self.schema.array(array.along)
        is_time = holder.unit is Unit.SECONDS
        starts = self.starts(holder) * (MS_PER_S if is_time else 1.0)
        return Places(plain(starts), holder.unit, is_time)

    def starts(self, holder: ArraySchema) -> NDArray[np.float64]:
        """The places of an array; of stretches, where they start."""
        if holder.dtype is DType.TEXT:
            return np.arange(len(self.arrays[holder.name]), dtype=np.float64)
        places = self.numbers(holder)
        return places if places.ndim == 1 else places[:, 0]

    def numbers(self, array: ArraySchema) -> NDArray[np.float64]:
        """The array as numbers, NaN where missing."""
        values = self.arrays[array.name].astype(np.float64)
        if array.presence is not None:
            values = np.where(self.arrays[array.presence].astype(np.bool_), values, np.nan)
        return values

    def cells(self, array: ArraySchema) -> tuple[Scalar, ...]:
        """All values, row by row, as plain Python ones; None where missing."""
        stored = self.arrays[array.name].ravel()
        if array.dtype is DType.TEXT or array.dtype is DType.BOOL:
            there = np.ones(stored.shape, dtype=np.bool_)
        else:
            there = np.isfinite(stored.astype(np.float64))
        if array.presence is not None:
            there = there & self.arrays[array.presence].astype(np.bool_).ravel()
        return tuple(
            value if is_there else None
            for value, is_there in zip(stored.tolist(), there.tolist(), strict=True)
        )

    def names(self, array: ArraySchema) -> list[str]:
        """A name for every column of the array, numbers from 1 where words tell none."""
        if len(array.axes) == 1:
            return [""]
        named = self.words_along(array.axes[1])
        width = self.arrays[array.name].shape[1]
        return named if named is not None else [str(number + 1) for number in range(width)]

    def words_along(self, axis: str) -> list[str] | None:
        """The text array of that one axis, where the schema lists one."""
        for other in self.schema.arrays:
            if other.dtype is DType.TEXT and other.axes == (axis,):
                return [str(word) for word in self.arrays[other.name]]
        return None

    def kinds(self, array: ArraySchema, count: int) -> Sequence[str | None]:
        """The kind of each of `count` places, where the schema lists words along them."""
        words = self.words_along(array.axes[0])
        return [None] * count if words is None else words[:count]


def plain(values: NDArray[np.float64]) -> tuple[float | None, ...]:
    """Numbers as Python has them; None for what is not finite."""
    return tuple(float(value) if np.isfinite(value) else None for value in values)
