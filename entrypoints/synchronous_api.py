"""What `trendflow sync` serves: the synchronous endpoint, and the files that it gives links to."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from entrypoints.container import Container
from entrypoints.http.door import Door
from entrypoints.http.synchronous import BODY_BYTES_MAX, PLACE, SynchronousEndpoint
from entrypoints.observability.correlation import Correlated
from entrypoints.observability.requests import Told


def synchronous_application(
    container: Container, *, endpoint: SynchronousEndpoint | None = None
) -> Starlette:
    """To be served over mutual TLS alone."""
    found = endpoint or SynchronousEndpoint(container)
    return Starlette(
        routes=[
            Route(PLACE, Door(found, methods={"POST"}, body_bytes_max=BODY_BYTES_MAX)),
            Mount("/exports", container.exports_endpoint().app()),
        ],
        middleware=[Middleware(Correlated), Middleware(Told)],
    )
