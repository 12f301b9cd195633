"""content_safety: what is known to be fit for all, and that the figures are the model's own."""

from dataclasses import replace

import numpy as np
import pytest

from adapters.components.visual.content_safety import COMPONENT
from adapters.memory.inference import MadeModel, MemoryInference
from application.ports.components import Arrays
from domain.served_model import ServedModel
from tests.components.clips import OpenClip
from tests.components.drawings import flat
from tests.components.inputs import measured, picture_inputs
from tests.components.portraits import astronaut, cat, cup, framed
from tests.components.served import Ask


def test_portraits_cats_and_cups_are_fit_for_all(asked: Ask) -> None:
    shown = [framed(picture) for picture in (astronaut(), cat(), cup())]
    found = asked(COMPONENT, picture_inputs(COMPONENT, shown)).arrays

    assert found["probability"].max() < 0.1
    assert found["unfit_share"] == 0.0


@pytest.mark.parametrize("level", [0, 110, 255])
def test_one_flat_frame_is_measured_and_fit(asked: Ask, level: int) -> None:
    found = asked(COMPONENT, picture_inputs(COMPONENT, [flat(level)])).arrays

    assert found["probability"].shape == (1,)
    assert found["unfit_share"] == 0.0


def test_unfit_frames_are_told_where_they_stand() -> None:
    """A model that finds a picture as unfit as it is bright: grey to 4 s, white to 5 s, grey."""

    def told(given: Arrays) -> Arrays:
        unfit = given["frame"].mean(axis=(1, 2, 3)).astype(np.float32) / 255
        return {"probabilities": np.stack([1 - unfit, unfit], axis=1)}

    model = ServedModel(name="open_nsfw", version="1", weights_sha256="ab" * 32, engine="made")
    made = MadeModel(served=model, inputs={"frame": ((224, 224, 3), "uint8")}, compute=told)
    shown = [flat(60)] * 48 + [flat(250)] * 12 + [flat(60)] * 60
    inputs = picture_inputs(COMPONENT, shown)
    found = measured(COMPONENT, replace(inputs, inference=MemoryInference({"open_nsfw": made})))

    assert found.arrays["unfit_share"] == pytest.approx(0.1, abs=0.01)
    assert found.arrays["highest_at_s"] == pytest.approx(4.5, abs=0.6)
    assert found.arrays["highest_probability"] == pytest.approx(250 / 255, abs=0.02)


@pytest.mark.slow
@pytest.mark.requires("shared_media")
@pytest.mark.parametrize("name", ["talk_en_hill.mp4", "hands_coffee.mp4", "anim_bbb_vp9_sar.mp4"])
def test_real_clips_are_fit_for_all(clip: OpenClip, asked: Ask, name: str) -> None:
    found = asked(COMPONENT, clip(f"real/{name}", longest_s=2).picture_inputs(COMPONENT)).arrays

    assert found["highest_probability"] < 0.5
