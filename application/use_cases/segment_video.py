"""The segment stage: one decode, judged by what came out, feeding everything that wants frames."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from application.errors import TimedOut
from application.ports.components import Components
from application.ports.orders import SegmentOrder
from application.ports.segments import Segmentation, SegmentDraft, Segments
from application.ports.video_files import (
    Decoded,
    ProbedVideo,
    VideoDecoder,
    VideoProbe,
    VideoRepair,
)
from application.segmenting import Pass, Watchers
from domain.canonical import JsonValue
from domain.component import SoundKind
from domain.errors import VideoFileCorrupted
from domain.video import ANALYSIS_RATE_HZ, check_duration, check_picture

DECODED_SHARE_MIN = 0.8
REPAIR_LIMIT_S = 5 * 60.0
DECODER_LIMIT_MIN_S = 60.0
DECODER_LIMIT_PER_SECOND = 4.0

OnShare = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class SegmentVideo:
    """Decodes a run's video once into everything its components need (R-401 to R-405).

    Refuses with the codes of R-103 to R-105 what only decoding shows. A second pass happens only
    when the first shows another length than the packets did (one re-plan), or too few pictures
    (repair, R-105); the account of every attempt is in the manifest.
    """

    probe: VideoProbe
    decoder: VideoDecoder
    repair: VideoRepair
    segments: Segments
    components: Components

    def __call__(self, order: SegmentOrder, *, on_progress: OnShare) -> Segmentation:
        video = self.probe.probe(order.file)
        check_picture(video.shown_width_px, video.shown_height_px)
        check_duration(video.duration_s, tolerance_s=video.frame_step_s)
        work = _Work(order, on_progress, time.monotonic() + order.timeout_s, video.picture_count)
        try:
            return self._decoded(work, order.file, video)
        except _TooFewPictures as few:
            return self._repaired(work, share=few.share)

    def _repaired(self, work: "_Work", *, share: float) -> Segmentation:
        """R-105's second try: encode anew what can be decoded, and judge that."""
        repaired = work.order.file.with_name("repaired.mp4")
        try:
            self._reencode(work, repaired, share=share)
            work.attempts.append({"what": "reencode"})
            return self._decoded(work, repaired, self.probe.probe(repaired))
        except _TooFewPictures as few:
            raise _corrupted(few.share) from few
        finally:
            repaired.unlink(missing_ok=True)

    def _reencode(self, work: "_Work", repaired: Path, *, share: float) -> None:
        limit_s = min(REPAIR_LIMIT_S, work.left_s)
        try:
            self.repair.reencode(work.order.file, into=repaired, timeout_s=limit_s)
        except TimedOut as late:
            # Repair has its time, and what was decoded before it was too little.
            raise _corrupted(share, detail="repair_too_slow") from late

    def _decoded(self, work: "_Work", file: Path, video: ProbedVideo) -> Segmentation:
        chosen = tuple(self.components[name] for name in work.order.components)
        first = Pass(file, video, video.duration_s, chosen)
        try:
            return self._one_pass(work, first, may_replan=True)
        except _OtherLength as other:
            second = replace(first, duration_s=other.duration_s)
            return self._one_pass(work, second, may_replan=False)

    def _one_pass(self, work: "_Work", plan: Pass, *, may_replan: bool) -> Segmentation:
        with self.segments.draft(work.order.run_id) as draft:
            watchers = Watchers(plan.components, plan.timeline(plan.plan.frame_count))
            decoded = self._stream(work, plan, draft, watchers)
            share = decoded.picture_count / work.expected_pictures
            work.attempts.append(_account(decoded, share))
            if share < DECODED_SHARE_MIN:
                raise _TooFewPictures(share)
            check_duration(decoded.duration_s, tolerance_s=plan.video.frame_step_s)
            if may_replan and _differs(decoded, plan):
                raise _OtherLength(decoded.duration_s)
            sound = decoded.sounds.get(SoundKind.MUSIC)
            if sound is not None and plan.wants_spectra:
                draft.make_spectra(sound)
            observed = watchers.observed()
            record = plan.record(decoded, work.attempts, draft.counters)
            took = replace(
                record.preprocessing,
                duration_ms=work.duration_ms,
                content_sha256=work.order.content_sha256,
            )
            record = replace(record, watcher_failures=watchers.failures, preprocessing=took)
            draft.commit(record, observed)
            return record

    def _stream(
        self, work: "_Work", plan: Pass, draft: SegmentDraft, watchers: Watchers
    ) -> Decoded:
        request = plan.request(draft, timeout_s=work.decoder_limit_s(plan.duration_s))
        union = frozenset(plan.plan.union)
        with self.decoder.decode(request) as decoding:
            for index, planes in enumerate(decoding.frames()):
                if index in union:
                    draft.keep(planes)
                watchers.see(draft.frame(index, planes))
                if index % ANALYSIS_RATE_HZ == 0:
                    work.on_progress(min(1.0, index / request.frame_count))
                    work.refuse_when_late()
            return decoding.result()


@dataclass(slots=True)
class _Work:
    """What the attempts of one segment stage share."""

    order: SegmentOrder
    on_progress: OnShare
    deadline_s: float
    expected_pictures: int
    attempts: list[Mapping[str, JsonValue]] = field(default_factory=list)
    began_s: float = field(default_factory=time.monotonic)

    @property
    def duration_ms(self) -> int:
        return round(1000 * (time.monotonic() - self.began_s))

    @property
    def left_s(self) -> float:
        return max(1.0, self.deadline_s - time.monotonic())

    def decoder_limit_s(self, duration_s: float) -> float:
        limit_s = max(DECODER_LIMIT_MIN_S, DECODER_LIMIT_PER_SECOND * duration_s)
        return min(limit_s, self.left_s)

    def refuse_when_late(self) -> None:
        if time.monotonic() > self.deadline_s:
            raise TimedOut(f"segmenting took more than {self.order.timeout_s:.0f} s")


class _OtherLength(Exception):
    """The packets promised another length than was decoded: the plan was for that."""

    def __init__(self, duration_s: float) -> None:
        super().__init__(f"{duration_s:.2f} s")
        self.duration_s = duration_s


class _TooFewPictures(Exception):
    def __init__(self, share: float) -> None:
        super().__init__(f"{share:.0%}")
        self.share = share


def _corrupted(share: float, **detail: str) -> VideoFileCorrupted:
    percent = round(100 * share)
    words = f"{percent} % of the pictures can be decoded"
    return VideoFileCorrupted(words, decoded_percent=percent, **detail)


def _differs(decoded: Decoded, plan: Pass) -> bool:
    """More than a grid step a minute between the packets' length and the decoded one."""
    steps = max(1.0, plan.duration_s / 60)
    fewer = decoded.frame_count < plan.plan.frame_count - steps
    return fewer or abs(decoded.duration_s - plan.duration_s) * ANALYSIS_RATE_HZ > steps + 1e-6


def _account(decoded: Decoded, share: float) -> Mapping[str, JsonValue]:
    return {
        "what": "decode",
        "pictures": decoded.picture_count,
        "share": round(share, 4),
        "decode_errors": decoded.error_count,
    }
