"""Reusing results: what is there already and fresh is not measured again (R-509)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from domain.catalogue import Catalogue
from domain.component import ComponentSpec, ComponentStatus
from domain.kept_result import KeptResult
from domain.reuse_key import Equipment, reuse_key
from domain.run import Run, RunStatus
from domain.video import Metadata

LookUp = Callable[[Collection[str]], Sequence[KeptResult]]
"""Results under any of these keys that the user may have, the newest measured first."""


def words_of(metadata: Metadata) -> Metadata:
    """What is said of a video, without the counters that change by themselves."""
    unsaid = replace(metadata, subscribers=None, views=None, likes=None, duration_s=None)
    return replace(unsaid, counters_read_at=None)


def answers(earlier: Run, asked: Run, *, since: datetime) -> bool:
    """Whether an earlier run of the same user gives what the asked one would, and is fresh.

    The same video, configuration, sampling and release; the same words said of the video; it ended
    well, and everything in it was measured, at `since` or later.
    """
    theirs, ours = earlier.identity, asked.identity
    return (
        earlier.status is RunStatus.OK
        and earlier.user_id == asked.user_id
        and replace(theirs, run_id=ours.run_id) == ours
        and words_of(earlier.metadata) == words_of(asked.metadata)
        and earlier.measured_at is not None
        and earlier.measured_at >= since
    )


def reusable(
    run: Run, catalogue: Catalogue, equipment: Equipment, *, look_up: LookUp
) -> dict[str, KeptResult]:
    """The results that a run can take over, by component, in the order of the graph.

    A component's is taken only when those of all it needs, and of all it uses that the run has, are
    taken too: else it is not known yet what it would be given. All of them were measured from one
    and the same file, the one of the newest: two downloads of a link may differ by a frame.
    """
    undecided = {spec.name: spec for spec in catalogue.in_order(run.profile.component_names)}
    found: dict[str, KeptResult] = {}
    content = None
    while ready := [spec for spec in undecided.values() if _before(spec, run) <= found.keys()]:
        keys = {
            spec.name: reuse_key(spec, run, equipment, taken=_taken(spec, found)) for spec in ready
        }
        results = look_up([key for key in keys.values() if key is not None])
        if content is None and results:
            content = max(results, key=lambda result: result.measured_at).content
        for name, key in keys.items():
            del undecided[name]
            fitting = (one for one in results if one.key == key and one.content == content)
            newest = next(fitting, None)
            if newest is not None:
                found[name] = newest
    return found


def _before(spec: ComponentSpec, run: Run) -> set[str]:
    return {name for name in (*spec.needs, *spec.uses) if name in run.profile.component_names}


def _taken(spec: ComponentSpec, found: Mapping[str, KeptResult]) -> dict[str, str]:
    """Dependencies that the component is given: only what is `ok` is handed on."""
    before = (found[name] for name in (*spec.needs, *spec.uses) if name in found)
    return {one.component: one.key for one in before if one.status is ComponentStatus.OK}
