"""Links to what is shown as it is: signed, for a while, fetched without a token."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

import strawberry

from domain.identity import RunId
from domain.ledger import UserId
from domain.signed_link import LINK_LIFETIME, LinkClaim
from entrypoints.container import Container
from entrypoints.graphql.context import asked
from entrypoints.http.shown import VERB, picture_path


@strawberry.type(description="Whoever has the link sees what it leads to.")
class SignedLink:
    """A path of this service."""

    url: str = strawberry.field(description="A path of this service, fetched without a token.")
    expires_at: datetime = strawberry.field(description="Until when; then ask for another.")


def linked(container: Container, path: str, *, user_id: UserId) -> SignedLink:
    """A link of now."""
    now = container.clock().now()
    ends_at = now.replace(microsecond=0) + LINK_LIFETIME
    claim = LinkClaim(verb=VERB, path=path, user_id=user_id, expires_at=ends_at)
    return SignedLink(url=container.link_signer().sign(claim), expires_at=ends_at)


@dataclass(slots=True)
class PictureLinks:
    """Links to the pictures of one run; which there are is asked once, when the first is wanted."""

    container: Container
    user_id: UserId
    run_id: RunId
    _known: asyncio.Future[frozenset[int]] | None = field(default=None, init=False)

    async def of(self, index: int) -> SignedLink | None:
        """None where there is no picture of the frame, or none any more."""
        if self._known is None:
            read = self.container.read_shown()
            found = asked(lambda: read.pictured(self.user_id, self.run_id))
            self._known = asyncio.ensure_future(found)
        if index not in await self._known:
            return None
        path = picture_path(self.run_id, index)
        return linked(self.container, path, user_id=self.user_id)
