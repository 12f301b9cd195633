"""Prices are seeded once, set by act, and fitted to what runs took (R-602, R-606)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from adapters.memory.clock import FixedClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.pauses import NoPauses
from adapters.memory.unit_of_work import MemoryUnitOfWork
from application.current_costs import CurrentCosts
from application.ports.unit_of_work import UnitOfWork
from application.queries.show_prices import ShowPrices
from application.retrying import Retrying
from application.use_cases.calibrate_costs import CalibrateCosts
from application.use_cases.seed_prices import SeedPrices
from application.use_cases.set_price import PriceChange, SetPrice
from domain.calibration import RUNS_MIN, CostSource, KnownCost
from domain.effort import CostModel
from domain.errors import InvalidPrice, UnknownComponent
from domain.identity import RunId
from domain.price_list import ComponentPrice, PriceList
from tests.builders import a_price, a_timing

MODEL = CostModel(1.0, 0.5)


@dataclass
class Shipped:
    """Prices and costs as they come with a version of the product."""

    by_name: Mapping[str, ComponentPrice]
    model: CostModel = MODEL

    def prices(self, components: Iterable[str]) -> Mapping[str, ComponentPrice]:
        return {name: self.by_name[name] for name in components}

    def models(self) -> Mapping[str, CostModel]:
        return dict.fromkeys(self.by_name, self.model)


@dataclass
class Office:
    """Where prices are kept, and the acts on them."""

    clock: FixedClock = field(default_factory=FixedClock)
    database: MemoryDatabase = field(default_factory=MemoryDatabase)

    def unit_of_work(self) -> UnitOfWork:
        return MemoryUnitOfWork(self.database)

    def seed(self, shipped: Shipped) -> None:
        SeedPrices(
            unit_of_work=self.unit_of_work, prices=shipped, costs=shipped, clock=self.clock
        )()

    @property
    def set_price(self) -> Callable[[str, PriceChange], PriceList]:
        return SetPrice(self.unit_of_work, self.clock)

    @property
    def prices(self) -> PriceList:
        return ShowPrices(self.unit_of_work, self.clock)()

    @property
    def costs(self) -> Mapping[str, KnownCost]:
        with self.unit_of_work() as work:
            return work.costs.current()

    def take(self, component: str, *, runs: int, slower: float = 1.0) -> None:
        """Runs of the component, each of another length and by the model, so much slower."""
        with self.unit_of_work() as work:
            for run in range(runs):
                units = 10.0 * (run + 1)
                seconds = slower * MODEL.seconds(units)
                run_id = RunId(UUID(int=run))
                work.timings.add([a_timing(run_id, component, units=units, seconds=seconds)])
            work.commit()


@pytest.fixture
def office() -> Office:
    office = Office()
    office.seed(Shipped({"tempo": a_price(), "motion": a_price(base="0.30")}))
    return office


def test_what_is_shipped_is_version_one(office: Office) -> None:
    assert office.prices.version == 1
    assert office.prices.prices == {"tempo": a_price(), "motion": a_price(base="0.30")}
    assert office.costs["tempo"] == KnownCost(MODEL, CostSource.SHIPPED)


def test_seeding_again_changes_nothing(office: Office) -> None:
    office.clock.moment += timedelta(days=1)
    office.seed(Shipped({"tempo": a_price(base="9"), "motion": a_price(base="9")}))
    assert office.prices.version == 1
    assert office.prices["tempo"] == a_price()


def test_a_clock_that_was_set_back_does_not_bring_the_shipped_prices_again(office: Office) -> None:
    office.set_price("tempo", PriceChange(figures={"base": Decimal(5)}))
    office.clock.moment -= timedelta(days=400)
    office.seed(Shipped({"tempo": a_price(), "motion": a_price()}))
    office.clock.moment += timedelta(days=800)
    assert office.prices.version == 2
    assert office.prices["tempo"].base == 5


def test_a_component_that_a_later_version_brings_gets_its_price_and_no_other(
    office: Office,
) -> None:
    office.set_price("tempo", PriceChange(figures={"base": Decimal(5)}))
    office.seed(Shipped({"tempo": a_price(), "motion": a_price(), "hook": a_price(base="0.7")}))
    assert office.prices.version == 3
    assert office.prices["hook"].base == Decimal("0.7")
    assert office.prices["tempo"].base == 5
    assert office.prices["motion"].base == Decimal("0.30")


def test_a_cost_that_was_measured_anew_replaces_the_shipped_one_but_none_of_ours(
    office: Office,
) -> None:
    office.take("tempo", runs=RUNS_MIN)
    CalibrateCosts(office.unit_of_work, office.clock)(dry_run=False)
    newer = CostModel(7.0, 7.0)
    office.seed(Shipped({"tempo": a_price(), "motion": a_price()}, newer))
    assert office.costs["motion"] == KnownCost(newer, CostSource.SHIPPED)
    assert office.costs["tempo"].source is CostSource.RUNS


def test_a_component_whose_cost_is_known_gets_the_price_that_it_lacks(office: Office) -> None:
    with office.unit_of_work() as work:
        fitted = KnownCost(MODEL, CostSource.RUNS)
        work.costs.add({"hook": fitted}, valid_from=office.clock.now())
        work.commit()
    office.seed(Shipped({"tempo": a_price(), "motion": a_price(), "hook": a_price(base="0.7")}))
    assert office.prices["hook"].base == Decimal("0.7")
    assert office.costs["hook"] == fitted


def test_a_price_is_set_from_now_on_and_what_is_left_out_stays(office: Office) -> None:
    before = office.clock.now()
    office.clock.moment += timedelta(hours=1)
    change = PriceChange(
        figures={"markup_percent": Decimal(30)}, steps={"duration_factors": ((10, Decimal(2)),)}
    )
    assert office.set_price("tempo", change) == office.prices
    assert office.prices.version == 2
    changed = ComponentPrice(
        base=Decimal("0.10"),
        cpu_rate=Decimal("0.01"),
        markup_percent=Decimal(30),
        duration_factors=((10, Decimal(2)),),
    )
    assert office.prices["tempo"] == changed
    with office.unit_of_work() as work:
        assert work.prices.at(before)["tempo"] == a_price()


def test_a_change_that_changes_nothing_is_no_new_version(office: Office) -> None:
    office.set_price("tempo", PriceChange(figures={"base": Decimal("0.1")}))
    assert office.prices.version == 1


def test_what_cannot_be_priced_is_refused_and_leaves_the_list(office: Office) -> None:
    with pytest.raises(UnknownComponent):
        office.set_price("ghost", PriceChange(figures={"base": Decimal(1)}))
    with pytest.raises(InvalidPrice):
        office.set_price("tempo", PriceChange(figures={"base": Decimal("NaN")}))
    assert office.prices.version == 1


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_dry_run_shows_what_a_calibration_would_do(office: Office, *, dry_run: bool) -> None:
    """R-606: runs that took twice as long as the model says; the errors stand beside each other."""
    office.take("tempo", runs=RUNS_MIN, slower=2.0)
    found = CalibrateCosts(office.unit_of_work, office.clock)(dry_run=dry_run)
    motion, tempo = found
    assert (motion.component, motion.runs, motion.new) == ("motion", 0, None)
    assert (tempo.component, tempo.runs) == ("tempo", RUNS_MIN)
    assert tempo.old == MODEL
    assert tempo.new == CostModel(2.0, 1.0)
    assert tempo.old_error == pytest.approx(0.5)
    assert tempo.new_error == pytest.approx(0.0)
    assert office.costs["tempo"].source is (CostSource.SHIPPED if dry_run else CostSource.RUNS)
    assert office.costs["motion"].model == MODEL


def test_the_time_of_a_run_follows_what_was_calibrated(office: Office) -> None:
    current = CurrentCosts(office.unit_of_work, Retrying(NoPauses()))
    assert current.models()["tempo"] == MODEL
    office.take("tempo", runs=RUNS_MIN, slower=2.0)
    CalibrateCosts(office.unit_of_work, office.clock)(dry_run=False)
    assert current.models()["tempo"] == CostModel(2.0, 1.0)


def test_too_few_runs_leave_a_model_as_it_is(office: Office) -> None:
    office.take("tempo", runs=RUNS_MIN - 1, slower=2.0)
    _, tempo = CalibrateCosts(office.unit_of_work, office.clock)(dry_run=False)
    assert (tempo.runs, tempo.new, tempo.new_error) == (RUNS_MIN - 1, None, None)
    assert tempo.old_error == pytest.approx(0.5)
    assert office.costs["tempo"].model == MODEL
