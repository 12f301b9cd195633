"""Parts of the segment stage: the plan, the watchers and the record that is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from application.ports.components import Arrays, Component, FrameWatcher, StreamFrame, Timeline
from application.ports.media import Decoded, DecodeRequest
from application.ports.segments import Segmentation
from domain.canonical import JsonValue
from domain.component import ComponentSpec, SoundKind
from domain.manifest import Preprocessing
from domain.run import Failure
from domain.sampling import SamplingPlan, frame_count, plan


def planned(duration_s: float, specs: Iterable[ComponentSpec]) -> SamplingPlan:
    """The sampling plan of a video for the budgets of its components."""
    asked = list(specs)
    return plan(
        frame_count(duration_s),
        {spec.name: spec.frames for spec in asked if spec.frames},
        {spec.name: spec.detail for spec in asked if spec.detail},
    )


def sounds_wanted(specs: Iterable[ComponentSpec]) -> frozenset[SoundKind]:
    """Renderings of the sound track that somebody reads; the spectrum reads `music`."""
    wanted: set[SoundKind] = set()
    for spec in specs:
        wanted.update(spec.sounds)
        if spec.spectra:
            wanted.add(SoundKind.MUSIC)
    return frozenset(wanted)


def decode_errors(decoded: Decoded) -> int:
    """The decoder's complaints, as the manifest tells them."""
    return decoded.error_count


class Watchers:
    """The streaming halves of components; one that raises is out, the others go on."""

    def __init__(
        self, components: Sequence[Component], request: DecodeRequest, duration_s: float
    ) -> None:
        width_px, height_px = request.analysis_size
        self.timeline = Timeline(
            frame_count=request.frame_count,
            duration_s=duration_s,
            width_px=width_px,
            height_px=height_px,
            has_sound=request.media.has_sound,
        )
        self._watching: dict[str, FrameWatcher] = {
            c.spec.name: c.watch(self.timeline) for c in components if c.watch is not None
        }
        self.union = planned(duration_s, [c.spec for c in components]).union
        self.failures: dict[str, Failure] = {}

    def see(self, frame: StreamFrame) -> None:
        for name, watcher in list(self._watching.items()):
            try:
                watcher.see(frame)
            except Exception as error:  # noqa: BLE001 - a component's bug must not end the others
                self._out(name, error)

    def observed(self) -> Mapping[str, Arrays]:
        seen: dict[str, Arrays] = {}
        for name, watcher in list(self._watching.items()):
            try:
                seen[name] = watcher.observed()
            except Exception as error:  # noqa: BLE001 - as above
                self._out(name, error)
        return seen

    def _out(self, name: str, error: Exception) -> None:
        del self._watching[name]
        self.failures[name] = failure_of(error, where=f"{name}.watch")


def failure_of(error: Exception, *, where: str) -> Failure:
    """A component's exception as the account shows it: its kind and place, never its values."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    line = f" (line {trace.tb_lineno})" if trace is not None else ""
    code = getattr(error, "code", "component_failed")
    return Failure(str(code), f"{type(error).__name__} in {where}{line}", where=where)


def segmentation_of(
    request: DecodeRequest,
    decoded: Decoded,
    plan: SamplingPlan,
    duration_s: float,
    attempts: Sequence[Mapping[str, JsonValue]],
    watchers: Watchers,
    counters: Mapping[str, int],
) -> Segmentation:
    """The record of a pass that is good enough to go on with."""
    plan = plan.limited(decoded.frame_count)
    passes = sum(attempt["what"] == "decode" for attempt in attempts)
    done = Preprocessing(
        source=request.media.describe(),
        operations=decoded.operations,
        attempts=tuple(attempts),
        warnings=("decode_errors",) if decode_errors(decoded) else (),
        timeline={
            "frame_count": plan.frame_count,
            "duration_s": duration_s,
            "size": list(request.analysis_size),
            "union_frames": len(plan.union),
            "detail_frames": len(plan.detail_union),
            "decode_errors": decode_errors(decoded),
        },
        counters={**counters, "decodes": passes},
        confinement=decoded.confinement,
    )
    return Segmentation(
        timeline=replace(watchers.timeline, frame_count=plan.frame_count),
        detail_size=request.detail_size,
        plan=plan,
        sounds=decoded.sounds,
        has_spectra=counters.get("spectra", 0) > 0,
        preprocessing=done,
        watcher_failures=watchers.failures,
    )
