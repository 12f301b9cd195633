"""The acquire stage: the run's video as one file on the worker's disk (R-106, R-107)."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from application.ports.cancellation import Cancellation
from application.ports.remote_videos import RemoteVideos
from application.ports.workspaces import Workspaces
from domain.run import Run
from domain.video import DURATION_MAX_S, UploadedFile


@dataclass(frozen=True, slots=True)
class AcquireVideo:
    """Finds the staged upload, or downloads the link; harmless to ask for twice."""

    workspaces: Workspaces
    remote: RemoteVideos

    def __call__(
        self, run: Run, *, on_share: Callable[[float], None], cancellation: Cancellation
    ) -> Path:
        source = run.source
        if isinstance(source, UploadedFile):
            return self.workspaces.upload(run.id, source)
        folder = self.workspaces.folder(run.id) / "download"
        # What a killed download left is a folder of its own.
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return self.remote.download(
            source,
            into=folder,
            duration_s=run.metadata.duration_s or DURATION_MAX_S,
            on_progress=on_share,
            cancellation=cancellation,
        )

    def discard(self, run: Run) -> None:
        """Deletes the video: nothing after segmentation reads it."""
        self.workspaces.discard_upload(run.id)
        shutil.rmtree(self.workspaces.folder(run.id) / "download", ignore_errors=True)
