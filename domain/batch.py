"""Batches: which waiting runs one worker takes up, and what it does at once (R-502, R-508)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.component import ComponentSpec
from domain.identity import RunId

RUNS_MAX = 8
"""Served models take 8 to 32 items a call; more runs would wait for each other and gain little."""
MATERIAL_S_MAX = 120.0
"""Of all videos of a batch together: nothing is measured together before all are decoded, by which
the first ends later than alone, 12 s (720p) to 27 s (1080p) of a core for this much. And a video of
a minute fills a model's calls by itself."""


HALVINGS_MAX = 2
"""What takes too much memory at once is halved so often, and no more (R-508)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """What one measurement of a component takes: a row of `component_resource_requirements`."""

    memory_mib: int
    gpu_memory_mib: int = 0
    cores: int = 1

    def __post_init__(self) -> None:
        if self.memory_mib < 1 or self.gpu_memory_mib < 0 or self.cores < 1:
            raise ValueError(f"nothing is measured with so little: {self}")

    @classmethod
    def of(cls, spec: ComponentSpec) -> "Requirements":
        """What a component says of itself, until an installation says otherwise."""
        return cls(memory_mib=spec.memory_mib, cores=spec.cores)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What a worker may use."""

    memory_mib: int
    cores: int
    gpu_memory_mib: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRun:
    """A run that waits; `asks` are its components that ask served models."""

    run_id: RunId
    asks: frozenset[str]
    duration_s: float | None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """So many runs a component is measured over together, `at_once` of them computing."""

    runs: int = 1
    at_once: int = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Runs in the order of their arrival, and the group of each component that has one."""

    runs: tuple[RunId, ...]
    groups: Mapping[str, Group]


def halvings_to_fit(row: Requirements, machine: Machine) -> int:
    """How often blocks and calls of a measurement are halved from the start, 0 to `HALVINGS_MAX`.

    Once where it takes more memory than the machine has, twice where more than double. What does
    not shrink with a call is not told apart in `row`: where halving does not help, R-508 ends it.
    """
    needed = row.memory_mib / machine.memory_mib
    if machine.gpu_memory_mib:
        # Without one of its own the models' GPU is a server's, which looks after its memory.
        needed = max(needed, row.gpu_memory_mib / machine.gpu_memory_mib)
    return next((n for n in range(HALVINGS_MAX) if needed <= 2**n), HALVINGS_MAX)


def plan_batches(
    waiting: Sequence[WaitingRun], *, requirements: Mapping[str, Requirements], machine: Machine
) -> tuple[Batch, ...]:
    """Every waiting run in exactly one batch, first in, first out.

    A run goes with those before it where all are short, some component of it can be measured
    together with theirs, and none was tried before: a run that ends its worker would take the
    others' tries with it (hardening 48). Else it begins the next batch, and any may be alone.
    """
    groups = {name: _group(row, machine) for name, row in requirements.items()}
    together = frozenset(name for name, group in groups.items() if group.runs > 1)
    batches: list[list[WaitingRun]] = []
    for run in waiting:
        if batches and _goes_with(run, batches[-1], together):
            batches[-1].append(run)
        else:
            batches.append([run])
    return tuple(
        Batch(
            tuple(run.run_id for run in batch),
            {name: groups[name] for run in batch for name in sorted(run.asks & together)},
        )
        for batch in batches
    )


def _group(row: Requirements, machine: Machine) -> Group:
    """As many as the memory holds; one alone is measured whatever it takes.

    Cores bound how many compute at once, not how many are together: whoever waits for a model's
    answer computes nothing.
    """
    fit = machine.memory_mib // row.memory_mib
    if row.gpu_memory_mib:
        fit = min(fit, machine.gpu_memory_mib // row.gpu_memory_mib)
    return Group(max(1, min(fit, RUNS_MAX)), max(1, machine.cores // row.cores))


def _goes_with(run: WaitingRun, batch: Sequence[WaitingRun], together: frozenset[str]) -> bool:
    shared = run.asks & frozenset[str]().union(*(other.asks for other in batch))
    return (
        len(batch) < RUNS_MAX
        and bool(shared & together)
        and not any(each.tries for each in (*batch, run))
        and _is_short(*batch, run)
    )


def _is_short(*runs: WaitingRun) -> bool:
    """A video of unknown length may be of any."""
    known = [run.duration_s for run in runs if run.duration_s is not None]
    return len(known) == len(runs) and sum(known) <= MATERIAL_S_MAX
