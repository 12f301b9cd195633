"""Stored frames as FFV1 in Matroska: without loss, half the bytes of raw frames."""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from adapters.ffmpeg.child import started
from adapters.ffmpeg.confinement import Confinement, Errand
from adapters.ffmpeg.guards import Guards
from adapters.ffmpeg.tools import Tools
from application.errors import AdapterError
from application.ports.stored_frames import UnionFrames
from domain.artifact import run_folder
from domain.identity import RunIdentity

_TIMEOUT_S = 300.0
VIDEO = "union.mkv"
INDICES = "frame_indices.npy"


@dataclass(frozen=True, slots=True)
class FfmpegStoredFrames:
    """A folder a run below `root`, laid out like the results (port `StoredFrames`)."""

    tools: Tools
    confinement: Confinement
    root: Path

    def keep(self, identity: RunIdentity, frames: UnionFrames, *, now: datetime) -> None:
        final = self.root / run_folder(identity)
        if final.exists() or not frames.indices:
            return
        part = final.with_name(f"{final.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        try:
            self._encode(frames, part / VIDEO)
            np.save(part / INDICES, np.asarray(frames.indices, dtype=np.int64))
            os.utime(part, (now.timestamp(), now.timestamp()))
            part.rename(final)
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def expire(self, *, stored_before: datetime) -> int:
        expired = [folder for folder in self._folders() if _stored_at(folder) < stored_before]
        for folder in expired:
            shutil.rmtree(folder, ignore_errors=True)
        return len(expired)

    def _folders(self) -> list[Path]:
        return [folder for folder in self.root.glob("*/*/*") if folder.is_dir()]

    def _encode(self, frames: UnionFrames, into: Path) -> None:
        width_px, height_px = frames.size
        source = f"-f rawvideo -pix_fmt yuv420p -s {width_px}x{height_px} -r 12 -i".split()
        target = "-c:v ffv1 -level 3 -g 1 -threads 1 -f matroska pipe:1".split()  # noqa: SIM905
        name = self.confinement.url_of(frames.file)
        errand = Errand(
            program=self.tools.ffmpeg,
            arguments=["-nostdin", "-v", "error", *source, name, *target],
            reads=frames.file,
            timeout_s=_TIMEOUT_S,
            guards=Guards(),
        )
        with started(errand, self.confinement) as child, into.open("wb") as file:
            for chunk in child.chunks():
                file.write(chunk)
            if child.finish().exit_code != 0:
                raise AdapterError("stored frames could not be encoded", code="ffmpeg_failed")


def _stored_at(folder: Path) -> datetime:
    return datetime.fromtimestamp(folder.stat().st_mtime, tz=UTC)
