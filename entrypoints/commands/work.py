"""`trendflow worker` and `trendflow maintain`: the processes behind the API."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from entrypoints.exits import Exit
from entrypoints.session import Session
from entrypoints.workers.dispatcher import Dispatcher
from entrypoints.workers.housekeeping import housekeeping
from entrypoints.workers.stopping import GRACE_S, Stopping, ask_when_alone, heard
from entrypoints.workers.ticks import Ticks, done

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
@click.option("--beside", is_flag=True, hidden=True, help="End when standard input does.")
@click.pass_obj
def worker(session: Session, grace_s: float, *, beside: bool) -> None:
    """Carry out the runs that wait, first in first out, until asked to end.

    Any number of workers may share an installation. A run whose worker died goes on where it was.
    """
    _tell_on_standard_error(session)
    container, stopping = session.installation, Stopping(grace_s)
    if beside:
        ask_when_alone(stopping, descriptor=sys.stdin.fileno())
    work_on_next, analyst = container.work_on_next(), container.analyst()

    def work() -> bool:
        return work_on_next(language=session.language, cancellation=stopping)

    with heard(stopping), _closed_at_the_end(session), _watched(session):
        ticks = Ticks(housekeeping(container, session.language))
        Dispatcher(work, analyst.start, ticks, stopping)()


@click.command()
@click.option("--once", is_flag=True, help="Do everything once and end; fails if anything did.")
@click.pass_obj
def maintain(session: Session, *, once: bool) -> int:
    """Take runs from dead workers, end what has expired, remove what has outlived its time."""
    _tell_on_standard_error(session)
    container, stopping = session.installation, Stopping()
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
