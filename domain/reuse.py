"""Reusing results: a run that answers what is asked is not measured again (R-509)."""

from dataclasses import replace
from datetime import datetime

from domain.run import Run, RunStatus
from domain.video import Metadata


def words_of(metadata: Metadata) -> Metadata:
    """What is said of a video, without the counters that change by themselves."""
    return replace(metadata, subscribers=None, views=None, likes=None, duration_s=None)


def answers(earlier: Run, asked: Run, *, since: datetime) -> bool:
    """Whether an earlier run of the same user gives what the asked one would, and is fresh.

    The same video, configuration, sampling and release; the same words said of the video; it ended
    well at `since` or later.
    """
    theirs, ours = earlier.identity, asked.identity
    return (
        earlier.status is RunStatus.OK
        and earlier.user_id == asked.user_id
        and replace(theirs, run_id=ours.run_id) == ours
        and words_of(earlier.metadata) == words_of(asked.metadata)
        and earlier.finished_at is not None
        and earlier.finished_at >= since
    )
