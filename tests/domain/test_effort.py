"""The time of a run is a sum of measured lines, a component each and preparation (R-603)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.canonical import JsonValue
from domain.catalogue import Catalogue
from domain.component import ComponentSpec, Cost, FrameBudget
from domain.effort import PREPARATION, CostModel, effort, units
from domain.video import Metadata
from domain.video_size import STREAMED_MEGAPIXELS, VideoSize
from tests.builders import a_profile, a_spec

SIZE = VideoSize(
    duration_s=60.0, width_px=1920, height_px=1080, frame_rate_hz=30.0, text_characters=120
)
BUDGET = FrameBudget(10, 200, 500)
CATALOGUE = Catalogue(
    [
        a_spec("tempo", needs=("onsets",), cost=Cost.SOUND_SECONDS),
        a_spec("onsets", cost=Cost.SOUND_SECONDS),
        a_spec("motion", cost=Cost.FRAMES),
    ]
)
COSTS = {
    PREPARATION: CostModel(1.0, 0.001),
    "tempo": CostModel(0.5, 0.02),
    "onsets": CostModel(0.25, 0.01),
    "motion": CostModel(0.0, 0.005),
}


@pytest.mark.parametrize(
    ("spec", "amount"),
    [
        (a_spec(cost=Cost.VIDEO_SECONDS), 60.0),
        (a_spec(cost=Cost.SOUND_SECONDS), 60.0),
        (a_spec(cost=Cost.CHARACTERS), 120.0),
        (a_spec(cost=Cost.FRAMES), 720.0),
        (a_spec(cost=Cost.FRAMES, frames=BUDGET), 200.0),
        (a_spec(cost=Cost.FRAMES, detail=BUDGET), 200.0),
    ],
)
def test_units_are_what_the_seconds_follow(spec: ComponentSpec, amount: float) -> None:
    assert units(spec, SIZE) == amount


def test_effort_lists_preparation_and_each_component_in_order() -> None:
    found = effort(a_profile("tempo", "onsets", "motion"), CATALOGUE, COSTS, SIZE)
    seconds = {line.name: line.seconds for line in found.lines}
    decoded_megapixels = 1920 * 1080 * 30 * 60 / 1e6
    amount = decoded_megapixels + STREAMED_MEGAPIXELS * 12 * 60
    assert list(seconds) == [PREPARATION, "motion", "onsets", "tempo"]
    assert seconds == pytest.approx(
        {
            PREPARATION: 1 + 0.001 * amount,
            "motion": 720 * 0.005,
            "onsets": 0.25 + 0.6,
            "tempo": 0.5 + 1.2,
        }
    )
    assert found.seconds == pytest.approx(sum(seconds.values()))
    assert found.seconds_of("tempo") == seconds["tempo"]
    assert found.seconds_of("ghost") == 0


def test_a_size_is_read_from_what_the_manifest_says_of_the_source() -> None:
    told = Metadata(title="Ночь", description="twelve chars")
    source: dict[str, JsonValue] = {"shown_size": [1280, 720], "frame_rate_hz": 25}
    assert VideoSize.of(told, 9.5, source) == VideoSize(9.5, 1280, 720, 25.0, 16)
    assert VideoSize.of(Metadata(), 9.5, source).text_characters == 0


@pytest.mark.parametrize("harm", [{"shown_size": "1280x720"}, {"frame_rate_hz": None}])
def test_facts_of_another_version_are_told(harm: dict[str, JsonValue]) -> None:
    source: dict[str, JsonValue] = {"shown_size": [1280, 720], "frame_rate_hz": 25, **harm}
    with pytest.raises(TypeError, match="this version"):
        VideoSize.of(Metadata(), 9.5, source)


def test_what_was_never_measured_is_not_estimated() -> None:
    """R-602."""
    with pytest.raises(KeyError, match="tempo"):
        effort(a_profile("tempo"), CATALOGUE, {PREPARATION: CostModel(0, 0)}, SIZE)


@given(st.floats(5, 1200), st.floats(5, 1200))
def test_a_longer_video_never_takes_less(one_s: float, other_s: float) -> None:
    short, long = (
        effort(a_profile("tempo", "motion"), CATALOGUE, COSTS, VideoSize(s, 640, 360, 30.0))
        for s in sorted((one_s, other_s))
    )
    assert short.seconds <= long.seconds


@pytest.mark.parametrize("costs", [(-0.1, 0.0), (0.0, -0.1), (float("nan"), 0.0)])
def test_time_is_never_negative(costs: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="never negative"):
        CostModel(*costs)


@pytest.mark.parametrize("factor", [0.0, 0.99, float("nan"), float("inf")])
def test_nine_of_ten_take_no_less_than_half_of_them(factor: float) -> None:
    with pytest.raises(ValueError, match="nine of ten"):
        CostModel(1.0, 0.1, p90_factor=factor)


def test_a_model_tells_what_half_and_nine_of_ten_stay_under() -> None:
    model = CostModel(1.0, 0.1, p90_factor=1.5, gpu_a_s=2.0, gpu_b_s_per_unit=0.2)
    assert (model.seconds(10), model.seconds_p90(10)) == (2.0, 3.0)
    assert (model.gpu_seconds(10), model.gpu_seconds_p90(10)) == (4.0, 6.0)
