"""Killed at any time in the second half of its wall time, a run comes out the same."""

import pytest

from tests.e2e.conftest import SMALL, Undisturbed
from tests.e2e.kills import MOMENTS, KilledRun, arrays_of

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.requires("ffmpeg")]


@pytest.mark.parametrize("moment", range(13, 26))
def test_a_run_killed_in_its_second_half_ends_as_if_undisturbed(
    run: KilledRun, undisturbed: Undisturbed, moment: int
) -> None:
    """Hardening 18, at thirteen of twenty-five moments spread over the wall time of a run."""
    run.kill_after(undisturbed.seconds * moment / MOMENTS)
    run.resume()
    assert arrays_of(run.data_dir, SMALL) == undisturbed.arrays
