"""What every keeper of frames that outlive their run must do."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from application.ports.stored_frames import StoredFrames, UnionFrames
from domain.identity import RunIdentity
from tests.builders import NOON, an_identity

SIZE = (64, 48)
INDICES = (0, 7, 11)
DAY = timedelta(days=1)

Kept = Callable[[RunIdentity], bool]


def some_frames(folder: Path) -> UnionFrames:
    """Three frames of noise, which no codec that loses anything gives back."""
    noise = np.random.default_rng(1)
    file = folder / "frames.yuv"
    file.write_bytes(noise.bytes(len(INDICES) * SIZE[0] * SIZE[1] * 3 // 2))
    return UnionFrames(file, SIZE, INDICES)


class StoredFramesContract(ABC):
    """Subclass and give `frames`, and `kept`, which looks for a run's frames around the port."""

    @pytest.fixture
    @abstractmethod
    def frames(self, tmp_path: Path) -> StoredFrames: ...

    @pytest.fixture
    @abstractmethod
    def kept(self, frames: StoredFrames, tmp_path: Path) -> Kept: ...

    def test_exactly_what_was_stored_before_the_moment_goes(
        self, frames: StoredFrames, kept: Kept, tmp_path: Path
    ) -> None:
        """R-703."""
        older, newer = an_identity(), an_identity()
        frames.keep(older, some_frames(tmp_path), now=NOON)
        frames.keep(newer, some_frames(tmp_path), now=NOON + DAY)
        assert frames.expire(stored_before=NOON) == 0
        assert frames.expire(stored_before=NOON + DAY) == 1
        assert (kept(older), kept(newer)) == (False, True)

    def test_keeping_again_is_harmless_and_makes_them_no_younger(
        self, frames: StoredFrames, kept: Kept, tmp_path: Path
    ) -> None:
        identity = an_identity()
        frames.keep(identity, some_frames(tmp_path), now=NOON)
        frames.keep(identity, some_frames(tmp_path), now=NOON + DAY)
        assert kept(identity)
        assert frames.expire(stored_before=NOON + DAY) == 1
        assert not kept(identity)

    def test_nothing_expires_where_nothing_was_kept(self, frames: StoredFrames) -> None:
        assert frames.expire(stored_before=NOON) == 0

    def test_of_a_run_without_sampled_frames_nothing_is_kept(
        self, frames: StoredFrames, kept: Kept, tmp_path: Path
    ) -> None:
        identity, none = an_identity(), tmp_path / "none.yuv"
        none.touch()
        frames.keep(identity, UnionFrames(none, SIZE, ()), now=NOON)
        assert not kept(identity)
        assert frames.expire(stored_before=NOON + DAY) == 0
