"""`/health`, `/health/ready`, `/health/live` and `/metrics`, for every process (R-903)."""

from collections.abc import Sequence
from http import HTTPStatus

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from entrypoints.observability.health import Health

_NEVER_KEPT = {"Cache-Control": "no-store"}


def health_routes(health: Health) -> Sequence[Route]:
    """Where a process tells how it is: 200 when every part answers, else 503 with their names."""

    async def ready(_: Request) -> Response:
        report = await run_in_threadpool(health)
        status = HTTPStatus.OK if report.is_ready else HTTPStatus.SERVICE_UNAVAILABLE
        told = {"status": "ok" if report.is_ready else "down", "parts": dict(report.parts)}
        return JSONResponse(told, status_code=status, headers=_NEVER_KEPT)

    async def live(_: Request) -> Response:
        # That it answers is the answer: a database that is away is no reason to be started anew.
        return JSONResponse({"status": "ok"}, headers=_NEVER_KEPT)

    return (
        Route("/health", ready),
        Route("/health/ready", ready),
        Route("/health/live", live),
    )


def metrics_route(registry: CollectorRegistry) -> Route:
    """What Prometheus reads."""

    async def metrics(_: Request) -> Response:
        text = await run_in_threadpool(generate_latest, registry)
        return Response(text, headers={**_NEVER_KEPT, "Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    return Route("/metrics", metrics)


def watched_application(health: Health, registry: CollectorRegistry) -> Starlette:
    """All of it, for a process that serves nothing else."""
    return Starlette(routes=[*health_routes(health), metrics_route(registry)])
