"""What the tests of the whole program share: the program itself, a clip, a small profile."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.components.catalogue import ShippedComponents
from tests.e2e.clips import make_clip
from tests.e2e.kills import KilledRun, arrays_of, manifest_of
from tests.e2e.program import Program, loaded_program

# Every kind: text, sound, the spectrum, pictures watched and sampled, computed from others.
SMALL = (
    "title_style",
    "loudness",
    "spectrum",
    "motion",
    "composition",
    "saliency",
    "story_curve",
)


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with loaded_program(tmp_path_factory.mktemp("calls")) as loaded:
        yield loaded


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight seconds with sound."""
    return make_clip(tmp_path_factory.mktemp("clips") / "clip.mp4", seconds=8)


@pytest.fixture(scope="session")
def small_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_profile(tmp_path_factory.mktemp("profiles") / "small.toml", *SMALL)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An installation of the test's own."""
    return tmp_path / "data"


def write_profile(file: Path, *components: str) -> Path:
    lines = [f'name = "{file.stem}"', 'version = "1"', "[components]"]
    file.write_text("\n".join([*lines, *(f"{name} = {{}}" for name in components), ""]))
    return file


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a run gives that nobody kills, and how long it takes once it is taken up."""

    arrays: dict[str, Any]
    seconds: float


@pytest.fixture(scope="session")
def undisturbed(
    program: Program, clip: Path, small_profile: Path, tmp_path_factory: pytest.TempPathFactory
) -> Undisturbed:
    data_dir = tmp_path_factory.mktemp("undisturbed") / "data"
    run = KilledRun(program, data_dir, clip, small_profile)
    ended, over_at = run.carry_on(None), datetime.now(UTC)
    assert ended.exit_code == 0, ended.err
    taken_up_at = datetime.fromisoformat(manifest_of(data_dir)["run"]["started_at"])
    return Undisturbed(arrays_of(data_dir, SMALL), (over_at - taken_up_at).total_seconds())


@pytest.fixture
def run(program: Program, data_dir: Path, clip: Path, small_profile: Path) -> KilledRun:
    """A run that has not begun."""
    return KilledRun(program, data_dir, clip, small_profile)


@pytest.fixture(scope="session")
def every_algorithm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile of everything that comes to its figures without a served model."""
    catalogue = ShippedComponents().catalogue
    names = [
        name
        for name in catalogue.names
        if not any(catalogue[need].models for need in catalogue.closure([name]))
    ]
    return write_profile(tmp_path_factory.mktemp("profiles") / "every.toml", *names)
