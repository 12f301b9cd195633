"""Following: whoever is behind is woken, and those who lack the same read it once."""

import asyncio
import threading
from collections.abc import Collection, Mapping

from entrypoints.live.shared_reads import SharedReads
from entrypoints.live.watch import Watch


def test_those_who_ask_together_share_one_read() -> None:
    reads: list[int] = []

    async def together() -> list[int]:
        shared: SharedReads[int] = SharedReads()

        def read() -> int:
            reads.append(1)
            return len(reads)

        return await asyncio.gather(*(shared("key", read) for _ in range(50)))

    assert asyncio.run(together()) == [1] * 50
    assert len(reads) == 1


def test_who_asks_while_a_read_is_under_way_has_one_of_their_own() -> None:
    """What was committed after a read had begun is not in it."""
    begun, may_end = threading.Event(), threading.Event()
    committed = ["old"]

    async def late() -> tuple[str, str]:
        shared: SharedReads[str] = SharedReads()

        def slow() -> str:
            found = committed[-1]
            begun.set()
            may_end.wait(10)
            return found

        first = asyncio.create_task(shared("key", slow))
        await asyncio.to_thread(begun.wait, 10)
        committed.append("new")
        second = await shared("key", lambda: committed[-1])
        may_end.set()
        return await first, second

    assert asyncio.run(late()) == ("old", "new")


def test_only_who_follows_what_has_changed_is_woken() -> None:
    states = {"a": 1, "b": 1}
    asked: list[set[str]] = []

    def now(keys: Collection[str]) -> Mapping[str, object]:
        asked.append(set(keys))
        return {key: states[key] for key in keys}

    async def follow() -> None:
        watch: Watch[str] = Watch(now, pause_s=0.001)
        async with watch.following("a") as first, watch.following("b") as other:
            async with asyncio.timeout(10):
                await asyncio.gather(first.wait(), other.wait())
                first.clear()
                other.clear()
                states["a"] = 2
                await first.wait()
            assert not other.is_set()
        await asyncio.sleep(0.1)
        rested = len(asked)
        await asyncio.sleep(0.1)
        assert len(asked) == rested

    asyncio.run(follow())
    assert {"a", "b"} in asked
