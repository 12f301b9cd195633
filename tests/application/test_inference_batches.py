"""Calls are cut into batches, and into smaller ones where memory runs out (R-508)."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.inference_batches import Arrays, in_batches


@dataclass
class Model:
    """Adds one; has memory for so many items at once."""

    fits: int
    asked: list[int] = field(default_factory=list)

    def __call__(self, part: Arrays) -> Arrays:
        self.asked.append(len(part["x"]))
        if len(part["x"]) > self.fits:
            raise MemoryError
        return {"y": part["x"] + 1}


def _answered(model: Model, count: int, *, batch_max: int) -> list[int]:
    inputs = {"x": np.arange(count)}
    found: list[int] = in_batches("m", inputs, batch_max=batch_max, call=model)["y"].tolist()
    return found


@given(count=st.integers(1, 50), batch_max=st.integers(1, 60))
def test_every_item_is_answered_once_and_in_order(count: int, batch_max: int) -> None:
    model = Model(fits=99)
    assert _answered(model, count, batch_max=batch_max) == list(range(1, count + 1))
    assert max(model.asked) <= batch_max
    assert sum(model.asked) == count


def test_a_batch_without_memory_is_asked_again_in_halves_and_the_rest_like_it() -> None:
    """R-508."""
    model = Model(fits=2)
    assert _answered(model, 12, batch_max=8) == list(range(1, 13))
    assert model.asked == [8, 4, 2, 2, 2, 2, 2, 2]


def test_a_batch_is_halved_twice_and_no_more() -> None:
    """R-508: then the component ends as out of memory."""
    model = Model(fits=1)
    with pytest.raises(MemoryError):
        _answered(model, 8, batch_max=8)
    assert model.asked == [8, 4, 2]


def test_one_item_without_memory_is_not_asked_again() -> None:
    model = Model(fits=0)
    with pytest.raises(MemoryError):
        _answered(model, 3, batch_max=1)
    assert model.asked == [1]
