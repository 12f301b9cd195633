"""The worker's own disk: one folder a run, gone when the run has ended (R-107)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from domain.identity import RunId
from domain.video import UploadedFile


class Workspaces(Protocol):
    """Folders of runs and staged uploads.

    Contract (tests/contracts/workspaces.py): a staged upload is whole or not there; `remove` and
    `discard_upload` are harmless when nothing is there.
    """

    def folder(self, run_id: RunId) -> Path:
        """The run's folder, made when missing."""
        ...

    def remove(self, run_id: RunId) -> None: ...

    def stage_upload(self, run_id: RunId, file: Path) -> UploadedFile:
        """Copies a file in, named by its content; refuses what is not a readable regular file."""
        ...

    def upload(self, run_id: RunId, source: UploadedFile) -> Path:
        """Where the staged file of a run is; UploadMissing when it is not there (any more)."""
        ...

    def discard_upload(self, run_id: RunId) -> None: ...

    def leftovers(self) -> Sequence[tuple[RunId, datetime]]:
        """Runs that have a folder or an upload, with the moment it was last touched."""
        ...
