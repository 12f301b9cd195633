"""Whoever listens is asked from time to time who they are, however much there is to hear."""

import asyncio
from dataclasses import dataclass, field
from typing import cast

import pytest

from domain.errors import Unauthenticated
from entrypoints.graphql.context import Info
from entrypoints.graphql.progress import LOOK_AGAIN_S, Listener


@dataclass
class SignedOut:
    """A context whose session has ended."""

    async def still_known(self) -> None:
        raise Unauthenticated("no session")


@dataclass
class Following:
    """What a subscription knows of its request."""

    context: SignedOut = field(default_factory=SignedOut)


def test_news_do_not_keep_a_session_that_has_ended() -> None:
    """A run that has something to tell every second would else be followed to its end."""
    moments = iter([0.0, 1.0, LOOK_AGAIN_S - 1, LOOK_AGAIN_S])

    async def listen() -> None:
        woken = Listener(cast("Info", Following()), monotonic=lambda: next(moments))
        bell = asyncio.Event()
        bell.set()
        await woken(bell)
        await woken(bell)
        with pytest.raises(Unauthenticated):
            await woken(bell)

    asyncio.run(listen())
