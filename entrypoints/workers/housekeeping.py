"""The chores of an installation and how often each is due."""

from collections.abc import Sequence

from entrypoints.container import Container
from entrypoints.language import Language
from entrypoints.workers.beside import Beside
from entrypoints.workers.telling import ToldDeliveries
from entrypoints.workers.ticks import Tick

RECLAIM_S = 2.0
"""A dead worker's run waits again after at most this (its lease over, or its process gone)."""
EXPIRE_S = 60.0
DELIVER_S = 2.0
SWEEP_S = 600.0
REPORT_S = 60.0
"""A report that the storage did not take at its run's end is written after at most this."""


def housekeeping(
    container: Container, language: Language, *, is_once: bool = False
) -> Sequence[Tick]:
    """Chores that are harmless to do by several processes at once.

    Who does them but once waits for all of them; else those that wait for strangers go on beside.
    """
    sweep = container.sweep()
    resolve = Tick("resolve_videos", EXPIRE_S, container.resolving().again)
    sweep_uploads, counts = container.sweep_uploads(), container.counts()
    told = ToldDeliveries(container.deliver_webhooks())
    deliver = Tick("deliver_webhooks", DELIVER_S, told)
    return (
        Tick("reclaim_runs", RECLAIM_S, container.reclaim_runs()),
        deliver if is_once else Tick(deliver.name, deliver.interval_s, Beside(deliver)),
        Tick("expire_credits", EXPIRE_S, container.expire_credits()),
        Tick("expire_sessions", EXPIRE_S, container.expire_sessions()),
        Tick("expire_estimates", SWEEP_S, container.expire_estimates()),
        Tick("expire_deliveries", SWEEP_S, container.expire_deliveries()),
        resolve if is_once else Tick(resolve.name, resolve.interval_s, Beside(resolve)),
        Tick("expire_pictures", SWEEP_S, container.expire_pictures()),
        Tick("sweep_uploads", SWEEP_S, lambda: counts.swept(sweep_uploads())),
        Tick("sweep", REPORT_S, lambda: sweep(language=language)),
    )
