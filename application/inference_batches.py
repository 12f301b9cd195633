"""A call of a model cut into what it takes at once, and smaller where memory runs out (R-508)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from application.ports.inference import ModelInputRefused
from domain.batch import HALVINGS_MAX

Arrays = Mapping[str, NDArray[Any]]


def item_count(name: str, inputs: Arrays) -> int:
    """How many items the inputs of a call to `name` carry. Raises ModelInputRefused."""
    counts = {len(value) if value.ndim else 0 for value in inputs.values()}
    if len(counts) != 1 or counts == {0}:
        raise ModelInputRefused(f"{name} takes the same number of items of each, at least one")
    return counts.pop()


def in_batches(
    name: str,
    inputs: Arrays,
    *,
    batch_max: int,
    call: Callable[[Arrays], Arrays],
    halvings_max: int = HALVINGS_MAX,
) -> Arrays:
    """Answers of `call` for parts of at most `batch_max` items, put together in order.

    A part for which memory does not suffice is asked again in halves, at most `halvings_max` times
    in one call; what was found to fit stays the size of the rest. Raises ModelInputRefused and,
    with one item or after the last halving, MemoryError.
    """
    count = item_count(name, inputs)
    size, halvings, start = min(batch_max, count), 0, 0
    answers: list[Arrays] = []
    while start < count:
        part = {key: value[start : start + size] for key, value in inputs.items()}
        try:
            answers.append(call(part))
        except MemoryError:
            if size == 1 or halvings == halvings_max:
                raise
            size, halvings = (size + 1) // 2, halvings + 1
            continue
        start += size
    if len(answers) == 1:
        return answers[0]
    return {key: np.concatenate([answer[key] for answer in answers]) for key in answers[0]}
