"""The actors of a worker behind a broker: what a message may ask for, and what becomes of it."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

import dramatiq
from dramatiq import Actor, Broker, Middleware

from application.errors import AdapterError
from application.origins import origin_of
from application.ports.run_queue import EXECUTE, RUNS
from application.use_cases.work_on_run import Worked
from domain.identity import RunId

AWAY_S = 5.0
"""While the database is away there is nothing to work on: the message is kept, and tried again."""

WorkOn = Callable[[RunId], Worked]
IsEnding = Callable[[float], bool]
"""Waits for so many seconds; True when the process is to end."""

_log = logging.getLogger(__name__)


class Unanswerable(Exception):
    """A message that no worker can answer: it goes to the dead letters (hardening 46, 48)."""


class DeadLetters(Middleware):
    """A message whose actor failed is a dead letter: the run itself is tried from the outbox.

    In place of Dramatiq's own middleware. Its retries, age and time limits know nothing of leases,
    and a limit of time cannot interrupt a call anyway: every step has its own (R-506).
    """

    def after_process_message(
        self,
        broker: Broker,
        message: Any,
        *,
        result: object = None,
        exception: BaseException | None = None,
    ) -> None:
        del broker, result
        if exception is not None:
            message.fail()


def declare(broker: Broker, work_on: WorkOn, *, is_ending: IsEnding) -> Actor[[str], None]:
    """Registers this module's actors; their names and arguments are a contract on the wire."""
    broker.add_middleware(DeadLetters())

    @dramatiq.actor(broker=broker, actor_name=EXECUTE, queue_name=RUNS)
    def execute(run_id: str) -> None:
        try:
            wanted = RunId(UUID(run_id))
        except (ValueError, TypeError, AttributeError):
            raise Unanswerable("no run's id") from None
        if _worked(wanted, work_on, is_ending) is Worked.GIVEN_UP:
            raise Unanswerable(f"given up: {wanted}")

    return execute


def _worked(run_id: RunId, work_on: WorkOn, is_ending: IsEnding) -> Worked:
    """Works on the run as soon as anybody can."""
    while True:
        try:
            return work_on(run_id)
        except AdapterError as error:
            _log.warning("worker.failed code=%s run_id=%s", error.code, run_id)
            if is_ending(AWAY_S):
                # Its row is still on the outbox, or it is taken over: it will come again.
                return Worked.PUT_BACK
        except Exception as bug:  # noqa: BLE001 - a dead letter; the worker lives (46)
            kind, at = type(bug).__name__, origin_of(bug)
            # What people wrote may stand in the bug's own words: they are not repeated.
            raise Unanswerable(f"{kind} at {at}: {run_id}") from None
