"""Features: the named numbers that the forecast reads, and the versioned list of them (R-801)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from domain.canonical import JsonValue, digest


class Statistic(StrEnum):
    """How an array of an artifact becomes numbers of the whole video."""

    VALUE = "value"
    """The one number, or yes as 1 and no as 0."""
    CODE = "code"
    """The one number, which names a kind and orders nothing."""
    MEAN = "mean"
    SPREAD = "spread"
    """The standard deviation."""
    HIGHEST = "highest"
    AMOUNT = "amount"
    """How many there are along the first axis."""
    FIRST = "first"
    """The first along the first axis."""
    ALL = "all"
    """Every one of a fixed number."""
    OF_TITLE = "of_title"
    """The row that the array `labels` calls `title`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One number of a video, or `width` of them in a fixed order, and where it comes from.

    `unit` is that of the statistic; `presence` names the array that masks the source, if any.
    """

    component: str
    array: str
    statistic: Statistic = Statistic.VALUE
    unit: str = ""
    presence: str | None = None
    width: int = 1

    @property
    def name(self) -> str:
        """Unique within a schema: `tempo.bpm`, `motion.magnitude.spread`."""
        place = f"{self.component}.{self.array}"
        is_plain = self.statistic in {Statistic.VALUE, Statistic.CODE, Statistic.ALL}
        return place if is_plain else f"{place}.{self.statistic}"


@dataclass(frozen=True)
class FeatureSchema:
    """What a forecast reads, in this order; a model fits exactly one digest."""

    version: str
    features: tuple[Feature, ...]

    def __post_init__(self) -> None:
        names = [feature.name for feature in self.features]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"listed twice: {', '.join(twice)}")

    @property
    def components(self) -> frozenset[str]:
        """The components that yield at least one feature."""
        return frozenset(feature.component for feature in self.features)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """A name for each number of the vector; those of one feature are counted from 0."""
        return tuple(column for feature in self.features for column in _columns(feature))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of version and features: what is trained on one is never read by another."""
        return digest({"version": self.version, "features": list(self.described())})

    def described(self) -> Iterable[dict[str, JsonValue]]:
        """The features as plain values, in order."""
        for feature in self.features:
            yield {
                "name": feature.name,
                "component": feature.component,
                "array": feature.array,
                "statistic": str(feature.statistic),
                "unit": feature.unit,
                "presence": feature.presence,
                "width": feature.width,
            }


def _columns(feature: Feature) -> Iterable[str]:
    if feature.width == 1:
        return (feature.name,)
    return (f"{feature.name}.{place}" for place in range(feature.width))
