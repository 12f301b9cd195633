"""Pictures of key frames: written with the report, kept for the days of stored frames."""

from datetime import timedelta
from uuid import uuid4

import pytest

from adapters.memory.clock import FixedClock
from adapters.memory.shelf import MemoryShelf
from application.pictures import Pictures
from application.use_cases.expire_pictures import ExpirePictures
from domain.identity import RunId
from domain.retention import RetentionPolicy

RUN, OTHER = RunId(uuid4()), RunId(uuid4())


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def pictures(clock: FixedClock) -> Pictures:
    return Pictures(MemoryShelf(clock))


def test_a_picture_is_found_by_its_run_and_its_place(pictures: Pictures) -> None:
    pictures.keep(RUN, {0: b"first", 24: b"third"})
    pictures.keep(OTHER, {12: b"another"})
    assert pictures.indices(RUN) == {0, 24}
    assert pictures.read(RUN, 24) == b"third"
    assert pictures.read(RUN, 12) is None
    assert pictures.indices(RunId(uuid4())) == frozenset()


def test_pictures_that_are_made_again_grow_no_younger(
    pictures: Pictures, clock: FixedClock
) -> None:
    """R-703: whoever resumes an ended run to write its report does not begin the week anew."""
    start = clock.now()
    pictures.keep(RUN, {0: b"first"})
    clock.advance(timedelta(days=3))
    pictures.keep(RUN, {0: b"again", 12: b"second"})
    assert pictures.read(RUN, 0) == b"first"
    assert pictures.expire(stored_before=start + timedelta(days=1)) == 1
    assert pictures.indices(RUN) == {12}


def test_of_no_frames_nothing_is_kept(pictures: Pictures) -> None:
    pictures.keep(RUN, {})
    assert pictures.indices(RUN) == frozenset()


def test_pictures_are_gone_exactly_when_they_are_older_than_stored_frames(
    pictures: Pictures, clock: FixedClock
) -> None:
    """R-703."""
    policy = RetentionPolicy()
    expire = ExpirePictures(pictures, clock, policy)
    pictures.keep(RUN, {0: b"first"})
    clock.advance(policy.stored_frames)
    pictures.keep(OTHER, {12: b"another"})
    assert expire() == 0
    clock.advance(timedelta(microseconds=1))
    assert expire() == 1
    assert pictures.indices(RUN) == frozenset()
    assert pictures.indices(OTHER) == {12}
