"""A card's arrays as they are drawn: missing values as NaN, with their places and their names."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from adapters.html.charts.axes import Axis, Ground, plain_axis, time_axis
from adapters.html.language import Texts
from adapters.html.pictures import Pictures
from application.ports.reports import ReportCard
from domain.component import Kind, Modality
from domain.schema import ArraySchema, DType, Unit

_NUMERIC = {DType.FLOAT64, DType.FLOAT32, DType.INT64, DType.UINT8, DType.BOOL}


@dataclass(frozen=True, slots=True)
class Places:
    """Where the values of a first axis lie: times (of stretches, their starts), or positions."""

    values: NDArray[np.float64]
    unit: Unit
    array: ArraySchema | None

    @property
    def is_time(self) -> bool:
        return self.unit is Unit.SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that a figure of one card is made from."""

    card: ReportCard
    ground: Ground
    pictures: Pictures

    @property
    def group(self) -> str:
        """The heading that the card stands under: what is computed from others stands apart."""
        entry = self.card.entry
        return (
            "computed" if entry["kind"] == Kind.COMPUTED else str(Modality(str(entry["modality"])))
        )

    @property
    def texts(self) -> Texts:
        return self.ground.texts

    def raw(self, array: ArraySchema) -> NDArray[np.generic]:
        """The array as it was stored."""
        return self.card.arrays[array.name]

    def present(self, array: ArraySchema) -> NDArray[np.bool_]:
        """False where the value is missing by its presence mask or by being NaN."""
        values = self.raw(array)
        mask = np.ones(values.shape, dtype=np.bool_)
        if array.presence is not None:
            mask &= self.card.arrays[array.presence].astype(np.bool_)
        if np.issubdtype(values.dtype, np.floating):
            mask &= ~np.isnan(values.astype(np.float64))
        return mask

    def values(self, array: ArraySchema) -> NDArray[np.float64]:
        """The array as numbers, NaN where missing."""
        return np.where(self.present(array), self.raw(array).astype(np.float64), np.nan)

    def places(self, array: ArraySchema) -> Places:
        """The positions of the array's first axis, counted from 0 where no numbers say them."""
        if array.along is None:
            return Places(np.arange(len(self.raw(array)), dtype=np.float64), Unit.NONE, None)
        holder = self.card.schema.array(array.along)
        if holder.dtype is DType.TEXT:
            return Places(np.arange(len(self.raw(holder)), dtype=np.float64), Unit.NONE, holder)
        values = self.values(holder)
        return Places(values if values.ndim == 1 else values[:, 0], holder.unit, holder)

    def axis(self, values: NDArray[np.float64], unit: Unit) -> Axis:
        """The horizontal axis for these places: the video's time for seconds."""
        if unit is Unit.SECONDS:
            finite = values[np.isfinite(values)]
            return time_axis(self.ground, float(finite.max()) if finite.size else 0.0)
        return plain_axis(self.texts, values, unit)

    def labels_beside(self, array: ArraySchema) -> list[str] | None:
        """The text array that tells a kind of each value, where the schema lists one."""
        for other in self.card.schema.arrays:
            is_text = other.dtype is DType.TEXT and len(other.axes) == 1
            if is_text and other.name != array.name and other.axes[:1] == array.axes[:1]:
                return self.words(other)
        return None

    def column_names(self, array: ArraySchema) -> list[str]:
        """Names of the columns of a (n, k) array: a text array along k, or numbers."""
        named = self.names_along(array.axes[1])
        if named is not None:
            return named
        return [str(number) for number in range(1, self.raw(array).shape[1] + 1)]

    def names_along(self, axis: str) -> list[str] | None:
        """The text array of that one axis, where the schema lists one."""
        for other in self.card.schema.arrays:
            if other.dtype is DType.TEXT and other.axes == (axis,):
                return self.words(other)
        return None

    def word(self, array: ArraySchema, value: str) -> str:
        """A stored word as people read it; words that are not known stand as they are."""
        return self.texts.word(array, value)

    def words(self, array: ArraySchema) -> list[str]:
        """The words of a text array as people read them."""
        return [self.word(array, str(value)) for value in self.raw(array).ravel().tolist()]


def is_numeric(array: ArraySchema) -> bool:
    """True where statistics have a sense."""
    return array.dtype in _NUMERIC
