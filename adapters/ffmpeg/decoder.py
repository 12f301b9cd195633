"""Decoding a video once: analysis frames as a stream, detail frames and sound into files."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO

import numpy as np
from numpy.typing import NDArray

from adapters.ffmpeg.child import Child, Ended, started
from adapters.ffmpeg.confinement import Confinement, Errand
from adapters.ffmpeg.graph import Outlets, arguments, operations, sound_format
from adapters.ffmpeg.guards import Guards
from adapters.ffmpeg.moments import Moments, each_moment_us, read_moments, shown_times_s
from adapters.ffmpeg.sounds import finish_sound
from adapters.ffmpeg.stopped import finished
from adapters.ffmpeg.tools import Tools
from application.ports.video_files import Decoded, DecodedSound, DecodeRequest
from domain.component import SoundKind
from domain.video import ANALYSIS_RATE_HZ


@dataclass(frozen=True, slots=True)
class FfmpegVideoDecoder:
    """Decodes with one confined ffmpeg (port `VideoDecoder`). `on_end` is told how it ended."""

    tools: Tools
    confinement: Confinement
    guards: Guards = field(default_factory=Guards)
    on_end: Callable[[Ended], None] = lambda _: None

    @contextmanager
    def decode(self, request: DecodeRequest) -> Iterator["FfmpegDecoding"]:
        with ExitStack() as stack:
            renderings = _Renderings(request, stack)
            composed = arguments(
                request,
                url=self.confinement.url_of(request.file),
                outlets=renderings.outlets,
                guards=self.guards,
            )
            errand = Errand(
                program=self.tools.ffmpeg,
                arguments=composed,
                reads=request.file,
                timeout_s=request.timeout_s,
                guards=self.guards,
                writes=renderings.descriptors,
            )
            child = stack.enter_context(started(errand, self.confinement))
            yield FfmpegDecoding(self, request, renderings, child)


class _Renderings:
    """The files beside the analysis frames, open for the child for as long as the pass lasts."""

    def __init__(self, request: DecodeRequest, stack: ExitStack) -> None:
        folder = request.detail_file.parent
        self.moments: IO[bytes] = stack.enter_context(TemporaryFile(dir=folder))  # noqa: SIM115
        self.fields: IO[bytes] | None = None
        if request.video.interlaced:
            self.fields = stack.enter_context(TemporaryFile(dir=folder))  # noqa: SIM115
        self.detail: IO[bytes] | None = None
        if request.detail_indices:
            self.detail = stack.enter_context(request.detail_file.open("ab"))
        self.detail_start_bytes = self.detail.tell() if self.detail else 0
        wanted = request.sound_files if request.video.has_sound else {}
        self.sounds: dict[SoundKind, IO[bytes]] = {
            kind: stack.enter_context(file.open("wb")) for kind, file in wanted.items()
        }

    @property
    def outlets(self) -> Outlets:
        return Outlets(
            moments=self.moments.fileno(),
            fields=self.fields.fileno() if self.fields else None,
            detail=self.detail.fileno() if self.detail else None,
            sounds={kind: opened.fileno() for kind, opened in self.sounds.items()},
        )

    @property
    def files(self) -> tuple[IO[bytes], ...]:
        some = [file for file in (self.fields, self.detail) if file is not None]
        return (self.moments, *some, *self.sounds.values())

    @property
    def descriptors(self) -> tuple[int, ...]:
        return tuple(opened.fileno() for opened in self.files)


class FfmpegDecoding:
    """A pass under way (port `Decoding`)."""

    def __init__(
        self,
        decoder: FfmpegVideoDecoder,
        request: DecodeRequest,
        renderings: _Renderings,
        child: Child,
    ) -> None:
        self._decoder = decoder
        self._request = request
        self._renderings = renderings
        self._child = child
        self._decoded: Decoded | None = None

    def frames(self) -> Iterator[NDArray[np.uint8]]:
        width_px, height_px = self._request.analysis_size
        view = memoryview(bytearray(width_px * height_px * 3 // 2))
        planes = np.frombuffer(view, dtype=np.uint8).reshape(height_px * 3 // 2, width_px)
        count = 0
        while self._child.fill(view) == len(view):
            count += 1
            yield planes
        self._decoded = self._account(count)

    def result(self) -> Decoded:
        if self._decoded is None:
            raise RuntimeError("the account of a pass is known only after its last frame")
        return self._decoded

    def _account(self, frame_count: int) -> Decoded:
        request, video = self._request, self._request.video
        self._decoder.on_end(finished(self._child, self._renderings.files))
        moments = read_moments(self._renderings.moments, step_s=video.frame_step_s)
        complaints = self._child.complaints
        damaged = complaints.damaged_in(video.video_stream)
        return Decoded(
            picture_count=max(0, moments.count - damaged),
            duration_s=moments.duration_s,
            frame_count=frame_count,
            shown_s=shown_times_s(self._shown_us(), frame_count=frame_count),
            detail_count=self._detail_count(),
            error_count=complaints.errors + damaged,
            sounds=self._sounds(moments),
            operations=operations(request),
            confinement=self._decoder.confinement.describe(),
        )

    def _shown_us(self) -> Iterator[int]:
        """The moments of the pictures that were laid on the grid."""
        return each_moment_us(self._renderings.fields or self._renderings.moments)

    def _detail_count(self) -> int:
        if self._renderings.detail is None:
            return 0
        width_px, height_px = self._request.detail_size
        size_bytes = os.fstat(self._renderings.detail.fileno()).st_size
        written = size_bytes - self._renderings.detail_start_bytes
        return written // (width_px * height_px * 3 // 2)

    def _sounds(self, moments: Moments) -> dict[SoundKind, DecodedSound]:
        video = self._request.video
        # Never longer than what was asked for, whatever the clock of a hostile file does.
        longest_s = self._request.frame_count / ANALYSIS_RATE_HZ + 1
        late_s = moments.first_s - video.first_s if moments.count else 0.0
        late_s = max(-longest_s, min(late_s, longest_s))
        finished = {}
        for kind in self._renderings.sounds:
            rate_hz, channels = sound_format(video, kind)
            finished[kind] = finish_sound(
                self._request.sound_files[kind],
                rate_hz=rate_hz,
                channels=channels,
                duration_s=min(moments.duration_s, longest_s),
                late_s=late_s,
            )
        return finished
