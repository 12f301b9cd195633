"""`trendflow serve` and `trendflow api`: the service, on one machine or as one process of many."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from entrypoints.session import Session

HOST, PORT = "127.0.0.1", 8000
WORKER_STOP_S = 60
RESTART_PAUSE_S = 1.0

host_option = click.option("--host", default=HOST, show_default=True, help="Where to listen.")
port_option = click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))


@click.command()
@host_option
@port_option
@click.pass_obj
def serve(session: Session, host: str, port: int) -> None:
    """Serve everything on this machine: the API with its IDE, and a worker.

    Runs that wait or were interrupted go on where they were.
    """
    with _working(session):
        _serve(session, host=host, port=port, is_open=True)


@click.command()
@host_option
@port_option
@click.option("--open", "is_open", is_flag=True, help="Show the IDE and the schema.")
@click.pass_obj
def api(session: Session, host: str, port: int, is_open: bool) -> None:
    """Serve the API only; workers are processes of their own."""
    _serve(session, host=host, port=port, is_open=is_open)


def _serve(session: Session, *, host: str, port: int, is_open: bool) -> None:
    session.aside.print(session.say("cli.serving", url=f"http://{host}:{port}/graphql"))
    # Loaded only now: what it stands on takes a second that no other command should cost.
    serving = import_module("entrypoints.serving")
    serving.serve(session.installation, host=host, port=port, is_open=is_open)


@contextmanager
def _working(session: Session) -> Iterator[None]:
    """A worker beside us, started anew when it dies; asked to end with us."""
    data_dir = session.installation.settings().data_dir
    command = [sys.executable, "-m", "entrypoints.cli", "--data-dir", str(data_dir), "worker"]
    ending = threading.Event()
    worker = [subprocess.Popen(command)]

    def keep() -> None:
        while not ending.is_set():
            worker[0].wait()
            if not ending.wait(RESTART_PAUSE_S):
                worker[0] = subprocess.Popen(command)

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        worker[0].terminate()
        try:
            worker[0].wait(WORKER_STOP_S)
        except subprocess.TimeoutExpired:
            worker[0].kill()
        keeper.join()
