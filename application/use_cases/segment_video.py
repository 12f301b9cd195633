"""The segment stage: one decode, judged by what came out, feeding everything that wants frames."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from application.errors import TimedOut
from application.ports.analyst import SegmentOrder
from application.ports.components import Components
from application.ports.media import (
    Decoded,
    DecodeRequest,
    MediaProbe,
    MediaRepair,
    ProbedMedia,
    VideoDecoder,
)
from application.ports.segments import Segmentation, SegmentDraft, Segments
from application.segmenting import Watchers, decode_errors, planned, segmentation_of, sounds_wanted
from domain.canonical import JsonValue
from domain.component import SoundKind
from domain.errors import VideoFileCorrupted
from domain.sampling import SamplingPlan
from domain.video import ANALYSIS_RATE_HZ, analysis_size, check_duration, check_picture, detail_size

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

    probe: MediaProbe
    decoder: VideoDecoder
    repair: MediaRepair
    segments: Segments
    components: Components

    def __call__(self, order: SegmentOrder, *, on_progress: OnShare) -> Segmentation:
        media = self.probe.probe(order.file)
        work = _Work(order, on_progress, time.monotonic() + order.timeout_s, media.picture_count)
        try:
            return self._decoded(work, order.file, media)
        except _TooFewPictures:
            return self._repaired(work)

    def _repaired(self, work: "_Work") -> Segmentation:
        """R-105's second try: encode anew what can be decoded, and judge that."""
        repaired = work.order.file.with_name("repaired.mp4")
        limit_s = min(REPAIR_LIMIT_S, work.left_s)
        try:
            self.repair.reencode(work.order.file, into=repaired, timeout_s=limit_s)
            work.attempts.append({"what": "reencode"})
            return self._decoded(work, repaired, self.probe.probe(repaired))
        except _TooFewPictures as few:
            percent = round(100 * few.share)
            raise VideoFileCorrupted(
                f"{percent} % of the pictures can be decoded", decoded_percent=percent
            ) from few
        finally:
            repaired.unlink(missing_ok=True)

    def _decoded(self, work: "_Work", file: Path, media: ProbedMedia) -> Segmentation:
        duration_s = media.duration_s
        for may_replan in (True, False):
            check_duration(duration_s, tolerance_s=media.frame_step_s)
            found = self._one_pass(work, file, media, duration_s, may_replan=may_replan)
            if isinstance(found, Segmentation):
                return found
            duration_s = found
        raise AssertionError("the second pass never asks for a third")

    def _one_pass(
        self, work: "_Work", file: Path, media: ProbedMedia, duration_s: float, *, may_replan: bool
    ) -> Segmentation | float:
        """A segmentation, or the true duration when the plan was made for another."""
        check_picture(media.shown_width_px, media.shown_height_px)
        chosen = [self.components[name] for name in work.order.components]
        size = analysis_size(media.shown_width_px, media.shown_height_px)
        plan = planned(duration_s, [component.spec for component in chosen])
        kinds = sounds_wanted([c.spec for c in chosen]) if media.has_sound else frozenset()
        with self.segments.draft(work.order.run_id, size=size) as draft:
            request = _request(file, media, plan, draft, kinds, work.decoder_limit_s(duration_s))
            watchers = Watchers(chosen, request, duration_s)
            decoded = self._stream(work, request, draft, watchers)
            share = decoded.picture_count / work.expected_pictures
            work.attempts.append(_account(decoded, share))
            if share < DECODED_SHARE_MIN:
                raise _TooFewPictures(share)
            check_duration(decoded.duration_s, tolerance_s=media.frame_step_s)
            if may_replan and _differs(decoded, duration_s, plan):
                return decoded.duration_s
            sound = decoded.sounds.get(SoundKind.MUSIC)
            if sound is not None and any(c.spec.spectra for c in chosen):
                draft.make_spectra(sound)
            record = segmentation_of(
                request, decoded, plan, duration_s, work.attempts, watchers, draft.counters
            )
            draft.commit(record, watchers.observed())
            return record

    def _stream(
        self, work: "_Work", request: DecodeRequest, draft: SegmentDraft, watchers: Watchers
    ) -> Decoded:
        union = frozenset(watchers.union)
        count = 0
        with self.decoder.decode(request) as decoding:
            for index, planes in enumerate(decoding.frames()):
                if index in union:
                    draft.keep(planes)
                watchers.see(draft.frame(index, planes))
                count += 1
                if count % ANALYSIS_RATE_HZ == 0:
                    work.on_progress(min(1.0, count / request.frame_count))
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

    @property
    def left_s(self) -> float:
        return max(1.0, self.deadline_s - time.monotonic())

    def decoder_limit_s(self, duration_s: float) -> float:
        limit_s = max(DECODER_LIMIT_MIN_S, DECODER_LIMIT_PER_SECOND * duration_s)
        return min(limit_s, self.left_s)

    def refuse_when_late(self) -> None:
        if time.monotonic() > self.deadline_s:
            raise TimedOut(f"segmenting took more than {self.order.timeout_s:.0f} s")


class _TooFewPictures(Exception):
    def __init__(self, share: float) -> None:
        super().__init__(f"{share:.0%}")
        self.share = share


def _request(
    file: Path,
    media: ProbedMedia,
    plan: SamplingPlan,
    draft: SegmentDraft,
    kinds: frozenset[SoundKind],
    timeout_s: float,
) -> DecodeRequest:
    width_px, height_px = media.shown_width_px, media.shown_height_px
    return DecodeRequest(
        file=file,
        media=media,
        frame_count=plan.frame_count,
        analysis_size=analysis_size(width_px, height_px),
        detail_size=detail_size(width_px, height_px),
        detail_indices=plan.detail_union,
        detail_file=draft.detail_file,
        sound_files={kind: draft.sound_file(kind) for kind in sorted(kinds)},
        timeout_s=timeout_s,
    )


def _differs(decoded: Decoded, duration_s: float, plan: SamplingPlan) -> bool:
    """More than a grid step a minute between the packets' length and the decoded one."""
    allowed_s = max(1.0, duration_s / 60) / ANALYSIS_RATE_HZ
    shorter = decoded.frame_count < plan.frame_count - allowed_s * ANALYSIS_RATE_HZ
    return shorter or abs(decoded.duration_s - duration_s) > allowed_s + 1e-6


def _account(decoded: Decoded, share: float) -> Mapping[str, JsonValue]:
    return {
        "what": "decode",
        "pictures": decoded.picture_count,
        "share": round(share, 4),
        "decode_errors": decode_errors(decoded),
    }
