"""Every reader of videos keeps the contract of its ports: ffmpeg's, and the one of made videos."""

from pathlib import Path

import numpy as np
import pytest

from adapters.ffmpeg.confinement import Confinement
from adapters.ffmpeg.decoder import FfmpegVideoDecoder
from adapters.ffmpeg.probe import FfprobeVideoProbe
from adapters.ffmpeg.tools import Tools
from adapters.memory.video_files import MadeVideo, MemoryVideoDecoder, MemoryVideoProbe
from tests.adapters.ffmpeg.made import H264, Sound, encode
from tests.contracts.video_files import (
    DURATION_S,
    HEIGHT_PX,
    RATE_HZ,
    WIDTH_PX,
    Readers,
    VideoFilesContract,
)
from tests.outside import require


class TestMadeVideos(VideoFilesContract):
    @pytest.fixture
    def readers(self) -> Readers:
        return Readers(MemoryVideoProbe(), MemoryVideoDecoder())

    def make(self, file: Path, *, has_sound: bool) -> Path:
        made = MadeVideo(
            duration_s=DURATION_S,
            frame_rate_hz=RATE_HZ,
            width_px=WIDTH_PX,
            height_px=HEIGHT_PX,
            has_sound=has_sound,
        )
        return made.write(file)


class TestFfmpeg(VideoFilesContract):
    @pytest.fixture
    def readers(self) -> Readers:
        require("ffprobe")
        tools = Tools.find()
        confinement = Confinement.best(tools)
        return Readers(
            FfprobeVideoProbe(tools, confinement), FfmpegVideoDecoder(tools, confinement)
        )

    def make(self, file: Path, *, has_sound: bool) -> Path:
        count = round(DURATION_S * RATE_HZ)
        shades = np.linspace(20, 230, count).astype(np.uint8)
        pictures = [np.full((HEIGHT_PX, WIDTH_PX), shade, dtype=np.uint8) for shade in shades]
        times_s = np.arange(round(DURATION_S * 48_000)) / 48_000
        tone = 0.25 * np.sin(2 * np.pi * 440 * times_s).astype(np.float32)
        sound = Sound(np.stack([tone, tone], axis=1)) if has_sound else None
        return encode(file, pictures, *H264, "-c:a", "aac", rate_hz=RATE_HZ, sound=sound)
