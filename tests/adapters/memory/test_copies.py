"""What a unit of work has of its own, and what it shares with everybody."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest

from adapters.memory.copies import apart
from adapters.memory.database import Kept
from domain.kept_video import KeptVideo
from domain.run import Run, Stage
from domain.upload import Upload
from tests.builders import NOON, a_run, a_running_run


def kinds_in(hint: Any, known: set[type]) -> set[type]:
    """Every dataclass that may be met in what a type hint allows."""
    inside = [getattr(hint, "__supertype__", None), *get_args(hint)]
    if isinstance(hint, type) and is_dataclass(hint) and hint not in known:
        known.add(hint)
        inside += get_type_hints(hint).values()
    for inner in inside:
        if inner is not None:
            kinds_in(inner, known)
    return known


def may_change(kind: Any) -> bool:
    return not kind.__dataclass_params__.frozen


def test_nothing_that_may_change_is_inside_what_is_shared() -> None:
    """A frozen fact is shared whole: whatever is in it has to be frozen too."""
    kinds = kinds_in(Kept, set())
    assert {kind for kind in kinds if may_change(kind)} == {Kept, Run, KeptVideo, Upload}
    for kind in kinds:
        if not may_change(kind):
            inside = kinds_in(kind, set())
            assert not [one for one in inside if may_change(one)], kind


@pytest.mark.parametrize(
    "change",
    [
        lambda run: run.enter(Stage.ANALYSE, now=NOON),
        lambda run: run.components.update(x=None),
        lambda run: run.events.clear(),
        lambda run: setattr(run, "status", None),
    ],
)
def test_a_change_does_not_reach_the_copy(change: Callable[[Run], None]) -> None:
    run = a_running_run()
    kept = Kept(runs={run.id: run})
    copied = apart(kept)
    before = {each.name: apart(getattr(run, each.name)) for each in fields(run)}
    change(run)
    kept.runs[a_run().id] = a_run()
    (same,) = copied.runs.values()
    assert {each.name: getattr(same, each.name) for each in fields(same)} == before
