"""What every probe and decoder of videos must do; subclass and say how a video is made."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from application.ports.video_files import Decoded, DecodeRequest, VideoDecoder, VideoProbe
from domain.component import SoundKind
from domain.errors import UnsupportedInput
from domain.sampling import frame_count
from domain.video import analysis_size, detail_size

DURATION_S = 3.0
RATE_HZ = 25.0
WIDTH_PX, HEIGHT_PX = 320, 180
DETAILS = (0, 11, 35)


@dataclass(frozen=True)
class Readers:
    """A probe and a decoder that understand the same files."""

    probe: VideoProbe
    decoder: VideoDecoder


class VideoFilesContract(ABC):
    """Ports `VideoProbe` and `VideoDecoder`."""

    @pytest.fixture
    @abstractmethod
    def readers(self) -> Readers: ...

    @abstractmethod
    def make(self, file: Path, *, has_sound: bool) -> Path:
        """A video of `DURATION_S` at `RATE_HZ`, `WIDTH_PX` by `HEIGHT_PX`."""

    @pytest.fixture
    def video(self, tmp_path: Path) -> Path:
        return self.make(tmp_path / "video.mp4", has_sound=True)

    @pytest.fixture
    def silent_video(self, tmp_path: Path) -> Path:
        return self.make(tmp_path / "silent.mp4", has_sound=False)

    def test_a_probe_sees_size_length_and_pictures(self, readers: Readers, video: Path) -> None:
        probed = readers.probe.probe(video)
        assert (probed.shown_width_px, probed.shown_height_px) == (WIDTH_PX, HEIGHT_PX)
        assert probed.duration_s == pytest.approx(DURATION_S, abs=0.002)
        assert probed.frame_step_s == pytest.approx(1 / RATE_HZ, abs=0.001)
        assert probed.picture_count == round(DURATION_S * RATE_HZ)
        assert probed.size_bytes == video.stat().st_size

    def test_a_probe_sees_whether_there_is_sound(
        self, readers: Readers, video: Path, silent_video: Path
    ) -> None:
        assert readers.probe.probe(video).has_sound
        assert not readers.probe.probe(silent_video).has_sound

    def test_what_is_no_video_is_refused(self, readers: Readers, tmp_path: Path) -> None:
        file = tmp_path / "text.mp4"
        file.write_text("not a video", encoding="utf-8")
        with pytest.raises(UnsupportedInput):
            readers.probe.probe(file)

    def test_frames_come_on_the_grid_in_their_shape(
        self, readers: Readers, video: Path, tmp_path: Path
    ) -> None:
        frames, decoded, request = _decode(readers, video, tmp_path)
        width_px, height_px = request.analysis_size
        assert len(frames) == decoded.frame_count == frame_count(DURATION_S)
        assert {frame.shape for frame in frames} == {(height_px * 3 // 2, width_px)}
        assert {frame.dtype for frame in frames} == {np.dtype(np.uint8)}

    def test_the_account_says_what_was_decoded(
        self, readers: Readers, video: Path, tmp_path: Path
    ) -> None:
        _, decoded, _ = _decode(readers, video, tmp_path)
        assert decoded.picture_count == round(DURATION_S * RATE_HZ)
        assert decoded.duration_s == pytest.approx(DURATION_S, abs=0.002)
        assert decoded.error_count == 0
        late_s = [index / 12 - shown_s for index, shown_s in enumerate(decoded.shown_s)]
        assert len(late_s) == decoded.frame_count
        assert min(late_s) >= -0.002
        assert max(late_s) < 1 / RATE_HZ
        assert decoded.operations
        assert decoded.confinement

    def test_detail_frames_are_written_as_they_were_asked_for(
        self, readers: Readers, video: Path, tmp_path: Path
    ) -> None:
        _, decoded, request = _decode(readers, video, tmp_path)
        width_px, height_px = request.detail_size
        assert decoded.detail_count == len(DETAILS)
        written = request.detail_file.stat().st_size
        assert written == len(DETAILS) * width_px * height_px * 3 // 2

    def test_each_sound_is_as_long_as_the_picture(
        self, readers: Readers, video: Path, tmp_path: Path
    ) -> None:
        _, decoded, request = _decode(readers, video, tmp_path)
        assert set(decoded.sounds) == set(SoundKind)
        for kind, sound in decoded.sounds.items():
            assert sound.sample_count == round(DURATION_S * sound.rate_hz)
            written = request.sound_files[kind].stat().st_size
            assert written == sound.sample_count * sound.channels * 4
        assert decoded.sounds[SoundKind.MUSIC].rate_hz == 22_050
        assert decoded.sounds[SoundKind.SPEECH].rate_hz == 16_000

    def test_a_video_without_sound_has_none(
        self, readers: Readers, silent_video: Path, tmp_path: Path
    ) -> None:
        """R-404."""
        _, decoded, _ = _decode(readers, silent_video, tmp_path)
        assert decoded.sounds == {}

    def test_no_more_frames_come_than_were_asked_for(
        self, readers: Readers, video: Path, tmp_path: Path
    ) -> None:
        request = replace(_request(readers, video, tmp_path), frame_count=7, detail_indices=(2,))
        with readers.decoder.decode(request) as decoding:
            assert sum(1 for _ in decoding.frames()) == 7
            assert decoding.result().detail_count == 1

    def test_every_run_gives_equal_bytes(
        self, readers: Readers, video: Path, tmp_path: Path
    ) -> None:
        first, second = tmp_path / "1", tmp_path / "2"
        first.mkdir()
        second.mkdir()
        frames, decoded, _ = _decode(readers, video, first)
        again, decoded_again, _ = _decode(readers, video, second)
        assert decoded == decoded_again
        np.testing.assert_array_equal(frames, again)
        names = sorted(file.name for file in first.iterdir())
        assert names == sorted(file.name for file in second.iterdir())
        for name in names:
            assert (first / name).read_bytes() == (second / name).read_bytes()


def _request(readers: Readers, file: Path, folder: Path) -> DecodeRequest:
    probed = readers.probe.probe(file)
    shown = probed.shown_width_px, probed.shown_height_px
    return DecodeRequest(
        file=file,
        video=probed,
        frame_count=frame_count(probed.duration_s),
        analysis_size=analysis_size(*shown),
        detail_size=detail_size(*shown),
        detail_indices=DETAILS,
        detail_file=folder / "detail.yuv",
        sound_files={k: folder / f"{k}.f32" for k in SoundKind} if probed.has_sound else {},
        timeout_s=60.0,
    )


def _decode(
    readers: Readers, file: Path, folder: Path
) -> tuple[list[NDArray[np.uint8]], Decoded, DecodeRequest]:
    request = _request(readers, file, folder)
    with readers.decoder.decode(request) as decoding:
        frames = [planes.copy() for planes in decoding.frames()]
        return frames, decoding.result(), request
