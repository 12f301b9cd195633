"""Transitions of real clips against labels made by eye."""

import pytest

from adapters.components.visual.shots import COMPONENT
from tests.components.clips import OpenClip
from tests.components.films import GRID_S, f1
from tests.components.inputs import measured

LABELLED = {
    "real/fast_cuts_04s.mp4": [0.4 * k for k in range(1, 30)],
    "real/ru_slides_speech.mp4": [4.25, 8.5, 12.75],
    "real/en_slides_tts.webm": [3.0, 6.0, 9.0],
    "real/anim_bbb_30s.webm": [11.83, 15.67, 23.0],
    "real/anim_chrome_ad.webm": [7.42, 9.33, 10.58],
    "real/vertical_conf_crowd.mp4": [2.25],
    "real/multi_stream_nasa.mp4": [5.5, 8.08],
}


@pytest.mark.parametrize("name", LABELLED)
def test_cuts_of_labelled_clips_are_found(clip: OpenClip, name: str) -> None:
    found = measured(COMPONENT, clip(name).picture_inputs(COMPONENT)).arrays

    assert f1(found["cut_times_s"], LABELLED[name], within_s=GRID_S) >= 0.85


def test_the_joins_of_a_labelled_clip_are_found_with_their_kinds(clip: OpenClip) -> None:
    found = measured(COMPONENT, clip("real/fades_dissolves.mp4").picture_inputs(COMPONENT)).arrays

    assert found["transition_kinds"].tolist() == ["dissolve", "fade", "fade"]
    assert f1(found["cut_times_s"], [3.5, 6.5, 9.5], within_s=0.5) >= 0.8
    assert found["opening_fade_s"] > 0.4
    assert found["closing_fade_s"] > 0.4


@pytest.mark.slow
def test_the_slides_of_a_long_lecture_are_found(clip: OpenClip) -> None:
    found = measured(COMPONENT, clip("real/lecture_5min.mp4").picture_inputs(COMPONENT)).arrays

    assert f1(found["cut_times_s"], [30.0 * k for k in range(1, 10)], within_s=GRID_S) >= 0.85


@pytest.mark.parametrize(
    "name",
    [
        *("real/static_image_jfk.mp4", "real/surveil_street.avi", "real/surveil_bottles.mp4"),
        *("real/talk_en_hill.mp4", "real/face_man_dark.mp4", "real/hdr10_av1_portrait.mp4"),
        *("real/face_chromakey_60fps.mp4", "real/sport_juggle_silent.mp4"),
        *("bad/noise_video_audio.mp4", "bad/strobe_flash.mp4"),
    ],
)
def test_clips_of_one_shot_have_no_cut(clip: OpenClip, name: str) -> None:
    found = measured(COMPONENT, clip(name).picture_inputs(COMPONENT)).arrays

    assert found["cut_times_s"].tolist() == []
