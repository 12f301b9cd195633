"""Real clips of the corpus, from A to H: every container, codec and shape gives a result."""

from pathlib import Path

import pytest

from tests.e2e.corpus import check_real_clip, files
from tests.e2e.program import Program

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.requires("ffmpeg", "ffprobe", "shared_media"),
]
CLIPS = [file for file in files("real") if file.name[0] < "i"]


@pytest.mark.parametrize("file", CLIPS, ids=lambda file: file.name)
def test_a_real_clip_gives_a_result(
    program: Program, every_algorithm: Path, data_dir: Path, file: Path
) -> None:
    """R-103, R-104: shorter than five seconds is refused, everything else is measured whole."""
    check_real_clip(program, file, profile=every_algorithm, data_dir=data_dir)
