"""Probing and decoding a clip whole, with everything that came out in memory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from adapters.ffmpeg.child import Ended
from adapters.ffmpeg.confinement import Confinement
from adapters.ffmpeg.decoder import FfmpegVideoDecoder
from adapters.ffmpeg.guards import Guards
from adapters.ffmpeg.probe import FfprobeVideoProbe
from adapters.ffmpeg.tools import Tools
from application.ports.video_files import Decoded, DecodeRequest, ProbedVideo
from domain.component import SoundKind
from domain.sampling import frame_count
from domain.video import analysis_size, detail_size

Planes = NDArray[np.uint8]
"""Frames of planar 4:2:0, shape (n, height * 3 // 2, width)."""


@dataclass(frozen=True)
class Whole:
    """Everything of one pass."""

    video: ProbedVideo
    request: DecodeRequest
    decoded: Decoded
    frames: Planes
    details: Planes
    sounds: Mapping[SoundKind, NDArray[np.float32]]

    @property
    def luma(self) -> Planes:
        return self.frames[:, : self.request.analysis_size[1]]

    @property
    def detail_luma(self) -> Planes:
        return self.details[:, : self.request.detail_size[1]]


@dataclass(frozen=True)
class Bench:
    """The adapters under test, with one confinement and one set of guards."""

    tools: Tools
    confinement: Confinement
    guards: Guards = field(default_factory=Guards)
    on_end: Callable[[Ended], None] = lambda _: None

    @property
    def probe(self) -> FfprobeVideoProbe:
        return FfprobeVideoProbe(self.tools, self.confinement, self.guards, self.on_end)

    @property
    def decoder(self) -> FfmpegVideoDecoder:
        return FfmpegVideoDecoder(self.tools, self.confinement, self.guards, self.on_end)

    def unconfined(self, guards: Guards) -> "Bench":
        """The same without the sandbox and with other guards: what a test takes away."""
        limits = Confinement(prlimit=self.tools.prlimit)
        return Bench(self.tools, limits, guards, self.on_end)

    def request(
        self,
        file: Path,
        folder: Path,
        *,
        detail_indices: tuple[int, ...] = (),
        timeout_s: float = 60.0,
    ) -> DecodeRequest:
        probed = self.probe.probe(file)
        shown = probed.shown_width_px, probed.shown_height_px
        sounds = {kind: folder / f"{kind}.f32" for kind in SoundKind}
        return DecodeRequest(
            file=file,
            video=probed,
            frame_count=frame_count(probed.duration_s),
            analysis_size=analysis_size(*shown),
            detail_size=detail_size(*shown),
            detail_indices=detail_indices,
            detail_file=folder / "detail.yuv",
            sound_files=sounds if probed.has_sound else {},
            timeout_s=timeout_s,
        )

    def decode(self, file: Path, *, detail_indices: tuple[int, ...] = ()) -> Whole:
        with TemporaryDirectory() as folder:
            request = self.request(file, Path(folder), detail_indices=detail_indices)
            with self.decoder.decode(request) as decoding:
                frames = [planes.copy() for planes in decoding.frames()]
                decoded = decoding.result()
            return Whole(
                video=request.video,
                request=request,
                decoded=decoded,
                frames=_stacked(frames, request.analysis_size),
                details=_details(request),
                sounds={kind: _sound(request, decoded, kind) for kind in decoded.sounds},
            )


def _stacked(frames: list[Planes], size: tuple[int, int]) -> Planes:
    width_px, height_px = size
    empty = np.empty((0, height_px * 3 // 2, width_px), dtype=np.uint8)
    return np.stack(frames) if frames else empty


def _details(request: DecodeRequest) -> Planes:
    width_px, height_px = request.detail_size
    written = request.detail_file.read_bytes() if request.detail_indices else b""
    return np.frombuffer(written, dtype=np.uint8).reshape(-1, height_px * 3 // 2, width_px)


def _sound(request: DecodeRequest, decoded: Decoded, kind: SoundKind) -> NDArray[np.float32]:
    samples = np.frombuffer(request.sound_files[kind].read_bytes(), dtype="<f4")
    shaped = samples.reshape(-1, decoded.sounds[kind].channels)
    assert len(shaped) == decoded.sounds[kind].sample_count
    return shaped
