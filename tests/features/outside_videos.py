"""Added videos of an installation behind its door."""

import hashlib
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from dependency_injector import providers

from adapters.memory.video_files import MadeVideo
from application.use_cases.set_price import PriceChange
from domain.errors import DomainError
from domain.identity import RunId
from domain.kept_video import KeptVideoId, VideoState
from domain.reuse_key import Equipment
from entrypoints.graphql import ids
from entrypoints.resolving import Resolving
from tests.features import answers, documents
from tests.features.installation import Installation
from tests.features.real_clips import content_of
from tests.features.seen import Foreseen, SeenRun, SeenVideo


class OutsideVideos:
    """Those members of the protocol `Driver`."""

    at: Installation
    _last_video: str
    _last_content: bytes

    @abstractmethod
    def asks(self, query: str, **variables: Any) -> Any: ...

    @abstractmethod
    def answer(self, query: str, **variables: Any) -> Any: ...

    @abstractmethod
    def estimated(self, video: str, *names: str, is_anew: bool = ...) -> Foreseen: ...

    @abstractmethod
    def started(
        self,
        video: str,
        components: Sequence[Mapping[str, Any]],
        *,
        key: str = ...,
        estimate: Foreseen | None = ...,
        is_anew: bool = ...,
    ) -> SeenRun: ...

    def add_link(self, link: str, *, title: str | None = None) -> SeenVideo:
        return _seen(self.added(link, title=title))

    def added(self, link: str, *, title: str | None) -> Any:
        said = None if title is None else {"title": title}
        video = self.answer(documents.ADD_VIDEO, link=link, metadata=said)
        self._last_video = video["id"]
        return video

    def look(self, video: SeenVideo) -> None:
        asking = Resolving(self.at.container.resolve_video)
        asking.soon(_id(video))
        # Not `close`, which begins no more.
        while asking._waiting:
            next(iter(asking._waiting)).result()
        asking.close()

    def look_at_forgotten(self) -> None:
        asking = Resolving(self.at.container.resolve_video)
        asking.again()
        asking.close()

    def upload(
        self,
        file: MadeVideo | bytes,
        *,
        title: str | None = "A talk",
        declared: bytes | None = None,
    ) -> SeenVideo:
        content = file if isinstance(file, bytes) else content_of(file)
        return _seen(self.uploaded(content, title=title, declared=declared))

    def uploaded(self, content: bytes, *, title: str | None, declared: bytes | None = None) -> Any:
        """The video, once its file has come."""
        meant = content if declared is None else declared
        begun = self.answer(
            documents.CREATE_UPLOAD,
            size=len(meant),
            sha256=hashlib.sha256(meant).hexdigest(),
            metadata=None if title is None else {"title": title},
        )
        for target in begun["targets"]:
            part = content[target["offset"] : target["offset"] + target["sizeBytes"]]
            sent = self.at.http.request(target["method"], target["url"], content=part)
            assert sent.is_success, sent.text
        video = self.answer(documents.COMPLETE_UPLOAD, upload=begun["id"])
        self._last_video, self._last_content = video["id"], content
        return video

    def begin_upload(self, size_bytes: int) -> None:
        self.answer(documents.CREATE_UPLOAD, size=size_bytes)

    def rename(self, video: SeenVideo, file: MadeVideo, title: str) -> None:
        """The same file is sent under another title."""
        assert self.upload(file, title=title).id == video.id

    def video(self, video: SeenVideo) -> SeenVideo:
        return _seen(self.asks(documents.ONE_VIDEO, video=video.id)["video"])

    def unknown_video(self) -> SeenVideo:
        never = str(ids.encode("Video", uuid4()))
        return SeenVideo(
            id=never, state=VideoState.READY, title=None, duration_s=None, refusal=None
        )

    def reason_of(self, video: SeenVideo) -> str:
        try:
            self.estimated(video.id, "title")
        except DomainError as refusal:
            return str(refusal.fields["reason"])
        return ""

    def estimate_kept(self, video: SeenVideo, *names: str, is_anew: bool = True) -> Foreseen:
        return self.estimated(video.id, *names, is_anew=is_anew)

    def reuse_results_for(self, days: int) -> None:
        self.answer(documents.SET_FRESHNESS, days=days)

    def price_reused(self, name: str, amount: str) -> None:
        """On the command line: the API sets no such price."""
        change = PriceChange(figures={"reused_price": Decimal(amount)})
        self.at.container.set_price()(name, change)

    def change_decoder(self) -> None:
        another = Equipment(decoder_build="another")
        self.at.container.equipment.override(providers.Object(another))

    def file_of(self, video: MadeVideo) -> bytes:
        return content_of(video)

    def result_of(self, run_id: RunId, name: str) -> tuple[float, Mapping[str, Any]]:
        told = self.asks(documents.RESULT, run=answers.run_name(run_id), component=name)
        [value] = told["artifact"]["charts"]
        return value["number"], told["artifact"]["meta"]

    def timings_of(self, run_id: RunId) -> int:
        with self.at.container.unit_of_work() as work:
            return sum(one.run_id == run_id for one in work.timings.newest(limit=100))

    def start_kept(
        self,
        video: SeenVideo,
        *names: str,
        key: str = "",
        estimate: Foreseen | None = None,
        is_anew: bool = True,
    ) -> SeenRun:
        chosen = [{"component": name} for name in names]
        return self.started(video.id, chosen, key=key, estimate=estimate, is_anew=is_anew)

    def staged(self) -> int:
        return len(self.at.container.uploads().staged())

    def sweep_uploads_after_a_day(self) -> None:
        self.at.clock.moment += timedelta(hours=25)
        self.at.container.sweep_uploads()()


def _id(video: SeenVideo) -> KeptVideoId:
    kind, own = ids.decode(video.id) or ("", "")
    assert kind == "Video"
    return KeptVideoId(UUID(own))


def _seen(told: Mapping[str, Any]) -> SeenVideo:
    lasts_ms = told["durationMs"]
    return SeenVideo(
        id=told["id"],
        state=VideoState[told["state"]],
        title=told["title"],
        duration_s=None if lasts_ms is None else lasts_ms / 1000,
        refusal=None if told["refusal"] is None else told["refusal"]["code"],
    )
