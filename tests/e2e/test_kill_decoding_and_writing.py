"""Killed inside decoding, and again inside the write of an artifact, a run comes out the same."""

import pytest

from tests.e2e.conftest import SMALL, Undisturbed
from tests.e2e.kills import KilledRun, arrays_of, decoding, write_of
from tests.e2e.moments import Moment

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.requires("ffmpeg")]

# One write: opened, written, flushed, synced, renamed, and the folder synced.
MOMENTS = [
    (decoding(1), write_of("composition.npz", at="c_call", builtin="open")),
    (decoding(1, delay_s=0.01), write_of("loudness.npz", at="c_return", builtin="open")),
    (decoding(2), write_of("saliency.npz", at="c_call", builtin="write")),
    (decoding(2, delay_s=0.01), write_of("title_style.npz", at="c_return", builtin="write")),
    (decoding(3), write_of("composition.npz", at="c_return", builtin="flush")),
    (decoding(3, delay_s=0.01), write_of("loudness.npz", at="c_return", builtin="fsync")),
    (decoding(4), write_of("saliency.npz", at="c_call", builtin="replace")),
    (decoding(4, delay_s=0.01), write_of("title_style.npz", at="c_return", builtin="replace")),
    (decoding(5), write_of("composition.npz", at="c_return", builtin="replace")),
    (decoding(5, delay_s=0.01), write_of("loudness.npz", at="c_return", builtin="fsync", count=2)),
]


@pytest.mark.parametrize(("inside_decoding", "inside_write"), MOMENTS, ids=str)
def test_a_run_killed_while_decoding_and_while_writing_an_artifact_ends_as_if_undisturbed(
    run: KilledRun, undisturbed: Undisturbed, inside_decoding: Moment, inside_write: Moment
) -> None:
    """Hardening 18: no half of a segment stage is taken for a whole, no artifact is torn."""
    run.kill(inside_decoding)
    assert not run.decoded, "the stage had ended before the kill"
    assert run.finished == {}
    run.kill(inside_write)
    assert run.decoded
    run.resume()
    assert arrays_of(run.data_dir, SMALL) == undisturbed.arrays
