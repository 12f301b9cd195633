"""The sample, made once for all tests that look at it."""

from pathlib import Path

import pytest

from entrypoints.demo.sample import make_sample
from entrypoints.demo.tools import Tools, find_tools
from tests.outside import require


@pytest.fixture(scope="session")
def demo_tools() -> Tools:
    """The programs and the font; without them the test skips."""
    for name in ("ffmpeg", "ffprobe", "espeak", "font"):
        require(name)
    return find_tools()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, demo_tools: Tools) -> Path:
    """The sample video."""
    return make_sample(tmp_path_factory.mktemp("sample"), demo_tools)
