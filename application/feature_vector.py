"""The feature vector of a run: the numbers that a forecast reads, each with whether it is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from application.ports.components import Arrays
from domain.feature import Feature, FeatureSchema, Statistic

Numbers = NDArray[np.float64]

TITLE = "title"


@dataclass(frozen=True, slots=True)
class FeatureVector:
    """The features of one run in the order of their schema.

    `values` are float64, shape (n,); `present` is bool, the same shape, False exactly where the
    value is NaN: what was empty, absent, or no number enters the forecast as missing (R-801).
    """

    schema: FeatureSchema
    values: Numbers
    present: NDArray[np.bool_]

    def named(self) -> dict[str, float | None]:
        """Each number under its column's name; None where it is missing."""
        pairs = zip(self.schema.columns, self.values.tolist(), self.present.tolist(), strict=True)
        return {name: value if is_there else None for name, value, is_there in pairs}


def feature_vector(schema: FeatureSchema, artifacts: Mapping[str, Arrays]) -> FeatureVector:
    """The vector from the arrays of the components that ended `ok`; others are missing whole.

    Raises KeyError where an artifact lacks an array that its schema promises, ValueError where one
    is of another length: every number behind it would stand under another's name.
    """
    parts = [_numbers(feature, artifacts.get(feature.component)) for feature in schema.features]
    values = np.concatenate(parts) if parts else np.zeros(0)
    present = np.isfinite(values)
    return FeatureVector(schema, np.where(present, values, np.nan), present)


def _numbers(feature: Feature, arrays: Arrays | None) -> Numbers:
    """What the feature is in these arrays, shape (width,); NaN where it is missing."""
    found = np.zeros(0) if arrays is None else _found(feature, arrays)
    if found.size not in {0, feature.width}:
        raise ValueError(f"{feature.name} is {feature.width} numbers, not {found.size}")
    return found if found.size else np.full(feature.width, np.nan)


def _found(feature: Feature, arrays: Arrays) -> Numbers:
    array: NDArray[Any] = arrays[feature.array]
    if feature.statistic is Statistic.AMOUNT:
        return np.array([len(array)], dtype=np.float64)
    known = array.astype(np.float64)
    if feature.presence is not None:
        known = np.where(arrays[feature.presence], known, np.nan)
    match feature.statistic:
        case Statistic.VALUE | Statistic.CODE | Statistic.ALL:
            return known.reshape(-1)
        case Statistic.FIRST:
            return known[:1]
        case Statistic.OF_TITLE:
            rows: Numbers = known[arrays["labels"] == TITLE]
            return rows[:1].reshape(-1)
        case summed:
            there = known[np.isfinite(known)]
            return np.array([_OVER[summed](there)]) if there.size else there


_OVER: Mapping[Statistic, Callable[[Numbers], np.float64]] = {
    Statistic.MEAN: np.mean,
    Statistic.SPREAD: np.std,
    Statistic.HIGHEST: np.max,
}
