"""Estimates: time and price of a run, itemised, before it starts (R-603)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType
from uuid import UUID

from domain.catalogue import Catalogue
from domain.component import ComponentStatus
from domain.credits import Credits
from domain.effort import PREPARATION, CostModel, EffortLine, effort
from domain.errors import EstimateExpired
from domain.kept_result import KeptResult
from domain.price_list import ComponentPrice, PriceList, price
from domain.profile import Profile
from domain.video_size import VideoSize

EstimateId = NewType("EstimateId", UUID)

ESTIMATE_LIFETIME = timedelta(minutes=15)
"""How long the prices of an estimate hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateLine:
    """Units, seconds and price of one component, or of the shared preparation.

    `most` is held for it and never exceeded: the price of the seconds that nine of ten runs stay
    under. `usually` is the price of those that half of them stay under. With `reused`, that result
    is taken over instead, in no time and for the list's price of one that is there.
    """

    name: str
    units: float
    cost: CostModel
    price: ComponentPrice
    most: Credits
    usually: Credits
    reused: KeptResult | None = None

    @property
    def seconds_p50(self) -> float:
        return 0.0 if self.reused else self.cost.seconds(self.units)

    @property
    def seconds_p90(self) -> float:
        return 0.0 if self.reused else self.cost.seconds_p90(self.units)


class Summed:
    """What lines come to together."""

    __slots__ = ()
    lines: tuple[EstimateLine, ...]

    @property
    def total(self) -> Credits:
        """The most that they can cost."""
        return _sum(line.most for line in self.lines)

    @property
    def usually(self) -> Credits:
        """What they usually cost."""
        return _sum(line.usually for line in self.lines)

    @property
    def seconds_p50(self) -> float:
        return sum(line.seconds_p50 for line in self.lines)

    @property
    def seconds_p90(self) -> float:
        return sum(line.seconds_p90 for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastPart(Summed):
    """What of an estimate the forecast needs, as one subtotal (R-201, R-202).

    `lines` are those of Tier-0 components and `preparation`; `missing` are the Tier-0 components
    that the choice leaves out, without which no forecast can be asked for.
    """

    lines: tuple[EstimateLine, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate(Summed):
    """What a profile costs on a video of one size, by the prices of one moment.

    It holds the prices and cost models it was made from: a run is charged by them even when they
    have changed since. `config_hash` is the profile's that it was made for.
    """

    id: EstimateId
    config_hash: str
    price_list_version: int
    size: VideoSize
    created_at: datetime
    expires_at: datetime
    lines: tuple[EstimateLine, ...]

    @property
    def hold(self) -> Credits:
        """What is set aside before the run: the total."""
        return self.total

    def __getitem__(self, name: str) -> EstimateLine:
        """The line of a component; KeyError where there is none."""
        for line in self.lines:
            if line.name == name:
                return line
        raise KeyError(name)

    @property
    def reused(self) -> dict[str, KeptResult]:
        """The results that are taken over, by component."""
        ours = {line.name: line.reused for line in self.lines if line.name != PREPARATION}
        return {name: result for name, result in ours.items() if result is not None}

    @property
    def is_reused(self) -> bool:
        """Whether nothing has to be measured."""
        return all(line.reused is not None for line in self.lines)

    def forecast_part(self, tier0: Collection[str]) -> ForecastPart:
        """What of it the forecast needs, whose feature schema reads `tier0`."""
        names = {line.name for line in self.lines}
        return ForecastPart(
            lines=tuple(line for line in self.lines if line.name in {PREPARATION, *tier0}),
            missing=tuple(sorted(name for name in tier0 if name not in names)),
        )

    def check_valid(self, now: datetime) -> None:
        """Raises EstimateExpired from `expires_at` on."""
        if now >= self.expires_at:
            raise EstimateExpired(f"the estimate expired at {self.expires_at.isoformat()}")

    def charge(
        self, name: str, units: float, status: ComponentStatus, *, is_reused: bool = False
    ) -> Credits:
        """The price of the `units` that a line processed, never more than its `most` (R-604).

        Only `ok` and `empty` cost; it goes by units, never by how long they took. What was to be
        taken over and had to be measured after all costs no more for it. KeyError for a name that
        has no line.
        """
        line = self[name]
        match status:
            case ComponentStatus.OK | ComponentStatus.EMPTY if is_reused:
                cost = line.price.of_reused
            case ComponentStatus.OK:
                cost = _priced(line.price, line.cost, units, self.size)
            case ComponentStatus.EMPTY:
                cost = line.price.of_empty
            case _:
                cost = Credits(0)
        return min(line.most, cost)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """Everything that estimates of one moment follow from, so that asking again is arithmetic."""

    catalogue: Catalogue
    costs: Mapping[str, CostModel]
    prices: PriceList
    policies: Mapping[str, str]
    new_id: Callable[[], EstimateId]

    def estimate(
        self,
        profile: Profile,
        size: VideoSize,
        *,
        now: datetime,
        reused: Mapping[str, KeptResult] | None = None,
    ) -> Estimate:
        """The estimate of a profile, resolved or not, on a video of this size.

        `reused` are the results that are taken over; where all are, nothing is prepared either.
        Raises KeyError for a component that was never measured or has no price (R-602).
        """
        resolved = profile.resolved(self.catalogue)
        found = effort(resolved, self.catalogue, self.costs, size)
        known = _with_preparation(reused or {}, resolved)
        return Estimate(
            id=self.new_id(),
            config_hash=resolved.config_hash(policies=self.policies),
            price_list_version=self.prices.version,
            size=size,
            created_at=now,
            expires_at=now + ESTIMATE_LIFETIME,
            lines=tuple(self._line(line, size, known.get(line.name)) for line in found.lines),
        )

    def _line(self, line: EffortLine, size: VideoSize, reused: KeptResult | None) -> EstimateLine:
        priced = self.prices[line.name]
        most = price(
            priced,
            seconds=line.cost.seconds_p90(line.units),
            gpu_seconds=line.cost.gpu_seconds_p90(line.units),
            size=size,
        )
        usually = _priced(priced, line.cost, line.units, size)
        if reused is not None:
            # What is there never costs more than measuring it again.
            most = usually = min(most, priced.of_reused)
        return EstimateLine(
            name=line.name,
            units=line.units,
            cost=line.cost,
            price=priced,
            most=most,
            usually=usually,
            reused=reused,
        )


def _with_preparation(reused: Mapping[str, KeptResult], profile: Profile) -> dict[str, KeptResult]:
    """When everything is there, so is what was prepared for the newest of it."""
    if not profile.component_names <= reused.keys():
        return dict(reused)
    return {**reused, PREPARATION: max(reused.values(), key=lambda result: result.measured_at)}


def _priced(priced: ComponentPrice, cost: CostModel, units: float, size: VideoSize) -> Credits:
    seconds, gpu_seconds = cost.seconds(units), cost.gpu_seconds(units)
    return price(priced, seconds=seconds, gpu_seconds=gpu_seconds, size=size)


def _sum(amounts: Iterable[Credits]) -> Credits:
    return sum(amounts, start=Credits(0))
