"""A refused video leaves nothing behind, seen by taking the guard away (hardening 1)."""

from dataclasses import fields
from pathlib import Path

import pytest

from adapters.memory.video_files import MadeVideo
from application.use_cases.accept_video import AcceptVideo
from domain.errors import VideoTooShort
from domain.video import Metadata
from tests.features.app import App, a_choice
from tests.planted import without

MODULE = "application.use_cases.accept_video"


def staged_after_a_refusal(app: App, kind: type[AcceptVideo]) -> list[Path]:
    """Uploads on the worker's disk after a video of three seconds was refused."""
    made = app.accept
    accept = kind(**{part.name: getattr(made, part.name) for part in fields(made)})
    file = app.video(MadeVideo(duration_s=3))
    with pytest.raises(VideoTooShort):
        accept.upload(
            file,
            metadata=Metadata(title="A title"),
            profile=a_choice("title"),
            request=app.request(),
        )
    assert app.all_runs() == []
    return list((app.folder / "uploads").iterdir())


def test_case_1_a_refused_upload_is_gone(tmp_path: Path) -> None:
    assert staged_after_a_refusal(App(tmp_path), AcceptVideo) == []


def test_case_1_without_its_guard_a_refused_upload_would_stay(tmp_path: Path) -> None:
    guard = "self.workspaces.discard_upload(run_id)"
    planted = without(MODULE, guard).AcceptVideo
    assert len(staged_after_a_refusal(App(tmp_path), planted)) == 1
