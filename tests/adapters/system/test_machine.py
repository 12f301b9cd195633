"""A worker counts on what the machine has and no more."""

from pathlib import Path

import psutil
import pytest

from adapters.system.machine import this_machine

MIB = 1 << 20
TOTAL_MIB = psutil.virtual_memory().total // MIB


@pytest.mark.parametrize(
    ("given_mib", "limit", "expected_mib"),
    [
        (64, None, 64),
        (64, "max", 64),
        (64, str(32 * MIB), 32),
        (64, str(128 * MIB), 64),
        (2 * TOTAL_MIB, "max", TOTAL_MIB),
    ],
)
def test_memory_is_the_least_of_what_is_given_and_what_there_is(
    given_mib: int, limit: str | None, expected_mib: int, tmp_path: Path
) -> None:
    """R-502: of a container the limit, of a small machine all of it."""
    file = tmp_path / "memory.max"
    if limit is not None:
        file.write_text(f"{limit}\n", encoding="ascii")
    assert this_machine(given_mib * MIB, limit_file=file).memory_mib == expected_mib
