"""`trendflow worker`, `relay` and `maintain`: the processes behind the API."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from application.ports.run_queue import RUNS
from application.use_cases.relay_runs import BATCH_MAX
from entrypoints.exits import Exit
from entrypoints.queueing import URL as BROKER_URL
from entrypoints.session import Session
from entrypoints.workers.dispatcher import Dispatcher
from entrypoints.workers.housekeeping import housekeeping
from entrypoints.workers.stopping import GRACE_S, Stopping, ask_when_alone, heard
from entrypoints.workers.ticks import Tick, Ticks, done

grace_option = click.option(
    "--grace",
    "grace_s",
    type=click.FloatRange(min=0),
    default=GRACE_S,
    show_default=True,
    help="Seconds that a run under way may take to end after SIGTERM; then it is handed back.",
)


@click.command()
@grace_option
@click.option(
    "--queues", type=click.Choice([RUNS]), default=RUNS, show_default=True, help="What to take."
)
@click.option(
    "--threads",
    type=click.IntRange(1, 1),
    default=1,
    show_default=True,
    help="Runs at a time: one a process. For more, start more workers.",
)
@click.option("--beside", is_flag=True, hidden=True, help="End when standard input does.")
@click.pass_obj
def worker(session: Session, grace_s: float, queues: str, threads: int, *, beside: bool) -> None:
    """Carry out the runs that wait, first in first out, until asked to end.

    They come from the broker that TRENDFLOW_BROKER_URL names; without one, from the database. Any
    number of workers may share an installation. A run whose worker died goes on where it was.
    """
    del queues, threads
    _tell_on_standard_error(session)
    container, stopping = session.staying, Stopping(grace_s)
    if beside:
        ask_when_alone(stopping, descriptor=sys.stdin.fileno())
    with heard(stopping), _closed_at_the_end(session), _watched(session):
        container.seed_requirements()()
        if session.settings.queue.broker_url is None:
            _dispatch(session, stopping)
        else:
            # Loaded only where there is a broker.
            import_module("entrypoints.workers.consuming").consume(
                container, session.language, stopping
            )


def _dispatch(session: Session, stopping: Stopping) -> None:
    container = session.installation
    work_on_next, analyst = container.work_on_next(), container.analyst()

    def work() -> bool:
        return work_on_next(language=session.language, cancellation=stopping)

    ticks = Ticks(housekeeping(container, session.language))
    Dispatcher(work, analyst.start, ticks, stopping)()


@click.command()
@click.pass_obj
def relay(session: Session) -> None:
    """Publish the runs that wait to the broker, those of some seconds together."""
    queue = session.settings.queue
    if queue.broker_url is None:
        without = "without a broker the database is the queue, and nothing has to be published"
        raise click.UsageError(f"{BROKER_URL} is not set: {without}")
    _tell_on_standard_error(session)
    container, stopping = session.installation, Stopping()
    relay_runs = container.relay_runs()
    with heard(stopping), _watched(session):
        while not stopping.wait(queue.gathering_s):
            done(Tick("relay", queue.gathering_s, lambda: _relayed(relay_runs)))


def _relayed(relay_runs: Callable[[], int]) -> None:
    """Publishes until less than a whole batch was waiting."""
    while relay_runs() == BATCH_MAX:
        pass


@click.command()
@click.option("--once", is_flag=True, help="Do everything once and end; fails if anything did.")
@click.pass_obj
def maintain(session: Session, *, once: bool) -> int:
    """Take runs from dead workers, end what has expired, remove what has outlived its time."""
    _tell_on_standard_error(session)
    container, stopping = session.staying, Stopping()
    with heard(stopping), _closed_at_the_end(session), _watched(session):
        chores = housekeeping(container, session.language, is_once=once)
        if once:
            failed = [chore.name for chore in chores if not done(chore)]
            return Exit.ERROR if failed else Exit.OK
        ticks = Ticks(chores)
        while not stopping.is_asked:
            ticks.do_due()
            stopping.wait(ticks.left_s)
    return Exit.OK


@contextmanager
def _closed_at_the_end(session: Session) -> Iterator[None]:
    try:
        yield
    finally:
        session.container.analyst().close()


def _tell_on_standard_error(session: Session) -> None:
    logs = import_module("entrypoints.observability.logs")
    logs.configure_logging(session.settings.operation.log_format)


@contextmanager
def _watched(session: Session) -> Iterator[None]:
    """Health and figures on a port of their own, loaded only by processes that stay."""
    with import_module("entrypoints.watching").watching(session.container):
        yield
