"""Shared clips as components see them: 12 fps planes and sound, decoded once per test session."""

import json
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from application.ports.components import Arrays, Component, Inputs
from domain.component import SoundKind
from tests.components.inputs import planes_inputs, sound_inputs
from tests.outside import require

Samples = tuple[NDArray[np.float32], int]
"""Samples of shape (n, channels) and their rate."""

_SHORT_SIDE_PX = 320
_ORIGINAL_RATE_HZ = 48_000


@dataclass(frozen=True)
class Clip:
    """One decoded clip: frames of 4:2:0 planes on disk, and its sound when it has any."""

    source: Path
    folder: Path
    longest_s: float | None = None
    short_side_px: int = _SHORT_SIDE_PX

    @cached_property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the frames by their short side, both even."""
        command = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-of", "json"]
        entries = "stream=width,height,sample_aspect_ratio:stream_side_data=rotation"
        shown = subprocess.check_output([*command, "-show_entries", entries, str(self.source)])
        stream = json.loads(shown)["streams"][0]
        across, down = (int(p) for p in stream.get("sample_aspect_ratio", "1:1").split(":"))
        width, height = (
            stream["width"] * (across / down if across and down else 1),
            stream["height"],
        )
        turned = [abs(int(data.get("rotation", 0))) for data in stream.get("side_data_list", [])]
        if any(turn % 180 == 90 for turn in turned):
            width, height = height, width
        scale = self.short_side_px / min(width, height)
        return 2 * round(width * scale / 2), 2 * round(height * scale / 2)

    @cached_property
    def planes(self) -> NDArray[np.uint8]:
        """Every 12 fps frame, shape (n, height * 3 // 2, width), BT.601 limited range."""
        width_px, height_px = self.size_px
        scale = f"scale={width_px}:{height_px}:out_color_matrix=bt601:out_range=limited"
        graph = f"fps=12:start_time=0,{scale},setsar=1"
        file = self.folder / f"{self.source.name}.yuv"
        self._run("-map", "0:v:0", "-vf", graph, "-pix_fmt", "yuv420p", "-f", "rawvideo", str(file))
        return np.memmap(file, dtype=np.uint8, mode="r").reshape(-1, height_px * 3 // 2, width_px)

    @cached_property
    def sounds(self) -> Mapping[SoundKind, Samples]:
        """The sound in each of its renderings; empty when the clip has none."""
        command = ["ffprobe", "-v", "error", "-select_streams", "a:0", "-of", "json"]
        shown = subprocess.check_output([*command, "-show_streams", str(self.source)])
        streams = json.loads(shown)["streams"]
        if not streams:
            return {}
        rate_hz = min(int(streams[0]["sample_rate"]), _ORIGINAL_RATE_HZ)
        return {
            SoundKind.ORIGINAL: self._sound("original", rate_hz, int(streams[0]["channels"])),
            SoundKind.MUSIC: self._sound("music", 22_050, 1),
            SoundKind.SPEECH: self._sound("speech", 16_000, 1),
        }

    def picture_inputs(
        self, component: Component, *, artifacts: Mapping[str, Arrays] | None = None
    ) -> Inputs:
        return planes_inputs(component, self.planes, artifacts=artifacts)

    def sound_inputs(
        self, component: Component, *, artifacts: Mapping[str, Arrays] | None = None
    ) -> Inputs:
        return sound_inputs(component, self.sounds, artifacts=artifacts)

    def _sound(self, name: str, rate_hz: int, channels: int) -> Samples:
        file = self.folder / f"{self.source.name}.{name}.f32"
        form = ("-ar", str(rate_hz), "-ac", str(channels), "-f", "f32le")
        self._run("-map", "0:a:0", *form, str(file))
        return np.fromfile(file, dtype="<f4").reshape(-1, channels), rate_hz

    def _run(self, *output: str) -> None:
        length = () if self.longest_s is None else ("-t", str(self.longest_s))
        command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(self.source), *length]
        subprocess.run([*command, *output], check=True)


OpenClip = Callable[..., Clip]


@pytest.fixture(scope="session")
def clip(shared_media: Path, tmp_path_factory: pytest.TempPathFactory) -> OpenClip:
    """Opens a shared clip: `clip("real/fast_cuts_04s.mp4")`, `clip("...", longest_s=60)`."""
    require("ffmpeg")
    opened: dict[tuple[str, float | None, int], Clip] = {}

    def opener(
        name: str, *, longest_s: float | None = None, short_side_px: int = _SHORT_SIDE_PX
    ) -> Clip:
        key = (name, longest_s, short_side_px)
        if key not in opened:
            folder = tmp_path_factory.mktemp("clip")
            opened[key] = Clip(shared_media / name, folder, longest_s, short_side_px)
        return opened[key]

    return opener
