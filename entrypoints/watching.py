"""Telling how a process is on a port of its own, where the settings name one."""

from collections.abc import Iterator
from contextlib import contextmanager

from entrypoints.container import Container
from entrypoints.http.health import watched_application
from entrypoints.observability.watched import watched


@contextmanager
def watching(container: Container) -> Iterator[None]:
    """Until the context ends; raises OSError when the port is taken."""
    operation = container.settings().operation
    if operation.health_port is None:
        yield
        return
    container.installation_figures()
    app = watched_application(container.health(), container.counts().registry)
    with watched(app, host=operation.health_host, port=operation.health_port):
        yield
