"""What an item costs a served model, batch by batch, and what it is asked with."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from application.ports.model_repository import ModelEntry
from tests.benchmarks.timed_runs import processor_s

BATCHES = (1, 2, 4, 8, 16, 32)
ROUNDS = 3
ROUND_S = 0.3
LENGTHS: Mapping[str, Mapping[str, int]] = {
    "silero_vad": {"windows": 938},
    "firered_aed": {"frames": 1000},
    "ppocr_detector": {"height": 640, "width": 640},
    "ppocr_reader": {"width": 320},
    "use_multilingual": {"pieces": 32},
    "lid_176": {"keys": 100},
    "slovnet_ner": {"words": 64},
}
"""An item as components ask it: 30 s of sound, 10 s of sound, a frame, a line, a title."""

Items = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who answers; `server_pid` is whose processor time counts beside ours."""

    ask: Callable[[Items], object]
    server_pid: int | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What one item took: time on the wall, and of the processors, which stays true when they are
    busy with other things."""

    wall_s: float
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Batch:
    """What an item took in calls of so many, by whom it was asked; the best of the rounds."""

    size: int
    spent: Mapping[str, Spent]


def items_of(entry: ModelEntry, count: int) -> dict[str, NDArray[Any]]:
    """So many made items, all of one length, which the model takes."""
    seeds = np.random.default_rng(7)
    lengths = {**LENGTHS.get(entry.name, {}), "N": count}
    found: dict[str, NDArray[Any]] = {}
    for tensor in entry.inputs:
        shape = [lengths[one] if isinstance(one, str) else one for one in tensor.shape]
        is_whole = tensor.type in {"uint8", "int64"}
        made = seeds.integers(0, 60, shape) if is_whole else 0.1 * seeds.normal(size=shape)
        found[tensor.name] = made.astype(tensor.type)
    return found


def measured(
    entry: ModelEntry, asked: Mapping[str, Asked], make: Callable[[int], Items] | None = None
) -> list[Batch]:
    """Every batch that the model's limit allows; who answers is asked in turn, round by round."""
    found = []
    for size in (one for one in BATCHES if one <= entry.batch_max):
        items = make(size) if make else items_of(entry, size)
        for who in asked.values():
            who.ask(items)
        rounds = [
            {name: _round(who, items, size) for name, who in asked.items()} for _ in range(ROUNDS)
        ]
        found.append(Batch(size, {name: _best([one[name] for one in rounds]) for name in asked}))
    return found


def table(name: str, found: Sequence[Batch], *, limit: str) -> str:
    """One line a batch: processor time an item against the limit's, and items a second."""
    return "\n".join(
        f"{name:18} {batch.size:2}: "
        + "; ".join(
            f"{who} {1000 * spent.cpu_s:.2f} ms ({spent.cpu_s / batch.spent[limit].cpu_s:.2f}),"
            f" {1 / spent.wall_s:.1f}/s"
            for who, spent in batch.spent.items()
        )
        for batch in found
    )


def _best(rounds: Sequence[Spent]) -> Spent:
    return Spent(min(one.wall_s for one in rounds), min(one.cpu_s for one in rounds))


def _round(who: Asked, items: Items, size: int) -> Spent:
    calls, began_s, cpu_s = 0, time.perf_counter(), _cpu_s(who)
    while time.perf_counter() - began_s < ROUND_S or not calls:
        who.ask(items)
        calls += 1
    count = calls * size
    return Spent((time.perf_counter() - began_s) / count, (_cpu_s(who) - cpu_s) / count)


def _cpu_s(who: Asked) -> float:
    """Processor seconds of ours, with ended children, and of the server with all below it."""
    if who.server_pid is None:
        return processor_s()
    server = psutil.Process(who.server_pid)
    times = [each.cpu_times() for each in (server, *server.children(recursive=True))]
    return processor_s() + sum(each.user + each.system for each in times)
