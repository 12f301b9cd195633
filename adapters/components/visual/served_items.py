"""Many pictures asked of one served model, a handful at a time so that memory stays small."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from application.ports.inference import Inference

ITEMS_A_CALL = 16

Answer = Mapping[str, NDArray[Any]]


def answers(
    served: Inference,
    model: str,
    key: str,
    items: Iterable[NDArray[np.uint8]],
    *,
    at_once: int = ITEMS_A_CALL,
) -> Iterator[Answer]:
    """The model's answer to each item in order, without the axis of items.

    Each is an array of its own: whoever keeps one keeps none of its company's in memory.
    The items go in as the input `key` and have one shape; none at all asks nothing. Where answers
    are large, fewer are held `at_once`.
    """
    waiting = iter(items)
    while chunk := list(islice(waiting, at_once)):
        found = served.infer(model, {key: np.stack(chunk)})
        for at in range(len(chunk)):
            yield {name: np.array(values[at]) for name, values in found.items()}
