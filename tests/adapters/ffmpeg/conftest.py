"""The system's ffmpeg under the strongest confinement that holds here."""

from pathlib import Path

import pytest

from adapters.ffmpeg.confinement import Confinement
from adapters.ffmpeg.tools import Tools
from tests.adapters.ffmpeg.decoding import Bench
from tests.adapters.ffmpeg.made import H264, beeps, encode, numbered
from tests.outside import require


@pytest.fixture(scope="session")
def tools() -> Tools:
    require("ffmpeg")
    require("ffprobe")
    return Tools.find()


@pytest.fixture(scope="session")
def bench(tools: Tools) -> Bench:
    return Bench(tools, Confinement.best(tools))


@pytest.fixture(scope="session")
def limited(tools: Tools) -> Bench:
    """Without the sandbox: by process limits alone, as on a machine that forbids namespaces."""
    return Bench(tools, Confinement(prlimit=tools.prlimit))


@pytest.fixture(params=["bench", "limited"])
def any_bench(request: pytest.FixtureRequest) -> Bench:
    """Both confinements, one after the other."""
    chosen: Bench = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture
def bad(shared_media: Path) -> Path:
    return shared_media / "bad"


@pytest.fixture
def real(shared_media: Path) -> Path:
    return shared_media / "real"


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Long enough that a decoding does not end by itself while a test looks at it."""
    return encode(
        tmp_path / "clip.mp4",
        [numbered(n) for n in range(750)],
        *(*H264, "-c:a", "aac"),
        sound=beeps(30, [1]),
    )
