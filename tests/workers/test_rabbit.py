"""Workers against a real RabbitMQ: poison, restarts, the same message twice (hardening D)."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest
from pika.exceptions import AMQPError

from adapters.dramatiq.broker import Address
from adapters.dramatiq.run_queue import DramatiqRunQueue
from adapters.dramatiq.wire import message_of
from adapters.memory.video_files import MadeVideo
from application.errors import AdapterError
from application.retrying import Retrying
from application.use_cases.work_on_run import Worked, WorkOnRun
from domain.identity import RunId
from domain.run import RunStatus
from tests.e2e.workers import wait_until
from tests.features.app import App
from tests.outside import require
from tests.servers.certificates import make_certificates
from tests.servers.rabbitmq import PrivateRabbit, private_rabbit
from tests.workers.rabbit import Counted, consuming, dead_letters, forget_queues, send

pytestmark = [pytest.mark.requires("rabbitmq"), pytest.mark.slow]

MANY = 1000


@pytest.fixture
def rabbit(rabbit_server: str) -> Iterator[str]:
    forget_queues(rabbit_server)
    yield rabbit_server
    forget_queues(rabbit_server)


def test_a_broker_that_asks_who_comes_lets_in_only_who_shows_a_certificate(tmp_path: Path) -> None:
    """R-904: none and one of another authority are refused, by a name and without a secret."""
    (tmp_path / "ours").mkdir()
    (tmp_path / "theirs").mkdir()
    ours = make_certificates(tmp_path / "ours", "localhost")
    theirs = make_certificates(tmp_path / "theirs", "localhost")
    with private_rabbit(require("rabbitmq"), certificates=ours) as rabbit:
        url, runs = rabbit.encrypted_url, some_runs(2)
        ca = ours.authority
        known = DramatiqRunQueue(Address(url, ca, ours.client, ours.client_key))
        assert list(known.publish(runs)) == runs
        strangers = [
            Address(url, ca),
            Address(url, ca, theirs.client, theirs.client_key),
            Address(url, theirs.authority, ours.client, ours.client_key),
        ]
        for stranger in strangers:
            with pytest.raises(AdapterError) as told:
                DramatiqRunQueue(stranger).publish(runs)
            assert told.value.code == "broker_unavailable"
            assert "private" not in str(told.value)


def some_runs(count: int) -> list[RunId]:
    return [RunId(uuid4()) for _ in range(count)]


def test_poison_goes_to_the_dead_letters_and_the_worker_lives(rabbit: str) -> None:
    """Hardening 46: bad JSON, no message at all, an unknown actor, a former version."""
    queue, work, (run_id,) = DramatiqRunQueue(Address(rabbit)), Counted(), some_runs(1)
    good = message_of(run_id)
    poison = [
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"v": 0, "run": "x"}',
        good.copy(actor_name="run.gone").encode(),
        good.copy(args=("x", 1)).encode(),
    ]
    with consuming(rabbit, work):
        wait_until(lambda: _is_declared(rabbit), "the queues", limit_s=30)
        send(rabbit, *poison)
        queue.publish([run_id])
        wait_until(lambda: work.runs == [run_id], "the good message", limit_s=30)
        wait_until(lambda: dead_letters(rabbit) == len(poison), "the dead letters", limit_s=30)
    assert work.runs == [run_id]


def _is_declared(url: str) -> bool:
    try:
        return dead_letters(url) == 0
    except AMQPError:
        return False


def test_the_same_message_to_two_workers_is_worked_on_once(rabbit: str, tmp_path: Path) -> None:
    """Hardening 44: in parallel, by the lease; the other acknowledges its message."""
    app = App(tmp_path)
    run = app.submit(app.video(MadeVideo(duration_s=6)), "picture", "sound")
    meet = Barrier(2, timeout=30)
    answers: list[Worked] = []

    worker = WorkOnRun(
        unit_of_work=app.unit_of_work,
        execute=app.execute,
        end=app.end,
        clock=app.clock,
        retrying=Retrying(app.pauses),
    )

    def work_on(run_id: RunId) -> Worked:
        meet.wait()
        answer = worker(run_id, language="en", cancellation=app.token)
        answers.append(answer)
        return answer

    with consuming(rabbit, work_on), consuming(rabbit, work_on):
        queue = DramatiqRunQueue(Address(rabbit))
        queue.publish([run.id, run.id])
        wait_until(lambda: len(answers) == 2, "both answers", limit_s=60)
    assert sorted(answers) == [Worked.ENDED, Worked.NOT_OURS]
    assert app.analyst.measured.count("picture") == 1
    assert app.run(run.id).status is RunStatus.OK
    assert dead_letters(rabbit) == 0


@pytest.mark.timeout(600)
def test_a_broker_that_restarts_loses_nothing_that_it_confirmed(
    restartable_rabbit: PrivateRabbit,
) -> None:
    """Hardening 43: 1000 messages, the broker shut down and killed while they are worked off."""
    url, work, runs = restartable_rabbit.url, Counted(), some_runs(MANY)
    assert list(DramatiqRunQueue(Address(url)).publish(runs)) == runs
    with consuming(url, work), consuming(url, work):
        wait_until(lambda: len(work.runs) > 50, "work to begin", limit_s=60)
        restartable_rabbit.restart()
        before = len(work.runs)
        wait_until(lambda: len(work.runs) > before + 50, "work to go on", limit_s=60)
        restartable_rabbit.kill()
        restartable_rabbit.start()
        wait_until(lambda: len(set(work.runs)) == MANY, "the last message", limit_s=120)
        assert dead_letters(url) == 0
    # What was worked on and not yet acknowledged came again: one message a worker and a restart.
    assert len(work.runs) <= MANY + 2 * 2
