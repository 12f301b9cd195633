"""The check of estimates against facts tells a good estimate from one that knows nothing."""

import random

import pytest

from domain.effort import CostModel
from tests.accuracy import Clip, Line, held_out, shuffled

MODELS = {
    "preparation": CostModel(0.5, 0.004),
    "loudness": CostModel(0.03, 0.006),
    "saliency": CostModel(0.1, 0.02),
    "title_style": CostModel(0.004, 0.0),
}
GOAL = 0.2


def clips(*, noise: float, seed: int = 1) -> list[Clip]:
    """Forty clips of many lengths and sizes, whose times miss their lines by up to `noise`."""
    dice = random.Random(seed)
    found = []
    for number in range(40):
        seconds = dice.uniform(5, 300)
        megapixels = seconds * 25 * dice.choice([0.23, 0.92, 2.07])
        units = {"preparation": megapixels, "loudness": seconds, "saliency": 2 * seconds}
        lines = {
            name: Line(amount, MODELS[name].seconds(amount) * dice.uniform(1 - noise, 1 + noise))
            for name, amount in {**units, "title_style": 40.0}.items()
        }
        found.append(Clip(f"clip {number}", lines))
    return found


@pytest.mark.parametrize("noise", [0.0, 0.1, 0.2])
def test_times_that_follow_their_units_pass(noise: float) -> None:
    found = held_out(clips(noise=noise))
    assert found.median <= noise / 2 + 0.01
    assert found.by_component[found.worst_component] <= noise
    assert found.above_p90 <= 0.1


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_units_fail(seed: int) -> None:
    """The planted harm: each clip is foretold by another's size and length."""
    found = held_out(shuffled(clips(noise=0.1), seed=seed))
    assert found.median > 1.5 * GOAL


def test_a_clip_is_foretold_by_the_others_alone() -> None:
    """One clip that took ten times as long is missed by nine tenths, though it was measured."""
    first, *others = clips(noise=0.0)
    slow = {name: Line(line.units, 10 * line.seconds) for name, line in first.lines.items()}
    found = held_out([Clip("slow", slow), *others])
    assert found.by_clip["slow"] == pytest.approx(0.9, abs=0.01)
    assert found.median == pytest.approx(0.0, abs=0.01)


def test_the_worst_component_is_named() -> None:
    dice = random.Random(3)
    harmed = [
        Clip(
            clip.name,
            {
                **clip.lines,
                "loudness": Line(clip.lines["loudness"].units, dice.uniform(0.01, 9.0)),
            },
        )
        for clip in clips(noise=0.05)
    ]
    found = held_out(harmed)
    assert found.worst_component == "loudness"
    assert found.by_component["loudness"] > 1.5 * GOAL
