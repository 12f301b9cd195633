"""The acquire stage: the run's video as one file on the worker's disk (R-106, R-107)."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from application.originals import Originals
from application.ports.cancellation import Cancellation
from application.ports.remote_videos import RemoteVideos
from application.ports.workspaces import Workspaces
from application.told_comments import COMMENTS_MAX, leave_comments
from application.use_cases.complete_upload import digested
from domain.catalogue import Catalogue
from domain.errors import UploadMissing
from domain.run import Run
from domain.video import DURATION_MAX_S, UploadedFile, YoutubeLink


@dataclass(frozen=True, slots=True)
class AcquireVideo:
    """Finds the uploaded file, or downloads the link; harmless to ask for twice."""

    workspaces: Workspaces
    remote: RemoteVideos
    originals: Originals
    catalogue: Catalogue

    def __call__(
        self, run: Run, *, on_share: Callable[[float], None], cancellation: Cancellation
    ) -> Path:
        source = run.source
        if isinstance(source, UploadedFile):
            return self._uploaded(run, source)
        self._ask_comments(run, source)
        return self.remote.download(
            source,
            into=self._emptied(run),
            duration_s=run.metadata.duration_s or DURATION_MAX_S,
            on_progress=on_share,
            cancellation=cancellation,
        )

    def content_of(self, run: Run, file: Path) -> str:
        """The SHA-256 of the acquired file; of an upload it is known."""
        source = run.source
        return source.sha256 if isinstance(source, UploadedFile) else digested(file).sha256

    def discard(self, run: Run) -> None:
        """Deletes the video: nothing after segmentation reads it."""
        self.workspaces.discard_upload(run.id)
        self.originals.let_go(run)
        shutil.rmtree(self._folder(run), ignore_errors=True)

    def _ask_comments(self, run: Run, link: YoutubeLink) -> None:
        """Reads the comments where a chosen component does (R-101)."""
        specs = self.catalogue.in_order(run.profile.component_names)
        if any("comments" in spec.reads_metadata for spec in specs):
            facts = self.remote.facts(link, comments_max=COMMENTS_MAX)
            leave_comments(self.workspaces.folder(run.id), facts.metadata.comments or ())

    def _uploaded(self, run: Run, source: UploadedFile) -> Path:
        """The file staged for this very run, else the one kept with its user's video."""
        try:
            return self.workspaces.upload(run.id, source)
        except UploadMissing:
            return self.originals.fetch(run, source, into=self._emptied(run) / "original")

    def _emptied(self, run: Run) -> Path:
        # What a killed download left is a folder of its own.
        folder = self._folder(run)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def _folder(self, run: Run) -> Path:
        return self.workspaces.folder(run.id) / "download"
