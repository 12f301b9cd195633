"""What every keeper of workspaces must do."""

import hashlib
import os
import threading
from abc import ABC, abstractmethod
from pathlib import Path
from uuid import uuid4

import pytest

from application.ports.workspaces import Workspaces
from domain.errors import UnsupportedInput
from domain.identity import RunId


class WorkspacesContract(ABC):
    """Subclass and give `workspaces`."""

    @pytest.fixture
    @abstractmethod
    def workspaces(self, tmp_path: Path) -> Workspaces: ...

    def test_an_upload_is_named_by_its_content(
        self, workspaces: Workspaces, tmp_path: Path
    ) -> None:
        """R-102: the same file is the same video."""
        content = os.urandom(3 << 20)
        (tmp_path / "talk.mp4").write_bytes(content)
        run_id = a_run_id()
        source = workspaces.stage_upload(run_id, tmp_path / "talk.mp4")
        assert source.sha256 == hashlib.sha256(content).hexdigest()
        assert source.size_bytes == len(content)
        assert workspaces.upload(run_id, source).read_bytes() == content

    @pytest.mark.parametrize("name", ["missing.mp4", "folder", "nul\0.mp4", "pipe"])
    def test_what_is_no_regular_file_is_refused_and_leaves_nothing(
        self, workspaces: Workspaces, tmp_path: Path, name: str
    ) -> None:
        """Hardening 17 and 20: neither a name nor a pipe makes the staging hang or crash."""
        (tmp_path / "folder").mkdir()
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(UnsupportedInput):
            workspaces.stage_upload(a_run_id(), Path(f"{tmp_path}/{name}"))
        assert list(workspaces.leftovers()) == []

    def test_discarding_is_harmless_when_nothing_is_there(self, workspaces: Workspaces) -> None:
        workspaces.discard_upload(a_run_id())
        workspaces.remove(a_run_id())

    def test_leftovers_are_every_run_with_a_folder_or_an_upload(
        self, workspaces: Workspaces, tmp_path: Path
    ) -> None:
        (tmp_path / "talk.mp4").write_bytes(b"content")
        staged, working = a_run_id(), a_run_id()
        workspaces.stage_upload(staged, tmp_path / "talk.mp4")
        (workspaces.folder(working) / "frames.yuv").touch()
        assert {run_id for run_id, _ in workspaces.leftovers()} == {staged, working}
        workspaces.discard_upload(staged)
        workspaces.remove(working)
        assert list(workspaces.leftovers()) == []

    def test_two_uploads_at_once_do_not_meet(self, workspaces: Workspaces, tmp_path: Path) -> None:
        (tmp_path / "talk.mp4").write_bytes(os.urandom(1 << 20))
        run_ids = [a_run_id(), a_run_id()]
        threads = [
            threading.Thread(target=workspaces.stage_upload, args=(i, tmp_path / "talk.mp4"))
            for i in run_ids
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {run_id for run_id, _ in workspaces.leftovers()} == set(run_ids)


def a_run_id() -> RunId:
    return RunId(uuid4())
