"""A user's video moves from resolving to ready or refused, and says what it is missing."""

from uuid import uuid4

import pytest

from domain.errors import LinkRefused, UploadMissing, VideoNotReady, VideoRefused
from domain.kept_video import KeptVideo, VideoState
from domain.upload import UploadId
from domain.video import Metadata
from tests.builders import FILE, NOON
from tests.contracts.videos import FACTS, a_kept_video


def refused() -> KeptVideo:
    video = a_kept_video()
    video.refuse(LinkRefused("private", "The video is private."))
    return video


def test_the_users_word_goes_before_the_platforms() -> None:
    """R-101."""
    video = a_kept_video(given=Metadata(title="Mine"))
    video.resolve(FACTS, told=Metadata(title="Theirs", description="told", views=3))
    assert video.metadata == Metadata(title="Mine", description="told", views=3, duration_s=10.04)
    assert video.size.text_characters == len("Mine") + len("told")


def test_what_the_user_counts_was_so_when_it_was_said() -> None:
    video = a_kept_video(given=Metadata(likes=2))
    assert video.metadata.counters_read_at == video.added_at.isoformat()


def test_nothing_can_be_asked_of_a_video_that_is_resolving() -> None:
    video = a_kept_video()
    for ask in (lambda: video.size, lambda: video.video):
        with pytest.raises(VideoNotReady):
            ask()


def test_a_refused_video_is_refused_again_by_the_same_code_and_fields() -> None:
    video = refused()
    assert video.state is VideoState.REFUSED
    with pytest.raises(VideoRefused, match="private") as again:
        _ = video.size
    assert (again.value.code, again.value.fields) == ("link_refused", {"reason": "private"})
    assert VideoRefused.code == "video_refused"


def test_asking_again_takes_the_refusal_back_and_not_the_facts() -> None:
    video = refused()
    video.ask_again(now=NOON)
    assert (video.state, video.refusal, video.facts) == (VideoState.RESOLVING, None, None)


def test_a_video_that_is_asked_again_is_not_estimated_by_what_it_was() -> None:
    video = a_kept_video()
    video.resolve(FACTS)
    video.ask_again(now=NOON)
    with pytest.raises(VideoNotReady):
        _ = video.size


def test_an_uploaded_video_without_its_file_cannot_be_run() -> None:
    """R-107: the original is deleted after segmentation."""
    with pytest.raises(UploadMissing):
        a_kept_video(source=FILE).check_original()
    a_kept_video(source=FILE, original=UploadId(uuid4())).check_original()
    a_kept_video().check_original()
