"""Every keeper of stored frames against the one suite."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from adapters.ffmpeg.confinement import Confinement
from adapters.ffmpeg.stored_frames import INDICES as INDICES_FILE
from adapters.ffmpeg.stored_frames import VIDEO, FfmpegStoredFrames
from adapters.ffmpeg.tools import Tools
from adapters.memory.stored_frames import MemoryStoredFrames
from application.errors import AdapterError
from application.ports.stored_frames import UnionFrames
from domain.artifact import run_folder
from tests.builders import NOON, an_identity
from tests.contracts.stored_frames import INDICES, SIZE, Kept, StoredFramesContract, some_frames
from tests.outside import require


class TestMemoryStoredFrames(StoredFramesContract):
    @pytest.fixture
    def frames(self, tmp_path: Path) -> MemoryStoredFrames:
        del tmp_path
        return MemoryStoredFrames()

    @pytest.fixture
    def kept(self, frames: MemoryStoredFrames, tmp_path: Path) -> Kept:
        del tmp_path
        return lambda identity: identity.run_id in frames.kept


class TestFfmpegStoredFrames(StoredFramesContract):
    @pytest.fixture
    def frames(self, tmp_path: Path) -> FfmpegStoredFrames:
        require("ffmpeg")
        tools = Tools.find()
        return FfmpegStoredFrames(tools, Confinement.best(tools), tmp_path / "frames")

    @pytest.fixture
    def kept(self, frames: FfmpegStoredFrames, tmp_path: Path) -> Kept:
        del tmp_path
        return lambda identity: (frames.root / run_folder(identity) / VIDEO).is_file()

    def test_frames_are_kept_without_loss(self, frames: FfmpegStoredFrames, tmp_path: Path) -> None:
        identity, given = an_identity(), some_frames(tmp_path)
        frames.keep(identity, given, now=NOON)
        folder = frames.root / run_folder(identity)
        raw = "-f rawvideo -pix_fmt yuv420p pipe:1".split()  # noqa: SIM905
        decoded = subprocess.run(
            [frames.tools.ffmpeg, "-v", "error", "-i", folder / VIDEO, *raw],
            capture_output=True,
            check=True,
            timeout=60,
        )
        assert decoded.stdout == given.file.read_bytes()
        assert tuple(np.load(folder / INDICES_FILE)) == INDICES

    def test_what_cannot_be_encoded_leaves_nothing(
        self, frames: FfmpegStoredFrames, tmp_path: Path
    ) -> None:
        identity = an_identity()
        with pytest.raises(AdapterError) as failed:
            frames.keep(identity, UnionFrames(tmp_path / "gone", SIZE, INDICES), now=NOON)
        assert failed.value.code == "ffmpeg_failed"
        left = [
            found for found in frames.root.rglob("*") if found.name.startswith(str(identity.run_id))
        ]
        assert left == []
