"""An estimate of a kept video is refused where a start of it would be."""

from pathlib import Path

import pytest

from adapters.memory.video_files import MadeVideo
from domain.errors import UploadMissing
from tests.features.inside import Inside


def test_a_video_whose_file_is_gone_is_priced_only_where_a_fresh_run_answers(
    tmp_path: Path,
) -> None:
    """R-107, R-509: whoever is shown a price can start by it, or is told why not."""
    there = Inside(tmp_path)
    there.open_account("100")
    video = there.upload(MadeVideo())
    run = there.start_kept(video, "title")
    assert there.estimate_kept(video, "title", is_anew=False).lines
    there.app.carry_out(run.id)
    answered = there.estimate_kept(video, "title", is_anew=False)
    assert answered.fresh == run.id
    with pytest.raises(UploadMissing):
        there.estimate_kept(video, "title", is_anew=True)
    with pytest.raises(UploadMissing):
        there.estimate_kept(video, "sound", is_anew=False)
