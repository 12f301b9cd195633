"""Several measurements ask a model once, and each gets exactly what it would get alone (R-502)."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.memory.inference import MadeModel, MemoryInference
from application.gathering import Gathering
from application.ports.inference import Inference, ModelInputRefused
from domain.served_model import ServedModel
from tests.contracts.inference import BATCH_MAX, DOUBLING, SUMMING, InferenceContract

Arrays = Mapping[str, NDArray[Any]]
NEGATIVE = "a number below zero"


class Refused(Exception):
    """The model cannot answer."""


def made(
    name: str, compute: Callable[[Arrays], Arrays], *, items: tuple[int | None, str], most: int
) -> MadeModel:
    length, dtype = items
    served = ServedModel(
        name=name, version="1", weights_sha256="a" * 64, engine="made 1", batch_max=most
    )
    return MadeModel(served=served, inputs={"x": ((length,), dtype)}, compute=compute)


def doubled(inputs: Arrays) -> Arrays:
    if (inputs["x"] < 0).any():
        raise Refused(NEGATIVE)
    return {"y": 2 * inputs["x"]}


def serving(compute: Callable[[Arrays], Arrays] = doubled, most: int = 64) -> MemoryInference:
    def summed(inputs: Arrays) -> Arrays:
        return {"total": inputs["x"].sum(axis=1, dtype=np.float32)}

    return MemoryInference(
        {
            DOUBLING: made(DOUBLING, compute, items=(3, "float32"), most=most),
            SUMMING: made(SUMMING, summed, items=(None, "uint8"), most=64),
        }
    )


def together(
    inference: Inference,
    acts: Sequence[Callable[[Inference], Any]],
    *,
    at_once: int = 1,
) -> list[Any]:
    """What each act gives, or raises, when all go on together."""
    gathering = Gathering(inference, len(acts), at_once)

    def act(one: Callable[[Inference], Any]) -> Any:
        try:
            with gathering.taking_part() as mine:
                return one(mine)
        except Exception as error:  # noqa: BLE001 - told to the test
            return error

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(act, acts, timeout=20))


def items(count: int, value: float = 1.0) -> NDArray[np.float32]:
    return np.full((count, 3), value, dtype=np.float32)


def asking(*counts: int, value: float = 1.0) -> Callable[[Inference], list[Any]]:
    def act(inference: Inference) -> list[Any]:
        return [inference.infer(DOUBLING, {"x": items(n, value)})["y"] for n in counts]

    return act


class TestGatheringAlone(InferenceContract):
    """Who is alone sees the very model."""

    @pytest.fixture
    def inference(self) -> Inference:
        return _Alone(serving(most=BATCH_MAX))


class _Alone:
    def __init__(self, inference: Inference) -> None:
        self.inference = inference

    def model(self, name: str) -> ServedModel:
        return Gathering(self.inference, 1).model(name)

    def infer(self, name: str, inputs: Arrays) -> Arrays:
        with Gathering(self.inference, 1).taking_part() as mine:
            return mine.infer(name, inputs)


@pytest.mark.parametrize("at_once", [1, 2, 8])
def test_four_measurements_ask_once_for_each_of_their_asks(at_once: int) -> None:
    inference = serving()
    together(inference, [asking(3, 2)] * 4, at_once=at_once)
    assert inference.calls == [(DOUBLING, 12), (DOUBLING, 8)]


@given(
    st.lists(st.lists(st.integers(1, 5), max_size=4), min_size=1, max_size=5),
    st.integers(1, 4),
)
def test_everybody_gets_what_it_would_get_alone(counts: list[list[int]], at_once: int) -> None:
    acts = [asking(*mine, value=float(number)) for number, mine in enumerate(counts)]
    alone = [act(serving()) for act in acts]
    inference = serving()
    answers = together(inference, acts, at_once=at_once)
    for mine, lone in zip(answers, alone, strict=True):
        assert [a.tolist() for a in mine] == [a.tolist() for a in lone]
    # One call for the first ask of everybody, one for the second, and so on.
    assert len(inference.calls) == max(map(len, counts))


def test_items_of_other_shapes_or_models_are_asked_for_apart() -> None:
    inference = serving()

    def summing(length: int) -> Callable[[Inference], Any]:
        x = np.ones((2, length), dtype=np.uint8)
        return lambda inference: inference.infer(SUMMING, {"x": x})["total"].tolist()

    answers = together(inference, [summing(4), summing(7), summing(4), asking(1)])
    assert answers[:3] == [[4, 4], [7, 7], [4, 4]]
    assert sorted(inference.calls) == [(DOUBLING, 1), (SUMMING, 2), (SUMMING, 4)]


def test_who_ends_early_keeps_nobody_waiting() -> None:
    inference = serving()

    def failing(_: Inference) -> Any:
        raise Refused("before it asked")

    answers = together(inference, [asking(2), failing, asking(2)])
    assert isinstance(answers[1], Refused)
    assert inference.calls == [(DOUBLING, 4)]


def test_an_ask_that_fails_fails_for_whoever_asked_it_alone() -> None:
    """A failure touches only its own run."""
    inference = serving()
    answers = together(inference, [asking(1), asking(2, value=-1.0), asking(3)])
    assert [str(a) if isinstance(a, Exception) else a[0].shape for a in answers] == [
        (1, 3),
        NEGATIVE,
        (3, 3),
    ]


def test_what_no_model_takes_is_refused_to_whoever_asked_it() -> None:
    inference = serving()

    def wrong(inference: Inference) -> Any:
        return inference.infer(DOUBLING, {"x": items(1)[:0]})

    answers = together(inference, [asking(1), wrong, wrong, asking(1)])
    assert [type(answer) for answer in answers] == [list, *[ModelInputRefused] * 2, list]
    assert inference.calls == [(DOUBLING, 2)]


def limited(most: int) -> Callable[[Arrays], Arrays]:
    """A model for which more items than that take too much memory."""

    def compute(inputs: Arrays) -> Arrays:
        if len(inputs["x"]) > most:
            raise MemoryError
        return doubled(inputs)

    return compute


def test_out_of_memory_halves_the_group_twice_and_then_asks_alone() -> None:
    """R-508."""
    inference = serving(limited(1))
    answers = together(inference, [asking(1)] * 16)
    assert all(answer[0].tolist() == [[2, 2, 2]] for answer in answers)
    sizes = [count for _, count in inference.calls]
    # 16; two of 8; four of 4; then each alone, and no pair was tried.
    assert sorted(sizes, reverse=True) == [16, 8, 8, *[4] * 4, *[1] * 16]


def test_who_alone_takes_too_much_memory_is_told_so_alone() -> None:
    inference = serving(limited(2))
    answers = together(inference, [asking(1), asking(3), asking(1), asking(1)])
    assert isinstance(answers[1], MemoryError)
    assert all(isinstance(answer, list) for answer in (answers[0], answers[2], answers[3]))


def test_no_more_compute_at_once_than_there_are_cores_for() -> None:
    inference, busy, most = serving(), [0], [0]

    def act(inference: Inference) -> None:
        for _ in range(20):
            busy[0] += 1
            most[0] = max(most[0], busy[0])
            np.linalg.svd(np.eye(20))
            busy[0] -= 1
            inference.infer(DOUBLING, {"x": items(1)})

    together(inference, [act] * 4, at_once=1)
    assert most == [1]
