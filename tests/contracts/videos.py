"""What every keeper of users' videos must do."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from application.ports.unit_of_work import UnitOfWork
from domain.errors import LinkRefused, VideoNotFound
from domain.kept_video import KeptVideo, KeptVideoId, VideoFacts, VideoState
from domain.ledger import UserId
from domain.run import Stage
from domain.upload import UploadId
from domain.video import Metadata
from tests.builders import FILE, LINK, NOON, a_run

Units = Callable[[], UnitOfWork]
FACTS = VideoFacts(
    duration_s=10.04, width_px=1280, height_px=720, frame_rate_hz=29.97, frame_step_s=1 / 29.97
)


def a_kept_video(**details: Any) -> KeptVideo:
    """A link that somebody has just added."""
    filled: dict[str, Any] = {
        "id": KeptVideoId(uuid4()),
        "user_id": UserId(uuid4()),
        "source": LINK,
        "given": Metadata(title="How I film at night", tags=("night",), comments=("first",)),
        "added_at": NOON,
    }
    return KeptVideo(**{**filled, **details})


def added(units: Units, video: KeptVideo) -> KeptVideo:
    with units() as work:
        kept = work.videos.add(video)
        work.commit()
    return kept


def saved(units: Units, video: KeptVideo) -> KeptVideo:
    with units() as work:
        work.videos.save(video)
        work.commit()
    with units() as work:
        return work.videos.get(video.id, user_id=video.user_id)


class VideosContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> Units: ...

    @pytest.mark.parametrize("source", [LINK, FILE])
    def test_a_video_comes_back_equal_in_every_field(self, units: Units, source: Any) -> None:
        video = added(units, a_kept_video(source=source, original=UploadId(uuid4())))
        with units() as work:
            found = work.videos.get(video.id, user_id=video.user_id)
            assert asdict(found) == asdict(video)
            assert asdict(work.videos.whosever(video.id)) == asdict(video)

    def test_what_becomes_of_it_is_kept(self, units: Units) -> None:
        video = added(units, a_kept_video())
        video.resolve(FACTS, told=Metadata(title="Night", views=7, comments=None))
        assert asdict(saved(units, video)) == asdict(video)
        video.refuse(LinkRefused("private", "The video is private."))
        assert asdict(saved(units, video)) == asdict(video)

    def test_a_user_has_one_video_of_a_source(self, units: Units) -> None:
        """R-102: the same link or file is the same video, of each user one of their own."""
        first = added(units, a_kept_video())
        again = added(units, a_kept_video(user_id=first.user_id, given=Metadata()))
        assert asdict(again) == asdict(first)
        others = added(units, a_kept_video())
        assert others.id != first.id

    def test_two_devices_that_add_one_link_at_once_add_one_video(self, units: Units) -> None:
        user_id = UserId(uuid4())
        with ThreadPoolExecutor(4) as pool:
            each = [a_kept_video(user_id=user_id) for _ in range(4)]
            kept = list(pool.map(lambda video: added(units, video), each))
        assert len({video.id for video in kept}) == 1

    def test_another_users_video_is_as_unknown_as_one_that_never_was(self, units: Units) -> None:
        video = added(units, a_kept_video())
        told = []
        with units() as work:
            for video_id, user_id in (
                (video.id, UserId(uuid4())),
                (KeptVideoId(uuid4()), video.user_id),
            ):
                with pytest.raises(VideoNotFound) as refused:
                    work.videos.get(video_id, user_id=user_id)
                told.append((str(refused.value), refused.value.fields))
            with pytest.raises(VideoNotFound):
                work.videos.whosever(KeptVideoId(uuid4()))
            with pytest.raises(VideoNotFound):
                work.videos.save(a_kept_video())
        assert told[0] == told[1]

    def test_leaving_without_commit_forgets(self, units: Units) -> None:
        video = a_kept_video()
        with units() as work:
            work.videos.add(video)
        with units() as work, pytest.raises(VideoNotFound):
            work.videos.whosever(video.id)

    def test_those_that_wait_for_their_facts_are_listed_the_longest_first(
        self, units: Units
    ) -> None:
        late = added(units, a_kept_video(added_at=NOON + timedelta(minutes=2)))
        early = added(units, a_kept_video())
        added(units, a_kept_video(added_at=NOON + timedelta(minutes=9)))
        added(units, a_kept_video(state=VideoState.READY, facts=FACTS))
        until = NOON + timedelta(minutes=9)
        with units() as work:
            found = work.videos.resolving(added_before=until, limit=9)
            assert list(found) == [early.id, late.id]
            assert list(work.videos.resolving(added_before=until, limit=1)) == [early.id]

    def test_those_of_a_user_that_wait_are_counted(self, units: Units) -> None:
        first = added(units, a_kept_video())
        added(units, a_kept_video(user_id=first.user_id, source=FILE, state=VideoState.READY))
        added(units, a_kept_video())
        with units() as work:
            assert work.videos.resolving_of(first.user_id) == 1
            assert work.videos.resolving_of(UserId(uuid4())) == 0

    def test_an_upload_is_found_by_its_content_and_by_where_its_bytes_are(
        self, units: Units
    ) -> None:
        upload_id = UploadId(uuid4())
        video = added(units, a_kept_video(source=FILE, original=upload_id))
        with units() as work:
            for found in (
                work.videos.of_original(upload_id),
                work.videos.of_upload(video.user_id, FILE.video_id),
            ):
                assert found is not None
                assert found.id == video.id
            assert work.videos.of_original(UploadId(uuid4())) is None
            assert work.videos.of_upload(UserId(uuid4()), FILE.video_id) is None

    def test_a_video_is_awaited_until_every_run_of_its_user_took_it_apart(
        self, units: Units
    ) -> None:
        """R-107: an original goes after its segmentation, and not before another's of its own."""
        run = a_run(source=FILE)
        video = added(units, a_kept_video(user_id=run.user_id, source=FILE))
        others = added(units, a_kept_video(source=FILE))
        with units() as work:
            assert not work.videos.is_awaited(video)
            work.runs.add(run)
            work.commit()
        with units() as work:
            assert work.videos.is_awaited(video)
            assert not work.videos.is_awaited(video, besides=run.id)
            assert not work.videos.is_awaited(others)
            lease = work.leases.take(run.id, owner="me", now=NOON, owner_is_dead=False)
            run.start(now=NOON)
            for stage, awaited in [
                (Stage.ACQUIRE, True),
                (Stage.SEGMENT, True),
                (Stage.ANALYSE, False),
            ]:
                run.enter(stage, now=NOON)
                work.runs.save(run, fence=lease.fence)
                assert work.videos.is_awaited(video) is awaited

    def test_a_cancelled_run_awaits_nothing(self, units: Units) -> None:
        run = a_run(source=FILE)
        video = added(units, a_kept_video(user_id=run.user_id, source=FILE))
        with units() as work:
            work.runs.add(run)
            lease = work.leases.take(run.id, owner="me", now=NOON, owner_is_dead=False)
            run.cancel(now=NOON)
            work.runs.save(run, fence=lease.fence)
            assert not work.videos.is_awaited(video)

    def test_who_reads_a_video_has_it_alone_until_the_end(self, units: Units) -> None:
        """A run that starts while its file is being deleted waits, and then knows (R-107)."""
        video = added(units, a_kept_video(source=FILE, original=UploadId(uuid4())))

        def read() -> KeptVideo:
            with units() as work:
                return work.videos.get(video.id, user_id=video.user_id)

        with ThreadPoolExecutor(1) as pool:
            with units() as work:
                mine = work.videos.of_upload(video.user_id, FILE.video_id)
                assert mine is not None
                second = pool.submit(read)
                assert not wait([second], timeout=0.2).done
                mine.original = None
                work.videos.save(mine)
                work.commit()
            assert second.result().original is None

    def test_saving_one_video_leaves_the_others(self, units: Units) -> None:
        video, other = added(units, a_kept_video()), added(units, a_kept_video())
        video.describe(replace(video.given, title="Another title"))
        saved(units, video)
        with units() as work:
            assert asdict(work.videos.whosever(other.id)) == asdict(other)
