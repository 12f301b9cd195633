"""An estimate says the most that a run costs; no charge exceeds it (R-603, R-604)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import Catalogue
from domain.component import ComponentStatus, Cost
from domain.credits import Credits
from domain.effort import PREPARATION, CostModel
from domain.errors import EstimateExpired
from domain.estimate import ESTIMATE_LIFETIME, Estimate, EstimateId, Pricing
from domain.identity import RunId
from domain.kept_result import KeptResult
from domain.price_list import ComponentPrice, PriceList
from domain.video_size import VideoSize
from tests.builders import NOON, a_profile, a_spec

MINUTE = VideoSize(duration_s=60.0, width_px=1280, height_px=720, frame_rate_hz=25.0)
CATALOGUE = Catalogue(
    [
        a_spec("tempo", needs=("onsets",), cost=Cost.SOUND_SECONDS),
        a_spec("onsets", cost=Cost.SOUND_SECONDS),
        a_spec("motion", cost=Cost.FRAMES),
    ]
)
COSTS = {
    PREPARATION: CostModel(1.0, 0.001, p90_factor=1.5),
    "tempo": CostModel(0.5, 0.02, p90_factor=2.0),
    "onsets": CostModel(0.25, 0.01),
    "motion": CostModel(0.0, 0.005, p90_factor=1.2, gpu_b_s_per_unit=0.001),
}
PRICE = ComponentPrice(
    base=Decimal("0.10"),
    cpu_rate=Decimal("0.05"),
    gpu_rate=Decimal(1),
    markup_percent=Decimal(20),
    reused_price=Decimal("0.01"),
)
PRICES = PriceList(7, NOON, dict.fromkeys(COSTS, PRICE))
NUMBER = EstimateId(UUID(int=1))
PRICING = Pricing(
    catalogue=CATALOGUE,
    costs=COSTS,
    prices=PRICES,
    policies={"sampling": "1"},
    new_id=lambda: NUMBER,
)


def estimated(*names: str, size: VideoSize = MINUTE, pricing: Pricing = PRICING) -> Estimate:
    return pricing.estimate(a_profile(*names), size, now=NOON)


def test_each_line_has_its_units_its_seconds_and_its_price() -> None:
    """By hand: (0.10 + seconds × 0.05 + GPU seconds) × 1.2, up to a kopeck."""
    found = estimated("tempo", "motion")
    prepared = 1280 * 720 * 25 * 60 / 1e6 + 0.5 * 720
    assert [(line.name, line.units) for line in found.lines] == [
        (PREPARATION, prepared),
        ("motion", 720.0),
        ("onsets", 60.0),
        ("tempo", 60.0),
    ]
    assert found["tempo"].seconds_p50 == pytest.approx(1.7)
    assert found["tempo"].seconds_p90 == pytest.approx(3.4)
    # Tempo: 1.7 s is 0.222, 3.4 s is 0.324. Onsets: 0.85 s is 0.171 either way.
    # Motion: 3.6 s and 0.72 GPU s are 1.2, times 1.2 each 1.4160. Preparation: 2.7424 s, 4.1136 s.
    assert [line.usually.kopecks for line in found.lines] == [29, 120, 18, 23]
    assert [line.most.kopecks for line in found.lines] == [37, 142, 18, 33]


def test_the_total_is_the_sum_of_the_lines_and_what_is_held() -> None:
    found = estimated("tempo", "motion")
    assert found.total == found.hold == Credits(37 + 142 + 18 + 33)
    assert found.usually == Credits(29 + 120 + 18 + 23)
    assert found.seconds_p50 == pytest.approx(2.7424 + 3.6 + 0.85 + 1.7)
    assert found.seconds_p90 == pytest.approx(1.5 * 2.7424 + 1.2 * 3.6 + 0.85 + 2 * 1.7)


def test_what_the_forecast_needs_is_one_subtotal_and_what_it_lacks_is_named() -> None:
    """R-201: preparation is needed for whatever is measured."""
    found = estimated("tempo", "onsets", "motion")
    part = found.forecast_part({"motion", "shots", "faces"})
    assert [line.name for line in part.lines] == [PREPARATION, "motion"]
    assert part.missing == ("faces", "shots")
    both = found[PREPARATION], found["motion"]
    assert part.total.kopecks == sum(line.most.kopecks for line in both)
    assert part.usually.kopecks == sum(line.usually.kopecks for line in both)
    assert part.seconds_p50 == sum(line.seconds_p50 for line in both)
    assert part.seconds_p90 == sum(line.seconds_p90 for line in both)
    assert part.total < found.total


def test_an_estimate_says_what_it_is_for_and_by_which_prices() -> None:
    found = estimated("tempo")
    resolved = a_profile("tempo").resolved(CATALOGUE)
    assert found.id == NUMBER
    assert found.price_list_version == 7
    assert found.size == MINUTE
    assert found.config_hash == resolved.config_hash(policies={"sampling": "1"})
    assert found.expires_at - found.created_at == timedelta(minutes=15)


def test_an_estimate_is_valid_until_it_expires_and_not_then() -> None:
    found = estimated("tempo")
    found.check_valid(NOON)
    found.check_valid(NOON + ESTIMATE_LIFETIME - timedelta(microseconds=1))
    for late in (ESTIMATE_LIFETIME, timedelta(days=1)):
        with pytest.raises(EstimateExpired):
            found.check_valid(NOON + late)


def test_what_was_processed_is_charged_by_the_prices_of_the_estimate() -> None:
    found = estimated("tempo", "motion")
    assert found.charge("tempo", 60.0, ComponentStatus.OK) == found["tempo"].usually
    # Half the units: 0.5 + 30 × 0.02 = 1.1 s, so 0.155 × 1.2.
    assert found.charge("tempo", 30.0, ComponentStatus.OK) == Credits(19)
    assert found.charge("tempo", 60.0, ComponentStatus.EMPTY) == Credits(10)
    assert found.charge("tempo", 60.0, ComponentStatus.OK, is_reused=True) == Credits(1)


@pytest.mark.parametrize(
    "status", [ComponentStatus.ERROR, ComponentStatus.SKIPPED, ComponentStatus.BLOCKED]
)
def test_what_did_not_succeed_costs_nothing(status: ComponentStatus) -> None:
    """R-604."""
    assert estimated("tempo").charge("tempo", 1e9, status) == Credits(0)


def there_already(*names: str) -> dict[str, KeptResult]:
    """Results of these components, each an hour older than the one before."""
    return {
        name: KeptResult(
            component=name,
            key=name,
            content="ab" * 32,
            run_id=RunId(UUID(int=number)),
            is_own=True,
            status=ComponentStatus.OK,
            measured_at=NOON - timedelta(hours=number),
        )
        for number, name in enumerate(names)
    }


def test_what_is_there_already_takes_no_time_and_costs_what_the_list_says() -> None:
    """R-603: the total stays the most that the run can cost, and what is held."""
    reused = there_already("onsets")
    found = PRICING.estimate(a_profile("tempo", "motion"), MINUTE, now=NOON, reused=reused)
    anew = estimated("tempo", "motion")
    line = found["onsets"]
    assert (line.most, line.usually) == (Credits(1), Credits(1))
    assert (line.seconds_p50, line.seconds_p90) == (0.0, 0.0)
    assert found.reused == reused
    assert not found.is_reused
    for name in (PREPARATION, "tempo", "motion"):
        assert found[name] == anew[name]
    saved = anew["onsets"].most.kopecks - 1
    assert found.hold.kopecks == found.total.kopecks == anew.total.kopecks - saved


def test_where_everything_is_there_nothing_is_prepared_either() -> None:
    reused = there_already("tempo", "onsets")
    found = PRICING.estimate(a_profile("tempo"), MINUTE, now=NOON, reused=reused)
    assert found.is_reused
    assert found.total == Credits(3)
    assert found.seconds_p90 == 0.0
    assert found.reused == reused
    assert found[PREPARATION].reused == reused["tempo"], "as the newest was prepared"


def test_what_was_promised_as_there_costs_no_more_when_it_had_to_be_measured() -> None:
    """An overrun is ours."""
    reused = there_already("tempo", "onsets")
    found = PRICING.estimate(a_profile("tempo"), MINUTE, now=NOON, reused=reused)
    assert found.charge("tempo", 60.0, ComponentStatus.OK) == Credits(1)
    assert found.charge(PREPARATION, 1e6, ComponentStatus.OK) == Credits(1)


def test_what_is_there_never_costs_more_than_measuring_it_again() -> None:
    dear = replace(PRICE, reused_price=Decimal(100))
    pricing = replace(PRICING, prices=PriceList(1, NOON, dict.fromkeys(COSTS, dear)))
    reused = there_already("onsets", "tempo")
    found = pricing.estimate(a_profile("tempo"), MINUTE, now=NOON, reused=reused)
    assert found.total == estimated("tempo", pricing=pricing).total


@pytest.mark.parametrize("status", [ComponentStatus.OK, ComponentStatus.EMPTY])
def test_an_empty_result_that_is_there_costs_the_same_as_any(status: ComponentStatus) -> None:
    assert estimated("tempo").charge("tempo", 60.0, status, is_reused=True) == Credits(1)


def test_an_empty_price_above_the_line_is_capped_too() -> None:
    dear = replace(PRICE, empty_price=Decimal(100), reused_price=Decimal(100))
    prices = PriceList(1, NOON, dict.fromkeys(COSTS, dear))
    found = estimated("tempo", pricing=replace(PRICING, prices=prices))
    assert found.charge("tempo", 60.0, ComponentStatus.EMPTY) == found["tempo"].most
    assert found.charge("tempo", 60.0, ComponentStatus.OK, is_reused=True) == found["tempo"].most


def test_a_name_without_a_line_is_nothing_that_could_be_charged() -> None:
    with pytest.raises(KeyError, match="motion"):
        estimated("tempo").charge("motion", 60.0, ComponentStatus.OK)


@given(st.floats(0, 1e7), st.sampled_from([PREPARATION, "motion", "onsets", "tempo"]))
def test_no_charge_exceeds_its_line(units: float, name: str) -> None:
    """R-603: the price shown is the most the run can cost, whatever it took."""
    found = estimated("tempo", "motion")
    charges = [found.charge(name, units, status) for status in ComponentStatus]
    assert max(charges) <= found[name].most


@given(st.tuples(st.floats(0, 1e5), st.floats(0, 1e5)))
def test_more_units_are_never_charged_less(pair: tuple[float, float]) -> None:
    found = estimated("tempo")
    less, more = (found.charge("tempo", units, ComponentStatus.OK) for units in sorted(pair))
    assert less <= more


@given(st.tuples(st.floats(5, 7200), st.floats(5, 7200)))
def test_a_longer_video_is_never_held_less(pair: tuple[float, float]) -> None:
    short, long = (
        estimated("tempo", "motion", size=replace(MINUTE, duration_s=seconds))
        for seconds in sorted(pair)
    )
    assert short.hold <= long.hold
    assert short.usually <= short.hold


def test_one_more_component_adds_its_line_and_changes_no_other() -> None:
    """A tick in the profile: the same pricing, no port in sight."""
    fewer, more = estimated("tempo"), estimated("tempo", "motion")
    assert set(more.lines) - set(fewer.lines) == {more["motion"]}
    assert more.hold.kopecks == fewer.hold.kopecks + more["motion"].most.kopecks


FEWER = {name: cost for name, cost in COSTS.items() if name != "motion"}


@pytest.mark.parametrize(
    "pricing",
    [
        replace(PRICING, costs=FEWER),
        replace(PRICING, prices=PriceList(1, NOON, dict.fromkeys(FEWER, PRICE))),
    ],
    ids=["never measured", "without a price"],
)
def test_what_was_never_measured_or_priced_is_not_estimated(pricing: Pricing) -> None:
    """R-602."""
    with pytest.raises(KeyError, match="motion"):
        estimated("motion", pricing=pricing)
