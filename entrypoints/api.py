"""The web application: GraphQL, and what is served beside it."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from entrypoints.container import Container
from entrypoints.graphql.app import Api, language_of
from entrypoints.graphql.limits import BODY_BYTES_MAX
from entrypoints.http.door import Door
from entrypoints.http.health import health_routes, metrics_route
from entrypoints.http.ide import ide_route, root_page
from entrypoints.http.payments import PLACE, PaymentsEndpoint
from entrypoints.observability.correlation import Correlated
from entrypoints.observability.requests import Told
from entrypoints.webhooks.payments import BODY_BYTES_MAX as EVENT_BYTES_MAX


def application(container: Container, *, is_open: bool) -> Starlette:
    """Everything that an installation serves over HTTP.

    `is_open` shows the IDE and lets the schema be read: on one's own machine, not in production.
    """
    methods = {"POST", "GET"} if is_open else {"POST"}
    graphql = Door(Api(container, is_open=is_open), methods=methods, body_bytes_max=BODY_BYTES_MAX)

    async def root(request: Request) -> Response:
        return root_page(language_of(request), is_open=is_open)

    return Starlette(
        routes=[
            Route("/", root),
            *([ide_route()] if is_open else []),
            Route("/graphql", graphql),
            WebSocketRoute("/graphql", graphql),
            *_uploads(container),
            *_payments(container),
            Mount("/exports", container.exports_endpoint().app()),
            *container.shown_endpoint().routes(),
            *_watched(container),
        ],
        middleware=[Middleware(Correlated), Middleware(Told), *_from_elsewhere(container)],
    )


def _from_elsewhere(container: Container) -> list[Middleware]:
    """Lets pages of the named origins ask; a token is in a header, so no page asks by itself."""
    origins = container.settings().operation.origins
    if not origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "HEAD", "PATCH", "POST", "PUT"],
            allow_headers=["Authorization", "Upload-Checksum", "Upload-Offset"],
            expose_headers=["Upload-Length", "Upload-Offset"],
        )
    ]


def _uploads(container: Container) -> list[BaseRoute]:
    """Our own endpoint; an S3 server takes the bytes by itself."""
    if container.settings().storage.kind != "folder":
        return []
    return [Mount("/uploads", container.uploads_endpoint().app())]


def _payments(container: Container) -> list[BaseRoute]:
    """Where payments are told of; without a secret nobody could be believed."""
    if container.settings().payment_secret is None:
        return []
    endpoint = PaymentsEndpoint(container.payment_webhook())
    return [Route(PLACE, Door(endpoint, methods={"POST"}, body_bytes_max=EVENT_BYTES_MAX))]


def _watched(container: Container) -> list[BaseRoute]:
    """Health; and figures too, unless those have a port of their own, away from strangers."""
    routes: list[BaseRoute] = [*health_routes(container.health())]
    if container.settings().operation.health_port is None:
        container.installation_figures()
        routes.append(metrics_route(container.counts().registry))
    return routes
