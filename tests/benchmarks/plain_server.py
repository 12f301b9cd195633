"""The limits beside which the API is measured: a JSON route and a websocket that know nothing."""

import asyncio
import json
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from entrypoints.serving import MESSAGE_BYTES_MAX

listeners: set[WebSocket] = set()


async def answer(request: Request) -> Response:
    """What the file named in the request holds, encoded anew as an API would."""
    asked = await request.json()
    return Response(json.dumps(ANSWERS[asked["query"]]), media_type="application/json")


async def tell(request: Request) -> Response:
    """The body to everybody who listens."""
    body = (await request.body()).decode()
    await asyncio.gather(*(listener.send_text(body) for listener in listeners))
    return Response()


async def listen(socket: WebSocket) -> None:
    await socket.accept()
    listeners.add(socket)
    try:
        async for _ in socket.iter_text():
            pass
    finally:
        listeners.discard(socket)


ROUTES = [
    Route("/graphql", answer, methods=["POST"]),
    Route("/tell", tell, methods=["POST"]),
    WebSocketRoute("/listen", listen),
]
ANSWERS: dict[str, object] = {}

if __name__ == "__main__":
    answers, port = sys.argv[1:]
    ANSWERS.update(json.loads(Path(answers).read_text()))
    uvicorn.run(
        Starlette(routes=ROUTES),
        host="127.0.0.1",
        port=int(port),
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=MESSAGE_BYTES_MAX,
        access_log=False,
        log_level="warning",
    )
