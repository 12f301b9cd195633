"""What every queue of runs must do."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from uuid import uuid4

import pytest

from application.ports.run_queue import RunQueue
from domain.identity import RunId

Received = Callable[[], Sequence[RunId]]
MANY = 250
"""More than two windows of unconfirmed messages."""


def some_runs(count: int) -> list[RunId]:
    return [RunId(uuid4()) for _ in range(count)]


class RunQueueContract(ABC):
    """Subclass and give `queue`, empty, and `received`, which takes all that it holds."""

    @pytest.fixture
    @abstractmethod
    def queue(self) -> RunQueue: ...

    @pytest.fixture
    @abstractmethod
    def received(self, queue: RunQueue) -> Received: ...

    def test_what_is_published_is_received_in_its_order(
        self, queue: RunQueue, received: Received
    ) -> None:
        first, second = some_runs(MANY), some_runs(3)
        assert list(queue.publish(first)) == first
        assert list(queue.publish(second)) == second
        assert received() == [*first, *second]

    def test_publishing_nothing_is_nothing(self, queue: RunQueue, received: Received) -> None:
        assert list(queue.publish([])) == []
        assert received() == []

    def test_a_run_may_be_published_again(self, queue: RunQueue, received: Received) -> None:
        """Hardening 47."""
        (run_id,) = some_runs(1)
        queue.publish([run_id])
        assert list(queue.publish([run_id])) == [run_id]
        assert received() == [run_id, run_id]
