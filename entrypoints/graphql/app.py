"""GraphQL over HTTP and websockets: who asks is found out, everything else is the schema's."""

import contextlib
from collections.abc import Mapping
from datetime import timedelta
from json import JSONDecodeError
from typing import Any, cast

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.unset import UNSET, UnsetType

from application.errors import AdapterError
from domain.errors import Unauthenticated
from entrypoints.container import Container
from entrypoints.graphql.context import Context, signing_turns
from entrypoints.graphql.schema import schema
from entrypoints.graphql.shared_answers import SharedAnswers, SharedText
from entrypoints.http.ide import ide_page
from entrypoints.language import Language

INIT_TIMEOUT = timedelta(seconds=10)
SUBSCRIPTIONS_MAX = 10
BEARER = "bearer "
_LANGUAGES: dict[str, Language] = {"ru": "ru", "en": "en"}


class Api(GraphQL[Context, None]):
    """The endpoint `/graphql`. A token is shown in `Authorization: Bearer …`, never in a cookie.

    Of websockets it is the member `authorization` of the payload of `connection_init`. A request
    without a token is nobody's and may still sign in; one with a wrong token is told so.
    """

    def __init__(self, container: Container, *, is_open: bool) -> None:
        """`is_open` shows the IDE and the schema: for development and one's own machine."""
        super().__init__(
            schema(is_introspectable=is_open),
            graphql_ide="graphiql" if is_open else None,
            allow_queries_via_get=False,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL),
            connection_init_wait_timeout=INIT_TIMEOUT,
            max_subscriptions_per_connection=SUBSCRIPTIONS_MAX,
            allowed_origins=container.settings().operation.origins,
        )
        self._container = container
        self._signing = signing_turns()
        self._answers, self._text = SharedAnswers(), SharedText()

    async def render_graphql_ide(self, request: Request) -> Response:
        """Our own page: strawberry's loads its scripts from other hosts."""
        return ide_page(language_of(request))

    def parse_json(self, data: str | bytes) -> Any:
        """A document with its variables is an object; anything else is no request of this kind."""
        try:
            asked = super().parse_json(data)
        except (RecursionError, UnicodeDecodeError) as error:
            raise JSONDecodeError("no JSON", "", 0) from error
        if not isinstance(asked, dict):
            raise JSONDecodeError("not one object", "", 0)
        return asked

    def encode_json(self, data: object) -> str:
        """As JSON; what many followers are told is written out once."""
        return self._text(data)

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        del response
        context = Context(
            container=self._container,
            language=language_of(request),
            signing=self._signing,
            answers=self._answers,
        )
        if isinstance(request, Request):
            token = bearer(request.headers.get("authorization", ""))
            if token:
                try:
                    await context.know(token)
                except Unauthenticated:
                    context.token = token
                except AdapterError as failure:
                    context.away = failure
        return context

    async def on_ws_connect(self, context: Context) -> UnsetType | dict[str, object] | None:
        """Every subscription is somebody's, so a websocket without a good token ends at once."""
        said: Mapping[str, Any] = context.connection_params or {}
        named = {str(name).lower(): value for name, value in said.items()}
        try:
            await context.know(bearer(str(named.get("authorization", ""))))
        except Unauthenticated as refusal:
            raise ConnectionRejectionError from refusal
        return cast("UnsetType", UNSET)


def bearer(header: str) -> str:
    """The token of an `Authorization` header; empty where there is none."""
    return header[len(BEARER) :].strip() if header.lower().startswith(BEARER) else ""


def language_of(request: HTTPConnection) -> Language:
    """The first of our languages that the client would have (RFC 9110, 12.5.4); else English."""
    wanted: list[tuple[float, int, Language]] = []
    for part in request.headers.get("accept-language", "").split(","):
        name, _, quality = part.strip().lower().partition(";q=")
        language = _LANGUAGES.get(name[:2])
        if language is not None:
            with contextlib.suppress(ValueError):
                wanted.append((-float(quality or 1), len(wanted), language))
    return min(wanted)[2] if wanted else "en"
