"""A client as a stranger would write it, with a library of theirs and what the API tells alone."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from gql import Client, GraphQLRequest
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.websockets import WebsocketsTransport

SIGN_UP = """mutation ($email: String!, $password: String!) {
  signUp(email: $email, password: $password) {
    __typename ... on Signed { token } ... on Refusal { code } } }"""
CREATE = """mutation ($size: ByteCount!, $sha256: String, $title: String!) {
  createUpload(sizeBytes: $size, sha256: $sha256, metadata: {title: $title}) {
    __typename
    ... on Upload { id targets { method url offset sizeBytes } } ... on Refusal { code } } }"""
COMPLETE = """mutation ($upload: ID!) { completeUpload(upload: $upload) {
    __typename ... on Video { id state durationMs } ... on Refusal { code message } } }"""
ESTIMATE = """query ($video: ID!, $profile: String!) { estimate(video: $video, profile: $profile) {
    __typename
    ... on Estimate { id most usually lines { component most } } ... on Refusal { code } } }"""
START = """mutation ($video: ID!, $profile: String!, $estimate: ID!, $key: String!) {
  startRun(video: $video, profile: $profile, estimate: $estimate, idempotencyKey: $key) {
    __typename ... on Run { id runId status } ... on Refusal { code message } } }"""
FOLLOW = """subscription ($run: ID!, $after: Int!) { runProgress(run: $run, afterSequence: $after) {
    __typename
    ... on RunProgress { sequence isLast share run { status }
      events { sequence status component componentStatus } }
    ... on Refusal { code } } }"""
RESULTS = """query ($run: ID!) {
  run(id: $run) { status bill { held charged returned lines { component charged reason } }
    components { name status artifact { charts(maxPoints: 100) { __typename name unit
      ... on SeriesChart { places series { values } } ... on ValueChart { number } } } } }
  balance { available held } }"""


@dataclass(slots=True)
class Stranger:
    """Knows an address and nothing else."""

    url: str
    token: str = ""

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    async def asks(self, document: str, **variables: Any) -> Any:
        """The only root field of the answer, or all of it where there are several."""
        transport = AIOHTTPTransport(f"{self.url}/graphql", headers=self._headers)
        async with Client(transport=transport) as session:
            data = await session.execute(GraphQLRequest(document, variable_values=variables))
        return next(iter(data.values())) if len(data) == 1 else data

    async def sends(self, content: bytes, target: dict[str, Any]) -> None:
        """A file to where the API says, in two parts as over a shaky line."""
        half = len(content) // 2
        url = httpx.URL(self.url).join(target["url"])
        async with httpx.AsyncClient(timeout=60) as http:
            for start, part in ((0, content[:half]), (half, content[half:])):
                headers = {"Upload-Offset": str(start)}
                answer = await http.request(target["method"], url, content=part, headers=headers)
                answer.raise_for_status()

    async def uploads(self, file: Path, *, title: str) -> Any:
        content = await asyncio.to_thread(file.read_bytes)
        digest = hashlib.sha256(content).hexdigest()
        created = await self.asks(CREATE, size=len(content), sha256=digest, title=title)
        await self.sends(content, created["targets"][0])
        return await self.asks(COMPLETE, upload=created["id"])

    async def follows(self, run: str, *, after: int = 0) -> AsyncIterator[Any]:
        """Every message about a run over a websocket."""
        transport = WebsocketsTransport(
            f"{self.url.replace('http', 'ws')}/graphql",
            init_payload={"authorization": f"Bearer {self.token}"},
            subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
        )
        async with Client(transport=transport) as session:
            asked = GraphQLRequest(FOLLOW, variable_values={"run": run, "after": after})
            async for message in session.subscribe(asked):
                yield message["runProgress"]

    async def follows_by_sse(self, run: str) -> list[Any]:
        """The same over server-sent events."""
        body = {"query": FOLLOW, "variables": {"run": run, "after": 0}}
        headers = {**self._headers, "Accept": "text/event-stream"}
        async with httpx.AsyncClient(timeout=60) as http:
            answer = await http.post(f"{self.url}/graphql", json=body, headers=headers)
        events = [line for line in answer.text.splitlines() if line.startswith("data: {")]
        return [json.loads(e.removeprefix("data: "))["data"]["runProgress"] for e in events]
