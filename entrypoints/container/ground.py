"""What every part stands on: settings, time, the catalogue, the database."""

from pathlib import Path

from dependency_injector import containers, providers

import adapters.components
from adapters.system.clock import SystemClock
from adapters.system.pauses import SystemPauses
from adapters.system.randomness import SystemRandomness
from adapters.system.ticker import ThreadTicker
from adapters.system.workers import SystemWorkers
from adapters.toml.costs import TomlCosts
from adapters.toml.profiles import TomlProfiles
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.catalogue import Catalogue
from domain.retention import RetentionPolicy
from entrypoints.container.late import late
from entrypoints.settings import Settings


class Ground(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)

    clock = providers.Singleton(SystemClock)
    workers = providers.Singleton(SystemWorkers)
    ticker = providers.Singleton(ThreadTicker)
    retrying = providers.Singleton(Retrying, providers.Singleton(SystemPauses))
    shipped = providers.Singleton(late("adapters.components.catalogue", "ShippedComponents"))
    schemas_dir = providers.Object(Path(adapters.components.__path__[0]) / "schemas")
    weights = providers.Callable(late("adapters.model_repository.manifest", "weights"))
    catalogue = providers.Singleton(Catalogue.with_models, shipped.provided.catalogue, weights)
    profiles = providers.Singleton(TomlProfiles)
    costs = providers.Singleton(TomlCosts)
    policy = providers.Singleton(RetentionPolicy)

    database_url = settings.provided.database_url
    # The child that measures asks no database, and begins sooner without loading one.
    engine = providers.Singleton(late("adapters.sql.engine", "connect"), database_url)
    migrate = providers.Callable(late("adapters.sql.schema", "upgrade"), database_url)
    unit_of_work: providers.Factory[UnitOfWork] = providers.Factory(
        late("adapters.sql.unit_of_work", "SqlUnitOfWork"), engine
    )
    # For what only reads, and so keeps nobody waiting.
    reading: providers.Factory[UnitOfWork] = providers.Factory(
        late("adapters.sql.unit_of_work", "SqlUnitOfWork"),
        providers.Singleton(late("adapters.sql.engine", "reading"), engine),
    )
    randomness = providers.Singleton(SystemRandomness)
