"""Added videos of an installation in memory."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from adapters.memory.video_files import MadeVideo
from application.artifact_format import decode
from application.queries.find_fresh_run import FindFreshRun
from domain.account_settings import AccountSettings
from domain.estimate import Estimate
from domain.identity import RunId
from domain.kept_video import KeptVideo, KeptVideoId, VideoState
from domain.reuse_key import Equipment
from domain.video import Metadata, YoutubeLink
from tests.features.app import App, a_choice
from tests.features.app_ground import PRICE
from tests.features.seen import Foreseen, SeenRun, SeenVideo, foreseen, seen_run


class InsideVideos:
    """Those members of the protocol `Driver`."""

    app: App
    _estimates: dict[str, Estimate]

    def add_link(self, link: str, *, title: str | None = None) -> SeenVideo:
        parsed = YoutubeLink.parse(link)
        return _seen(self.app.add_video(self.app.user, parsed, Metadata(title=title)))

    def look(self, video: SeenVideo) -> None:
        self.app.resolve_video(_id(video))

    def look_at_forgotten(self) -> None:
        for video_id in self.app.resolve_video.stale():
            self.app.resolve_video(video_id)

    def upload(
        self,
        file: MadeVideo | bytes,
        *,
        title: str | None = "A talk",
        declared: bytes | None = None,
    ) -> SeenVideo:
        content = file if isinstance(file, bytes) else self._content(file)
        meant = content if declared is None else declared
        app = self.app
        upload = app.create_upload(
            app.user,
            size_bytes=len(meant),
            sha256=hashlib.sha256(meant).hexdigest(),
            metadata=Metadata(title=title),
        ).upload
        part = app.receive_part(app.user, upload.id, offset=0, sha256=None)
        part.write(content)
        part.end()
        return _seen(app.complete_upload(app.user, upload.id))

    def _content(self, video: MadeVideo) -> bytes:
        file = self.app.video(video)
        content = file.read_bytes()
        file.unlink()
        return content

    def begin_upload(self, size_bytes: int) -> None:
        self.app.create_upload(
            self.app.user, size_bytes=size_bytes, sha256=None, metadata=Metadata()
        )

    def rename(self, video: SeenVideo, file: MadeVideo, title: str) -> None:
        del file
        with self.app.unit_of_work() as work:
            kept = work.videos.get(_id(video), user_id=self.app.user)
            work.videos.save(kept.saying(Metadata(title=title)))
            work.commit()

    def video(self, video: SeenVideo) -> SeenVideo:
        return _seen(self._kept(video))

    def _kept(self, video: SeenVideo) -> KeptVideo:
        with self.app.unit_of_work() as work:
            return work.videos.get(_id(video), user_id=self.app.user)

    def unknown_video(self) -> SeenVideo:
        return SeenVideo(
            id=str(uuid4()), state=VideoState.READY, title=None, duration_s=None, refusal=None
        )

    def reason_of(self, video: SeenVideo) -> str:
        refusal = self._kept(video).refusal
        assert refusal is not None
        return str(refusal.fields["reason"])

    def estimate_kept(self, video: SeenVideo, *names: str, is_anew: bool = True) -> Foreseen:
        app, asked = self.app, (self.app.user, _id(video), a_choice(*names))
        found = app.estimate_video(*asked, is_anew=is_anew)
        self._estimates[str(found.id)] = found
        find = FindFreshRun(
            unit_of_work=app.unit_of_work, clock=app.clock, catalogue=app.shipped.catalogue
        )
        fresh = find(*asked)
        return foreseen(found, fresh=None if fresh is None else fresh.id)

    def reuse_results_for(self, days: int) -> None:
        with self.app.unit_of_work() as work:
            work.user_settings.save(self.app.user, AccountSettings(freshness_days=days))
            work.commit()

    def price_reused(self, name: str, amount: str) -> None:
        priced = replace(PRICE, reused_price=Decimal(amount))
        with self.app.unit_of_work() as work:
            work.prices.add({name: priced}, valid_from=self.app.clock.now())
            work.commit()

    def change_decoder(self) -> None:
        self.app.equipment = Equipment(decoder_build="another")

    def file_of(self, video: MadeVideo) -> bytes:
        return self._content(video)

    def result_of(self, run_id: RunId, name: str) -> tuple[float, Mapping[str, Any]]:
        with self.app.unit_of_work() as work:
            artifact = work.runs.artifacts(run_id)[name]
        arrays, meta = decode(self.app.store.read(artifact))
        return float(arrays["value"]), meta

    def timings_of(self, run_id: RunId) -> int:
        with self.app.unit_of_work() as work:
            return sum(one.run_id == run_id for one in work.timings.newest(limit=100))

    def start_kept(
        self,
        video: SeenVideo,
        *names: str,
        key: str = "",
        estimate: Foreseen | None = None,
        is_anew: bool = True,
    ) -> SeenRun:
        estimate_id = None if estimate is None else self._estimates[estimate.id].id
        request = self.app.request(key=key, estimate_id=estimate_id)
        started = self.app.start_video_run(_id(video), a_choice(*names), request, is_anew=is_anew)
        return seen_run(started)

    def staged(self) -> int:
        return len(self.app.uploads.staged())

    def sweep_uploads_after_a_day(self) -> None:
        touched_at = max(staged.touched_at for staged in self.app.uploads.staged())
        self.app.clock.moment = max(touched_at, self.app.clock.now()) + timedelta(hours=25)
        self.app.sweep_uploads()


def _id(video: SeenVideo) -> KeptVideoId:
    return KeptVideoId(UUID(video.id))


def _seen(video: KeptVideo) -> SeenVideo:
    return SeenVideo(
        id=str(video.id),
        state=video.state,
        title=video.metadata.title,
        duration_s=None if video.facts is None else video.facts.duration_s,
        refusal=None if video.refusal is None else video.refusal.code,
    )
