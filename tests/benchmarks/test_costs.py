"""The cost of every component, as `costs.toml` holds it, and how well it foretells (R-602, R-606).

`make bench PYTEST_ARGS="-k costs"` measures made clips over a grid of sizes and lengths and the
clips of the corpus, prints how well each clip of the corpus is foretold by all others, and writes
the lines in place. With `COSTS_OF="faces objects"` only these and what they need are measured, and
only their lines written; `COSTS_EVERY=4` takes every fourth clip.
"""

import os
import shutil
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pytest

from adapters.components.catalogue import ShippedComponents
from adapters.model_repository.manifest import read_manifest
from adapters.toml.costs import SHIPPED
from domain.bill import Bill
from domain.calibration import fit
from domain.effort import PREPARATION, CostModel
from domain.profile import ComponentChoice, Profile
from tests.accuracy import Accuracy, Clip, held_out, shuffled
from tests.benchmarks.timed_clips import Made, grid, looped, timed

pytestmark = [pytest.mark.bench, pytest.mark.requires("ffmpeg", "shared_media")]

CATALOGUE = ShippedComponents().catalogue
ASKED = frozenset(os.environ.get("COSTS_OF", "").split())
EVERY = int(os.environ.get("COSTS_EVERY", "1"))
CHOSEN = CATALOGUE.closure(ASKED or CATALOGUE.names)
PROFILE = Profile(
    "costs", "1", tuple(ComponentChoice(spec.name) for spec in CATALOGUE.in_order(CHOSEN))
)
_DISABLED = {entry.name for entry in read_manifest() if not entry.is_enabled}
OFF = frozenset(name for name in CHOSEN if _DISABLED & set(CATALOGUE[name].models))
"""What asks a model that is not built unless somebody asks for it by name."""
GOAL = 0.2
HEAD = """\
# Processor seconds of a component: half of the runs take at most a_s + b_s_per_unit × units,
# nine of ten at most p90_factor times that. `make bench` writes them. Unit of `preparation`:
# megapixels (domain/video_size.py); else what the component names as cost.

[components]
"""


@dataclass(slots=True)
class Measured:
    """Every clip as it was timed, and the bills that the runs came to."""

    grid: list[Clip] = field(default_factory=list)
    corpus: list[Clip] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)


@pytest.fixture(scope="module")
def measured(shared_media: Path, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    folder = tmp_path_factory.mktemp("costs")
    found = Measured()
    clips = chain(
        ((made, found.grid) for made in grid(folder, every=EVERY)),
        ((made, found.corpus) for made in looped(shared_media / "real", folder, every=EVERY)),
    )
    for made, into in clips:
        if not found.grid:
            # The first run loads libraries, which a worker does once.
            timed(made, PROFILE, folder / "warm")
        clip, bill = _timed(made, folder / "data")
        into.append(clip)
        found.bills.append(bill)
        print(f"{clip.name}: {clip.seconds:.2f} s", flush=True)
    return found


@pytest.mark.skipif(bool(ASKED) or EVERY > 1, reason="foretelling is told of everything measured")
def test_costs_foretell_what_clips_take_that_they_were_not_fitted_to(measured: Measured) -> None:
    """R-606: leave one clip out, fit to the rest, foretell the one."""
    found = held_out(measured.corpus, beside=measured.grid)
    _tell(found)
    assert found.median <= GOAL
    harmed = held_out(shuffled(measured.corpus), beside=measured.grid)
    print(f"with units shuffled: {harmed.median:.1%}")
    assert harmed.median > GOAL


def test_costs_never_exceed_what_was_held(measured: Measured) -> None:
    """R-603: each of these runs was held and settled in a ledger of its own."""
    for bill in measured.bills:
        assert all(line.charged <= line.held for line in bill.lines)
        assert 0 < bill.charged.kopecks <= bill.held.kopecks


def test_costs_of_every_component_are_written(measured: Measured) -> None:
    """A component whose model is off keeps its line, and none is listed without one."""
    new = cost_lines([*measured.grid, *measured.corpus])
    written = new if not ASKED else {name: line for name, line in new.items() if name in ASKED}
    print("\n" + "\n".join(written.values()))
    lines = {**_written(), **written}
    assert lines.keys() == {PREPARATION, *CATALOGUE.names}
    unmeasured = CHOSEN - new.keys() - OFF
    assert not unmeasured, f"no clip gave anything to {sorted(unmeasured)}"
    text = "\n".join(lines[name] for name in sorted(lines))
    SHIPPED.write_text(HEAD + text + "\n", encoding="utf-8")


def cost_lines(clips: Sequence[Clip]) -> dict[str, str]:
    """One line of TOML a component."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for clip in clips:
        for name, line in clip.lines.items():
            points[name].append((line.units, line.seconds))
    return {name: _line(name, fit(found)) for name, found in points.items()}


def _written() -> dict[str, str]:
    kept = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["components"]
    return {name: _line(name, CostModel(**figures)) for name, figures in kept.items()}


def _line(name: str, model: CostModel) -> str:
    return f"{name} = {{ {_figures(model)} }}"


def _figures(model: CostModel) -> str:
    line = f"a_s = {model.a_s:.4f}, b_s_per_unit = {model.b_s_per_unit:.7f}"
    return f"{line}, p90_factor = {model.p90_factor:.2f}"


def _timed(made: Made, data_dir: Path) -> tuple[Clip, Bill]:
    shutil.rmtree(data_dir, ignore_errors=True)
    clip, ran = timed(made, PROFILE, data_dir)
    made.file.unlink()
    return clip, ran.bill


def _tell(found: Accuracy) -> None:
    for name, missed in sorted(found.by_clip.items(), key=lambda item: item[1]):
        print(f"{missed:6.1%}  {name}")
    for name, missed in sorted(found.by_component.items()):
        print(f"{missed:6.1%}  {name}")
    worst = found.worst_component
    print(f"median {found.median:.1%}; worst component {worst} {found.by_component[worst]:.1%}")
    print(f"clips above the sum of their p90 lines: {found.above_p90:.1%}")
