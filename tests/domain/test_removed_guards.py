"""What the limits of the domain keep out, seen by taking one away."""

import pytest

from domain.errors import UnsupportedInput
from domain.video import check_picture
from tests.planted import without

ASPECT = "if Fraction(max(width_px, height_px), min(width_px, height_px)) > ASPECT_MAX:"


@pytest.mark.parametrize("size", [(8192, 16), (16, 8192)])
def test_case_10_without_its_guard_an_aspect_bomb_would_be_analysed(size: tuple[int, int]) -> None:
    """Hardening 10: an analysis frame of it would be 163,840 pixels wide."""
    with pytest.raises(UnsupportedInput, match="aspect"):
        check_picture(*size)
    planted = without("domain.video", ASPECT, "if False:")
    planted.check_picture(*size)
    assert max(planted.analysis_size(*size)) == 320 * 8192 // 16
