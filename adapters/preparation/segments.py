"""Prepared material in the run's folder: complete after one rename, or not there at all."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.preparation import record, spectra
from adapters.preparation.frames import FileFrames
from adapters.preparation.sound import FileSound
from adapters.preparation.stream import FrameStream, SharedFrame
from application.ports.components import Arrays, Inputs
from application.ports.orders import MeasureOrder
from application.ports.segments import Segmentation
from application.ports.stored_frames import UnionFrames
from application.ports.video_files import DecodedSound
from application.told_comments import comments_in
from domain.component import ComponentSpec, SoundKind
from domain.identity import RunId
from domain.video import Metadata
from domain.video_size import VideoSize

_JPEG_QUALITY = 82


class FolderSegments:
    """Segment stages on the worker's disk (port `Segments`), one folder a run.

    `folder_of` gives the run's workspace. A draft is written beside and renamed when it is whole,
    so a killed stage leaves nothing that is taken for a result (hardening case 18).
    """

    def __init__(self, folder_of: Callable[[RunId], Path]) -> None:
        self._folder_of = folder_of

    @contextmanager
    def draft(self, run_id: RunId) -> Iterator["FolderDraft"]:
        root = self._folder_of(run_id)
        for left in root.glob("segment.*.part"):
            shutil.rmtree(left, ignore_errors=True)
        folder = root / f"segment.{uuid4().hex}.part"
        folder.mkdir()
        draft = FolderDraft(folder, root / "segment")
        try:
            yield draft
        finally:
            draft.close()
            shutil.rmtree(folder, ignore_errors=True)

    def load(self, run_id: RunId) -> Segmentation | None:
        return record.read(self._folder_of(run_id) / "segment" / "record.json")

    def inputs(self, order: MeasureOrder, spec: ComponentSpec, *, block_s: float) -> Inputs:
        folder = self._folder_of(order.run_id) / "segment"
        done = self._done(order.run_id)
        spectrum = None
        if spec.spectra and done.has_spectra:
            rate_hz = done.sounds[SoundKind.MUSIC].rate_hz
            columns = max(1, int(block_s * rate_hz / spectra.HOP))
            spectrum = spectra.FileSpectra(
                folder / "spectra.f32", rate_hz=rate_hz, block_columns=columns
            )
        return Inputs(
            timeline=done.timeline,
            metadata=_metadata(self._folder_of(order.run_id), order, spec),
            parameters=order.parameters,
            observed=_observed(folder, spec.name) if spec.streams else {},
            frames=_frames(folder, done, spec.name),
            detail=_detail(folder, done, spec.name),
            sounds={k: _sound(folder, k, done.sounds[k], block_s) for k in spec.sounds},
            spectra=spectrum,
            artifacts=order.artifacts,
            size=_size(done),
        )

    def union(self, run_id: RunId) -> UnionFrames:
        done = self._done(run_id)
        file = self._folder_of(run_id) / "segment" / "frames.yuv"
        size = (done.timeline.width_px, done.timeline.height_px)
        return UnionFrames(file, size, done.plan.union)

    def jpegs(self, run_id: RunId, indices: tuple[int, ...]) -> tuple[bytes, ...]:
        union = self.union(run_id)
        rows = {index: row for row, index in enumerate(union.indices)}
        chosen = [rows[index] for index in indices]
        frames = FileFrames(union.file, size=union.size, rows=chosen, indices=indices)
        return tuple(_jpeg(picture) for picture in frames.rgb())

    def _done(self, run_id: RunId) -> Segmentation:
        done = self.load(run_id)
        if done is None:
            raise RuntimeError("the segment stage of this run has no record")
        return done


class FolderDraft:
    """A segment stage under way (port `SegmentDraft`)."""

    def __init__(self, folder: Path, final: Path) -> None:
        self._folder = folder
        self._final = final
        self._stream = FrameStream()
        self._frames = (folder / "frames.yuv").open("wb")
        self._spectra_made = 0

    @property
    def detail_file(self) -> Path:
        return self._folder / "detail.yuv"

    def sound_file(self, kind: SoundKind) -> Path:
        return self._folder / f"{kind}.f32"

    def frame(self, index: int, planes: NDArray[np.uint8]) -> SharedFrame:
        return self._stream.frame(index, planes)

    def keep(self, planes: NDArray[np.uint8]) -> None:
        self._frames.write(planes.tobytes())

    def make_spectra(self, sound: DecodedSound) -> None:
        source = FileSound(
            self.sound_file(SoundKind.MUSIC), rate_hz=sound.rate_hz, channels=sound.channels
        )
        with (self._folder / "spectra.f32").open("wb") as file:
            for block in spectra.columns(source):
                file.write(block.tobytes())
        self._spectra_made += 1

    @property
    def counters(self) -> Mapping[str, int]:
        return {**self._stream.counters, "spectra": self._spectra_made}

    def commit(self, segmentation: Segmentation, observed: Mapping[str, Arrays]) -> None:
        self.close()
        for name, arrays in observed.items():
            np.savez(self._folder / f"observed-{name}.npz", allow_pickle=False, **arrays)
        record.write(self._folder / "record.json", segmentation)
        shutil.rmtree(self._final, ignore_errors=True)
        self._folder.rename(self._final)

    def close(self) -> None:
        self._frames.close()


def _metadata(workspace: Path, order: MeasureOrder, spec: ComponentSpec) -> Metadata:
    if "comments" not in spec.reads_metadata:
        return order.metadata
    return replace(order.metadata, comments=comments_in(workspace))


def _size(done: Segmentation) -> VideoSize:
    # Without a word of the metadata, of which a component sees what it says it reads.
    return VideoSize.of(Metadata(), done.timeline.duration_s, done.preprocessing.source)


def _observed(folder: Path, name: str) -> Arrays:
    with np.load(folder / f"observed-{name}.npz", allow_pickle=False) as stored:
        return {key: stored[key] for key in stored.files}


def _frames(folder: Path, done: Segmentation, name: str) -> FileFrames | None:
    indices = done.plan.frames.get(name)
    if indices is None:
        return None
    rows = {index: row for row, index in enumerate(done.plan.union)}
    return FileFrames(
        folder / "frames.yuv",
        size=(done.timeline.width_px, done.timeline.height_px),
        rows=[rows[index] for index in indices],
        indices=indices,
    )


def _detail(folder: Path, done: Segmentation, name: str) -> FileFrames | None:
    indices = done.plan.detail.get(name)
    if indices is None:
        return None
    rows = {index: row for row, index in enumerate(done.plan.detail_union)}
    chosen = [rows[index] for index in indices]
    return FileFrames(folder / "detail.yuv", size=done.detail_size, rows=chosen, indices=indices)


def _sound(folder: Path, kind: SoundKind, sound: DecodedSound, block_s: float) -> FileSound:
    file = folder / f"{kind}.f32"
    return FileSound(file, rate_hz=sound.rate_hz, channels=sound.channels, block_s=block_s)


def _jpeg(picture: NDArray[np.uint8]) -> bytes:
    quality = [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY]
    done, content = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), quality)
    if not done:
        raise RuntimeError("a picture could not be encoded")
    return bytes(content.tobytes())
