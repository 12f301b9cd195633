"""Parts of the segment stage: one pass over a file, the watchers, and the record that is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from application.origins import kind_and_origin
from application.ports.components import (
    Arrays,
    Component,
    FrameWatcher,
    StreamFrame,
    Timeline,
    Watch,
)
from application.ports.segments import Segmentation, SegmentDraft
from application.ports.video_files import Decoded, DecodeRequest, ProbedVideo
from domain.canonical import JsonValue
from domain.component import ComponentSpec, SoundKind
from domain.manifest import Preprocessing
from domain.run import Failure
from domain.sampling import SamplingPlan, frame_count, plan
from domain.video import analysis_size, detail_size

Account = Mapping[str, JsonValue]


@dataclass(frozen=True)
class Pass:
    """One decoding pass as it is planned: a file, its length, and who wants what of it."""

    file: Path
    video: ProbedVideo
    duration_s: float
    components: Sequence[Component]

    @cached_property
    def plan(self) -> SamplingPlan:
        """Frame indices by component."""
        specs = [component.spec for component in self.components]
        return plan(
            frame_count(self.duration_s),
            {spec.name: spec.frames for spec in specs if spec.frames},
            {spec.name: spec.detail for spec in specs if spec.detail},
        )

    @property
    def wants_spectra(self) -> bool:
        return any(component.spec.spectra for component in self.components)

    def request(self, draft: SegmentDraft, *, timeout_s: float) -> DecodeRequest:
        """What the decoder is asked for, into the files of a draft."""
        shown = self.video.shown_width_px, self.video.shown_height_px
        kinds = sounds_wanted(c.spec for c in self.components) if self.video.has_sound else ()
        return DecodeRequest(
            file=self.file,
            video=self.video,
            frame_count=self.plan.frame_count,
            analysis_size=analysis_size(*shown),
            detail_size=detail_size(*shown),
            detail_indices=self.plan.detail_union,
            detail_file=draft.detail_file,
            sound_files={kind: draft.sound_file(kind) for kind in sorted(kinds)},
            timeout_s=timeout_s,
        )

    def timeline(self, count: int, *, shown_s: tuple[float, ...] = ()) -> Timeline:
        """The timeline of `count` frames; `shown_s` where they are decoded."""
        width_px, height_px = analysis_size(self.video.shown_width_px, self.video.shown_height_px)
        return Timeline(
            frame_count=count,
            duration_s=self.duration_s,
            width_px=width_px,
            height_px=height_px,
            has_sound=self.video.has_sound,
            shown_s=shown_s,
        )

    def record(
        self, decoded: Decoded, attempts: Sequence[Account], counters: Mapping[str, int]
    ) -> Segmentation:
        """The record of this pass when it is good enough to go on with."""
        kept = self.plan.limited(decoded.frame_count)
        shown = self.video.shown_width_px, self.video.shown_height_px
        line = self.timeline(kept.frame_count, shown_s=decoded.shown_s[: kept.frame_count])
        passes = sum(attempt["what"] == "decode" for attempt in attempts)
        done = Preprocessing(
            source=self.video.describe(),
            operations=decoded.operations,
            attempts=tuple(attempts),
            warnings=("decode_errors",) if decoded.error_count else (),
            timeline={
                "frame_count": line.frame_count,
                "duration_s": line.duration_s,
                "size": [line.width_px, line.height_px],
                "union_frames": len(kept.union),
                "detail_frames": len(kept.detail_union),
                "decode_errors": decoded.error_count,
            },
            counters={**counters, "decodes": passes},
            confinement=decoded.confinement,
        )
        return Segmentation(
            timeline=line,
            detail_size=detail_size(*shown),
            plan=kept,
            sounds=decoded.sounds,
            has_spectra=counters.get("spectra", 0) > 0,
            preprocessing=done,
        )


def sounds_wanted(specs: Iterable[ComponentSpec]) -> frozenset[SoundKind]:
    """Renderings of the sound track that somebody reads; the spectrum reads `music`."""
    wanted: set[SoundKind] = set()
    for spec in specs:
        wanted.update(spec.sounds)
        if spec.spectra:
            wanted.add(SoundKind.MUSIC)
    return frozenset(wanted)


class Watchers:
    """The streaming halves of components; one that raises is out, the others go on."""

    def __init__(self, components: Iterable[Component], timeline: Timeline) -> None:
        self._watching: dict[str, FrameWatcher] = {}
        self.failures: dict[str, Failure] = {}
        for component in components:
            if component.watch is not None:
                self._begin(component.spec.name, component.watch, timeline)

    def see(self, frame: StreamFrame) -> None:
        for name, watcher in list(self._watching.items()):
            try:
                watcher.see(frame)
            except Exception as error:  # noqa: BLE001 - a component's bug must not end the others
                self._out(name, error)

    def observed(self) -> Mapping[str, Arrays]:
        """What each watcher saw; asked for once, after the last frame."""
        seen: dict[str, Arrays] = {}
        for name, watcher in list(self._watching.items()):
            try:
                seen[name] = watcher.observed()
            except Exception as error:  # noqa: BLE001 - as above
                self._out(name, error)
        return seen

    def _begin(self, name: str, watch: Watch, timeline: Timeline) -> None:
        try:
            self._watching[name] = watch(timeline)
        except Exception as error:  # noqa: BLE001 - as below
            self._out(name, error)

    def _out(self, name: str, error: Exception) -> None:
        self._watching.pop(name, None)
        self.failures[name] = failure_of(error, where=f"{name}.watch")


def failure_of(error: Exception, *, where: str) -> Failure:
    """A component's exception as the account shows it: its kind and place, never its values."""
    code = getattr(error, "code", "component_failed")
    return Failure(str(code), kind_and_origin(error, where=where), where=where)
