"""A pause is never shorter than asked."""

import time

from adapters.system.pauses import SystemPauses


def test_a_pause_lasts_what_was_asked_and_a_little_more() -> None:
    began_s = time.monotonic()
    for _ in range(10):
        SystemPauses().wait(0.01)
    took_s = time.monotonic() - began_s
    assert 0.1 <= took_s < 5
