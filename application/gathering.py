"""Gathering what several measurements ask of served models, so that a model is asked once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Condition
from typing import Any

import numpy as np
from numpy.typing import NDArray

from application.ports.inference import Inference
from domain.batch import HALVINGS_MAX
from domain.served_model import ServedModel

Named = Mapping[str, NDArray[Any]]


@dataclass(slots=True)
class Gathering:
    """Inference for `count` measurements, each in a thread of its own.

    What they ask waits until every one of them either asks or has ended; then all that asks the
    same model for items of the same shapes is one call, and each gets the answers of its own items.
    No clock has a part in it: the same measurements make the same calls. Of a call that fails
    everybody's part is asked alone, so that only who asked the impossible is told so.

    At most `at_once` of them compute at the same time.
    """

    inference: Inference
    count: int
    at_once: int = 1
    _alive: int = field(init=False)
    _asks: list["_Ask"] = field(default_factory=list, init=False)
    _change: Condition = field(default_factory=Condition, init=False)
    _cores: BoundedSemaphore = field(init=False)

    def __post_init__(self) -> None:
        self._alive = self.count
        self._cores = BoundedSemaphore(self.at_once)

    @contextmanager
    def taking_part(self) -> Iterator[Inference]:
        """One measurement, once begun; every one of `count` must come here and leave."""
        try:
            with self._cores:
                yield self
        finally:
            with self._change:
                self._alive -= 1
                self._answer_if_all_wait()

    def model(self, name: str) -> ServedModel:
        return self.inference.model(name)

    def infer(self, name: str, inputs: Named) -> Named:
        """As the model's own answer; only within `taking_part`."""
        ask = _Ask(name, inputs)
        self._cores.release()
        try:
            with self._change:
                self._asks.append(ask)
                self._answer_if_all_wait()
                self._change.wait_for(lambda: ask.replies)
        finally:
            self._cores.acquire()
        return ask.answer()

    def _answer_if_all_wait(self) -> None:
        """Whoever is the last to ask, or to end, asks for all: the others only wait."""
        if not self._asks or len(self._asks) < self._alive:
            return
        asks, self._asks = self._asks, []
        alike: dict[object, list[_Ask]] = {}
        for ask in asks:
            alike.setdefault(ask.kind, []).append(ask)
        for group in alike.values():
            self._ask(group, halvings=0)
        self._change.notify_all()

    def _ask(self, asks: Sequence["_Ask"], *, halvings: int) -> None:
        if len(asks) == 1:
            ask = asks[0]
            ask.replies.append(_reply(lambda: self.inference.infer(ask.name, ask.inputs)))
            return
        try:
            answers = self.inference.infer(asks[0].name, _joined(asks))
            parts = _parted(answers, [ask.count for ask in asks])
        except MemoryError:
            middle = len(asks) // 2
            for half in (asks[:middle], asks[middle:]):
                if halvings < HALVINGS_MAX:
                    self._ask(half, halvings=halvings + 1)
                else:
                    self._each_alone(half)
        except Exception:  # noqa: BLE001 - whose it is shows when each asks alone
            self._each_alone(asks)
        else:
            for ask, part in zip(asks, parts, strict=True):
                ask.replies.append(part)

    def _each_alone(self, asks: Sequence["_Ask"]) -> None:
        for ask in asks:
            self._ask([ask], halvings=HALVINGS_MAX)


@dataclass(slots=True, eq=False)
class _Ask:
    """What one measurement asked, and the one reply: an answer, or the error that is its own."""

    name: str
    inputs: Named
    replies: list[Named | Exception] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(next(iter(self.inputs.values())))

    @property
    def kind(self) -> object:
        """The same for what one call can carry; what no model takes is like nothing else."""
        values = self.inputs.values()
        counts = {len(value) if value.ndim else 0 for value in values}
        if len(counts) != 1 or counts == {0}:
            return id(self)
        shapes = {key: (value.shape[1:], value.dtype) for key, value in self.inputs.items()}
        return self.name, tuple(sorted(shapes.items(), key=lambda item: item[0]))

    def answer(self) -> Named:
        (reply,) = self.replies
        if isinstance(reply, Exception):
            raise reply
        return reply


def _reply(ask: Callable[[], Named]) -> Named | Exception:
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - raised again where it was asked
        return error


def _joined(asks: Sequence[_Ask]) -> Named:
    return {key: np.concatenate([ask.inputs[key] for ask in asks]) for key in asks[0].inputs}


def _parted(answers: Named, counts: Sequence[int]) -> list[Named]:
    """Arrays of their own, so that nobody's answer keeps the others' in memory."""
    ends = np.cumsum(counts)
    starts = ends - counts
    return [
        {key: value[start:end].copy() for key, value in answers.items()}
        for start, end in zip(starts, ends, strict=True)
    ]
