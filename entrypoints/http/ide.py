"""The GraphQL IDE and the page at the root, from files of our own: no other host is asked."""

import sys
from http import HTTPStatus
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from entrypoints.language import Language

FETCHED = Path(sys.prefix) / "share" / "graphiql"
"""Where `make setup` puts them; a wheel does not bring them."""
_OURS = Path(__file__).parent / "pages"
_FETCHED = (
    "graphiql.min.css",
    "graphiql.min.js",
    "react.production.min.js",
    "react-dom.production.min.js",
)
# Editors set styles on their own elements; scripts come from here alone, and none stands inline.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; "
    "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>TrendFlow</title>'
    '<link rel="icon" href="data:,"></head><body><h1>TrendFlow</h1>{content}</body></html>'
)
_ABSENT: dict[Language, str] = {
    "en": "<p>The files of the GraphQL IDE are not here; <code>make setup</code> fetches them. "
    "The API itself answers: <code>POST /graphql</code>, by any client of GraphQL.</p>",
    "ru": "<p>Файлов редактора GraphQL здесь нет; их загружает <code>make setup</code>. "
    "Сам API отвечает: <code>POST /graphql</code>, любым клиентом GraphQL.</p>",
}
_IDE: dict[Language, str] = {
    "en": '<p><a href="/graphql">GraphQL IDE</a>, with every query described</p>',
    "ru": '<p><a href="/graphql">Редактор GraphQL</a>, в котором описан каждый запрос</p>',
}
_ROOT: dict[Language, str] = {
    "en": '<p>The API: <code>POST /graphql</code></p><p><a href="/health">Health</a></p>',
    "ru": '<p>API: <code>POST /graphql</code></p><p><a href="/health">Состояние</a></p>',
}


def ide_page(language: Language, *, fetched: Path = FETCHED) -> Response:
    """The IDE; where its files were not fetched, a page that says so."""
    if all((fetched / name).is_file() for name in _FETCHED):
        return HTMLResponse((_OURS / "ide.html").read_text("utf-8"), headers=_HEADERS)
    return _page(language, _ABSENT[language])


def root_page(language: Language, *, is_open: bool) -> Response:
    """What stands at the root: where to go from here."""
    return _page(language, (_IDE[language] if is_open else "") + _ROOT[language])


def ide_route(fetched: Path = FETCHED) -> BaseRoute:
    """Gives the IDE its files, and nothing else of where they stand."""
    files = {"ide.js": _OURS / "ide.js", **{name: fetched / name for name in _FETCHED}}

    async def give(request: Request) -> Response:
        path = files.get(request.path_params["name"])
        if path is None or not path.is_file():
            return PlainTextResponse("Not Found", HTTPStatus.NOT_FOUND)
        return FileResponse(path, headers=_HEADERS)

    return Route("/ide/{name}", give)


def _page(language: Language, content: str) -> Response:
    return HTMLResponse(_PAGE.format(language=language, content=content), headers=_HEADERS)
