"""The computed cards of the made page."""

import numpy as np
from numpy.typing import NDArray

from application.ports.reports import ReportCard
from domain.component import Kind, Modality
from domain.schema import Drawing, Unit
from tests.report.made import a_card, an_array


def computed(duration_s: float) -> tuple[ReportCard, ...]:
    return _key_frames(key_times(duration_s)), _sound_picture_sync()


def _key_frames(at: NDArray[np.float64]) -> ReportCard:
    return a_card(
        "key_frames",
        Modality.VISUAL,
        (
            an_array(
                "frame_indices",
                np.round(at * 12).astype(np.int64),
                Drawing.HIDDEN,
                axes=("frames",),
                unit=Unit.FRAME_INDEX,
            ),
            an_array(
                "times_s",
                at,
                Drawing.KEY_FRAMES,
                "Key frames",
                "Ключевые кадры",
                "Frames that stand for their shots.",
                "Кадры, представляющие свои планы.",
                axes=("frames",),
                unit=Unit.SECONDS,
            ),
            an_array(
                "reasons", np.array(["sharp", "bright"] * 5), Drawing.HIDDEN, axes=("frames",)
            ),
        ),
        said=(
            "Key frames",
            "Ключевые кадры",
            "Frames that tell the story, candidates for a thumbnail.",
            "Кадры, по которым понятен сюжет; кандидаты на обложку.",
        ),
        kind=str(Kind.COMPUTED),
    )


def _sound_picture_sync() -> ReportCard:
    return a_card(
        "sound_picture_sync",
        Modality.VISUAL,
        (
            an_array(
                "cuts_on_beat_s",
                np.empty(0),
                Drawing.MARKS,
                "Cuts on the beat",
                "Склейки в долю",
                "Cuts within a tenth of a second of a beat.",
                "Склейки не дальше десятой секунды от удара.",
                unit=Unit.SECONDS,
            ),
        ),
        said=(
            "Sound and picture",
            "Звук и картинка",
            "Whether cuts keep to the beat.",
            "Попадают ли склейки в такт.",
        ),
        kind=str(Kind.COMPUTED),
        notes=["no cut lies on a beat"],
    )


def key_times(duration_s: float) -> NDArray[np.float64]:
    times_s: NDArray[np.float64] = np.round((np.arange(10) + 0.45) / 10 * duration_s * 12) / 12
    return times_s
