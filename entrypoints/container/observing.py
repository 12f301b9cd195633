"""What an installation tells of itself: figures and health."""

from collections.abc import Mapping

from dependency_injector import containers, providers

from adapters.folder.ping import ping as ping_folder
from entrypoints.container.ground import Ground
from entrypoints.container.late import late
from entrypoints.container.measuring import Measuring
from entrypoints.container.storage import Storage
from entrypoints.container.working import Working
from entrypoints.observability.health import Check, Health
from entrypoints.settings import Settings


def _needed(checks: Mapping[str, Check], settings: Settings) -> Mapping[str, Check]:
    """Without a broker the database is the queue; models may be served in the process itself."""
    is_away = {
        "queue": bool(settings.queue.broker_url),
        "inference": bool(settings.serving.address),
    }
    return {name: check for name, check in checks.items() if is_away.get(name, True)}


class Observing(containers.DeclarativeContainer):
    counts = providers.Singleton(late("entrypoints.observability.figures", "Counts"))
    installation_figures = providers.Singleton(
        late("entrypoints.observability.figures", "InstallationFigures"),
        Ground.reading.provider,
        Ground.clock,
        registry=counts.provided.registry,
    )
    storage_check = providers.Selector(
        Ground.settings.provided.storage.kind,
        folder=providers.Callable(ping_folder, Ground.settings.provided.results_dir),
        s3=Storage.bucket.provided.ping.call(),
    )
    # Every part that this installation stands on, by the name that /health tells.
    checks = providers.Dict(
        database=providers.Callable(late("adapters.sql.ping", "ping"), Ground.engine).provider,
        storage=storage_check.provider,
        queue=providers.Callable(
            late("adapters.dramatiq.ping", "ping"), Working.broker_address
        ).provider,
        inference=providers.Callable(
            late("adapters.triton.client", "ping"), Measuring.triton
        ).provider,
    )
    health = providers.Singleton(Health, providers.Callable(_needed, checks, Ground.settings))
