"""`trendflow serve`, `api` and `sync`: the service, on one machine or as processes of many."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from entrypoints.operation import LogFormat
from entrypoints.session import Session
from entrypoints.synchronous import SWITCH
from entrypoints.workers.companion import companion

HOST, PORT, SYNC_PORT = "127.0.0.1", 8000, 8443

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
    _check_listening(host, port)
    with companion(session.staying.settings().data_dir), _ended_in_order():
        _serve(session, host=host, port=port, is_open=True)


@click.command()
@host_option
@port_option
@click.option("--open", "is_open", is_flag=True, help="Show the IDE and the schema.")
@click.pass_obj
def api(session: Session, host: str, port: int, is_open: bool) -> None:
    """Serve the API only; workers are processes of their own."""
    _check_listening(host, port)
    _serve(session, host=host, port=port, is_open=is_open)


@click.command()
@host_option
@click.option("--port", default=SYNC_PORT, show_default=True, type=click.IntRange(1, 65535))
@click.pass_obj
def sync(session: Session, host: str, port: int) -> None:
    """Serve POST /process/sync over mutual TLS, for tests and demonstrations.

    Runs of short videos are started and waited for; workers carry them out as any other.
    """
    files = session.settings.synchronous.tls
    if files is None:
        raise click.UsageError(f"{SWITCH} is not on: runs are started over the API, and followed")
    _check_listening(host, port)
    try:
        tls = import_module("entrypoints.mutual_tls").MutualTls(files)
    except OSError as error:
        raise click.ClickException(f"the certificates cannot be used: {error.strerror}") from error
    _tell(session, f"https://{host}:{port}/process/sync")
    import_module("entrypoints.serving").serve_synchronous(
        session.staying, tls, host=host, port=port
    )


def _check_listening(host: str, port: int) -> None:
    """Before anything starts: the server itself would say no more than that it failed."""
    try:
        for family, kind, protocol, _, address in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        ):
            with socket.socket(family, kind, protocol) as tried:
                # As the server binds: what a former one left in TIME_WAIT is no hindrance.
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind(address)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise click.ClickException(f"cannot listen on {host}:{port}: {why}") from error


def _serve(session: Session, *, host: str, port: int, is_open: bool) -> None:
    _tell(session, f"http://{host}:{port}/graphql")
    serving = import_module("entrypoints.serving")
    serving.serve(session.staying, host=host, port=port, is_open=is_open)


def _tell(session: Session, url: str) -> None:
    if session.settings.operation.log_format is LogFormat.TEXT:
        session.aside.print(session.say("cli.serving", url=url))
    # Loaded only now: what it stands on takes a second that no other command should cost.
    import_module("entrypoints.observability.logs").configure_logging(
        session.settings.operation.log_format
    )


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """SIGTERM ends the server as Ctrl-C does, and what stands around it is put away."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
