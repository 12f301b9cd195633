"""A file is analysed under whatever name it has; a name is no path, no option, no format."""

import json
import shutil
from pathlib import Path

import pytest

from tests.e2e.conftest import write_profile
from tests.e2e.program import Program
from tests.outside import SHARED

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.requires("ffmpeg", "ffprobe", "shared_media"),
]


def listed(file: str) -> list[str]:
    """The names in a list of the shared corpus; none where it is not beside the repository."""
    path = SHARED / "media" / "bad" / file
    names: list[str] = json.loads(path.read_text("utf-8"))["names"] if path.exists() else []
    return names


def shortened(name: str) -> str:
    return ascii(name)[:40]


@pytest.fixture(scope="session")
def title_alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_profile(tmp_path_factory.mktemp("profiles") / "title.toml", "title_style")


@pytest.mark.parametrize("name", listed("file_names.json"), ids=shortened)
def test_a_file_is_analysed_under_any_name_that_a_disk_holds(
    program: Program, clip: Path, title_alone: Path, tmp_path: Path, name: str
) -> None:
    """Hardening 17: stored by content, given to ffmpeg as one file."""
    folder = tmp_path / "given"
    folder.mkdir()
    shutil.copy(clip, folder / name)
    ended = program.run(
        *("analyze", "--title", "X", "--profile", str(title_alone), "--format", "json"),
        *("--", name),
        data_dir=tmp_path / "data",
        cwd=folder,
    )
    assert ended.exit_code == 0, ended.err
    assert [file.name for file in folder.iterdir()] == [name]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["data", "given"]


@pytest.mark.parametrize("name", listed("names.json"), ids=shortened)
def test_a_name_that_no_disk_holds_is_refused(
    program: Program, title_alone: Path, tmp_path: Path, name: str
) -> None:
    """Hardening 17: no traceback, nothing written beside the installation."""
    ended = program.run(
        *("analyze", "--title", "X", "--profile", str(title_alone), "--format", "json"),
        *("--", name),
        data_dir=tmp_path / "data",
        cwd=tmp_path,
    )
    assert ended.exit_code == 2, ended.err
    # What looks like a link is taken for one, and is not one to YouTube.
    is_link = name.startswith(("http://", "https://"))
    assert ended.answer["code"] == ("invalid_link" if is_link else "unsupported_input")
    assert "Traceback" not in ended.err
    assert [file.name for file in tmp_path.iterdir()] == ["data"]
