"""Batches keep the order, lose nobody and never take more than the machine has (R-502)."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.batch import (
    MATERIAL_S_MAX,
    RUNS_MAX,
    Batch,
    Group,
    Machine,
    Requirements,
    WaitingRun,
    halvings_to_fit,
    plan_batches,
)
from domain.identity import RunId

NAMES = ("faces", "objects", "speech")
ROW = Requirements(memory_mib=1000)
MACHINE = Machine(memory_mib=6000, cores=2)

rows = st.builds(
    Requirements,
    memory_mib=st.integers(1, 8000),
    gpu_memory_mib=st.integers(0, 8000),
    cores=st.integers(1, 8),
)
machines = st.builds(
    Machine,
    memory_mib=st.integers(1, 40_000),
    cores=st.integers(1, 64),
    gpu_memory_mib=st.integers(0, 20_000),
)
queues = st.lists(
    st.tuples(
        st.frozensets(st.sampled_from(NAMES)),
        st.none() | st.floats(0.1, 200),
        st.sampled_from([0, 0, 0, 1]),
    ),
    max_size=20,
)


def a_run(number: int, *asks: str, duration_s: float | None = 10.0, tries: int = 0) -> WaitingRun:
    return WaitingRun(
        run_id=RunId(UUID(int=number)), asks=frozenset(asks), duration_s=duration_s, tries=tries
    )


def planned(*waiting: WaitingRun, machine: Machine = MACHINE) -> list[list[int]]:
    batches = plan_batches(waiting, requirements=dict.fromkeys(NAMES, ROW), machine=machine)
    return [[run_id.int for run_id in batch.runs] for batch in batches]


@given(queues, st.dictionaries(st.sampled_from(NAMES), rows), machines)
def test_every_run_is_in_one_batch_in_the_order_of_arrival(
    queue: list[tuple[frozenset[str], float | None, int]],
    requirements: dict[str, Requirements],
    machine: Machine,
) -> None:
    waiting = [
        WaitingRun(run_id=RunId(UUID(int=number)), asks=asks, duration_s=duration_s, tries=tries)
        for number, (asks, duration_s, tries) in enumerate(queue)
    ]
    batches = plan_batches(waiting, requirements=requirements, machine=machine)
    assert [run_id for batch in batches for run_id in batch.runs] == [w.run_id for w in waiting]
    for batch in batches:
        _never_above(batch, requirements, machine)
        _only_what_gains(batch, waiting)


def _never_above(batch: Batch, rows: dict[str, Requirements], machine: Machine) -> None:
    for name, group in batch.groups.items():
        row = rows[name]
        assert group.runs * row.memory_mib <= machine.memory_mib
        assert group.runs * row.gpu_memory_mib <= max(machine.gpu_memory_mib, 0)
        assert group.at_once * row.cores <= machine.cores or group.at_once == 1
        assert 1 < group.runs <= RUNS_MAX


def _only_what_gains(batch: Batch, waiting: list[WaitingRun]) -> None:
    if len(batch.runs) == 1:
        return
    runs = [run for run in waiting if run.run_id in batch.runs]
    assert len(runs) <= RUNS_MAX
    assert sum(run.duration_s or 1e9 for run in runs) <= MATERIAL_S_MAX
    assert not any(run.tries for run in runs)
    assert all(run.asks & batch.groups.keys() for run in runs)


def test_short_videos_that_ask_the_same_go_together() -> None:
    assert planned(a_run(1, "faces"), a_run(2, "faces", "speech"), a_run(3, "speech")) == [
        [1, 2, 3]
    ]


def test_as_many_as_the_memory_holds_are_measured_together() -> None:
    (batch,) = plan_batches(
        [a_run(1, "faces"), a_run(2, "faces")], requirements={"faces": ROW}, machine=MACHINE
    )
    assert batch.groups == {"faces": Group(runs=6, at_once=2)}


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (a_run(2), "asks no model"),
        (a_run(2, "objects"), "asks others"),
        (a_run(2, "unknown"), "nobody knows what it takes"),
        (a_run(2, "faces", duration_s=111), "together too long"),
        (a_run(2, "faces", duration_s=None), "of unknown length"),
        (a_run(2, "faces", tries=1), "tried before"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_run_that_gains_nothing_is_alone(second: WaitingRun, why: str) -> None:
    del why
    assert planned(a_run(1, "faces"), second, a_run(3, "faces"))[0] == [1]


def test_a_run_that_was_tried_takes_no_company() -> None:
    """Hardening 48: if it ends its worker again, nobody else's tries are spent."""
    assert planned(a_run(1, "faces", tries=1), a_run(2, "faces"), a_run(3, "faces")) == [
        [1],
        [2, 3],
    ]


def test_a_small_machine_measures_one_after_another() -> None:
    small = Machine(memory_mib=1999, cores=1)
    assert planned(a_run(1, "faces"), a_run(2, "faces"), machine=small) == [[1], [2]]


def test_more_than_enough_runs_make_several_batches() -> None:
    runs = [a_run(number, "faces", duration_s=1) for number in range(RUNS_MAX + 2)]
    assert [len(batch) for batch in planned(*runs)] == [RUNS_MAX, 2]


@pytest.mark.parametrize(
    "figures",
    [{"memory_mib": 0}, {"memory_mib": 1, "cores": 0}, {"memory_mib": 1, "gpu_memory_mib": -1}],
)
def test_nothing_takes_nothing(figures: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="so little"):
        Requirements(**figures)


@pytest.mark.parametrize(
    ("memory_mib", "halvings"),
    [(1, 0), (6000, 0), (6001, 1), (12_000, 1), (12_001, 2), (24_000, 2), (99_000, 2)],
)
def test_what_takes_more_than_the_machine_has_begins_with_halves(
    memory_mib: int, halvings: int
) -> None:
    """R-502, R-508: at most a quarter, and what is then too much is out of memory."""
    assert halvings_to_fit(Requirements(memory_mib=memory_mib), MACHINE) == halvings


def test_the_memory_of_a_gpu_counts_where_the_machine_has_one() -> None:
    row = Requirements(memory_mib=1, gpu_memory_mib=9000)
    with_gpu = Machine(memory_mib=6000, cores=2, gpu_memory_mib=8000)
    assert halvings_to_fit(row, with_gpu) == 1
    assert halvings_to_fit(row, MACHINE) == 0
