"""What stands on the wire, and which messages are dead letters."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from dramatiq import Message, Worker
from dramatiq.brokers.stub import StubBroker
from dramatiq.common import xq_name

from adapters.dramatiq.wire import message_of
from application.errors import AdapterError
from application.ports.run_queue import EXECUTE, RUNS
from application.use_cases.work_on_run import Worked
from domain.identity import RunId
from entrypoints.workers.runs import AWAY_S, declare

Answers = list[Worked | Exception]
LIMIT_MS = 10_000


class Desk:
    """Work that answers as it is told to."""

    def __init__(self, *answers: Worked | Exception) -> None:
        self.answers: Answers = list(answers)
        self.runs: list[RunId] = []
        self.waits_s: list[float] = []

    def __call__(self, run_id: RunId) -> Worked:
        self.runs.append(run_id)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def is_ending(self, wait_s: float) -> bool:
        self.waits_s.append(wait_s)
        return len(self.waits_s) == 3


@pytest.fixture
def broker() -> Iterator[StubBroker]:
    broker = StubBroker(middleware=[])
    yield broker
    broker.flush_all()
    broker.close()


def worked_off(broker: StubBroker, *messages: Message[None]) -> int:
    """How many of the messages are dead letters."""
    worker = Worker(broker, queues={RUNS}, worker_threads=1, worker_timeout=50)
    worker.start()
    for message in messages:
        broker.enqueue(message)
    broker.join(RUNS, timeout=LIMIT_MS, fail_fast=False)
    worker.join()
    worker.stop()
    return len(broker.dead_letters_by_queue[RUNS])


def test_names_queues_and_arguments_on_the_wire_are_these(broker: StubBroker) -> None:
    """Whoever changes them must first let every message of before be answered."""
    actor = declare(broker, Desk(), is_ending=lambda _: False)
    found = {
        name: (actor.queue_name, actor.fn.__code__.co_varnames[: actor.fn.__code__.co_argcount])
        for name, actor in broker.actors.items()
    }
    assert found == {"run.execute": ("runs", ("run_id",))}
    assert actor.options == {}
    run_id = RunId(uuid4())
    wire = message_of(run_id)
    assert (wire.actor_name, wire.queue_name, wire.args) == (EXECUTE, RUNS, (str(run_id),))
    assert (wire.kwargs, wire.options) == ({}, {})
    assert xq_name(RUNS) == "runs.XQ"


@pytest.mark.parametrize("answer", [Worked.ENDED, Worked.PUT_BACK, Worked.NOT_OURS])
def test_what_is_done_or_somebody_elses_is_acknowledged(broker: StubBroker, answer: Worked) -> None:
    """Hardening 44: handed out twice, worked on once, and no dead letter of it."""
    desk, run_id = Desk(answer), RunId(uuid4())
    declare(broker, desk, is_ending=desk.is_ending)
    assert worked_off(broker, message_of(run_id)) == 0
    assert desk.runs == [run_id]


@pytest.mark.parametrize("answer", [Worked.GIVEN_UP, ZeroDivisionError("a person's words")])
def test_a_run_that_was_given_up_and_a_mistake_of_ours_are_dead_letters(
    broker: StubBroker, answer: Worked | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """Hardening 48: and the next message is answered by the same worker."""
    desk = Desk(answer, Worked.ENDED)
    declare(broker, desk, is_ending=desk.is_ending)
    assert worked_off(broker, message_of(RunId(uuid4())), message_of(RunId(uuid4()))) == 1
    assert len(desk.runs) == 2
    assert "a person's words" not in caplog.text


def altered(**changes: object) -> Callable[[Message[None]], Message[None]]:
    return lambda message: message.copy(**changes)


@pytest.mark.parametrize(
    "alter",
    [
        altered(args=("no-id",)),
        altered(args=(7,)),
        altered(args=()),
        altered(args=("a", "b")),
        altered(kwargs={"priority": 9}),
        altered(actor_name="run.unknown"),
    ],
)
def test_a_message_that_nobody_understands_is_a_dead_letter(
    broker: StubBroker, alter: Callable[[Message[None]], Message[None]]
) -> None:
    """Hardening 46: unknown actors, arguments of another version; the worker lives."""
    desk = Desk(Worked.ENDED)
    declare(broker, desk, is_ending=desk.is_ending)
    strange = alter(message_of(RunId(uuid4())))
    assert worked_off(broker, strange, message_of(RunId(uuid4()))) == 1
    assert len(desk.runs) == 1


def test_while_the_database_is_away_the_message_is_kept(broker: StubBroker) -> None:
    """R-507: a message that came at the wrong time is not lost, nor is it a dead letter."""
    away = AdapterError("away", code="database_unavailable", retryable=True)
    desk, run_id = Desk(away, away, Worked.ENDED), RunId(uuid4())
    declare(broker, desk, is_ending=desk.is_ending)
    assert worked_off(broker, message_of(run_id)) == 0
    assert desk.runs == [run_id] * 3
    assert desk.waits_s == [AWAY_S] * 2


def test_a_worker_that_is_to_end_does_not_wait_for_the_database(broker: StubBroker) -> None:
    away = AdapterError("away", code="database_unavailable", retryable=True)
    desk = Desk(*[away] * 5)
    declare(broker, desk, is_ending=desk.is_ending)
    assert worked_off(broker, message_of(RunId(uuid4()))) == 0
    assert len(desk.runs) == 3
