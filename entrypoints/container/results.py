"""What reads runs, what they found, and the news of them."""

from dependency_injector import containers, providers

from application.queries.check_results import CheckResults
from application.queries.export_run import ExportRun
from application.queries.find_fresh_run import FindFreshRun
from application.queries.find_stopped_runs import FindStoppedRuns
from application.queries.read_artifact import ReadArtifact
from application.queries.read_features import ReadFeatures
from application.queries.read_queue import ReadQueue
from application.queries.read_rate_limit import ReadRateLimit
from application.queries.read_runs import ReadRuns
from application.queries.read_shown import ReadShown
from application.tier0_features import tier0_features
from application.use_cases.expire_pictures import ExpirePictures
from entrypoints.container.ground import Ground
from entrypoints.container.late import late
from entrypoints.container.storage import Storage

RUNS_PAUSE_S = 0.02
"""How often followed runs are asked for: half of it is how late news usually is."""


class Results(containers.DeclarativeContainer):
    export_run = providers.Factory(
        ExportRun, Ground.reading.provider, Storage.store, Ground.shipped
    )
    exports_endpoint = providers.Factory(
        late("entrypoints.http.exports", "ExportsEndpoint"),
        signer=Storage.link_signer,
        clock=Ground.clock,
        export_run=export_run.provider,
    )

    read_shown = providers.Factory(
        ReadShown,
        unit_of_work=Ground.reading.provider,
        pictures=Storage.pictures,
        reports=Storage.reports,
        clock=Ground.clock,
        policy=Ground.policy,
    )
    shown_endpoint = providers.Factory(
        late("entrypoints.http.shown", "ShownEndpoint"),
        signer=Storage.link_signer,
        clock=Ground.clock,
        read_shown=read_shown.provider,
    )
    read_artifact = providers.Factory(
        ReadArtifact,
        unit_of_work=Ground.reading.provider,
        store=Storage.store,
        components=Ground.shipped,
    )
    feature_schema = providers.Singleton(tier0_features, Ground.shipped)
    read_features = providers.Factory(
        ReadFeatures,
        unit_of_work=Ground.reading.provider,
        store=Storage.store,
        schema=feature_schema,
    )
    find_fresh_run = providers.Factory(
        FindFreshRun,
        unit_of_work=Ground.reading.provider,
        clock=Ground.clock,
        catalogue=Ground.catalogue,
    )
    find_stopped_runs = providers.Factory(
        FindStoppedRuns, Ground.reading.provider, Ground.clock, Ground.workers
    )
    read_runs = providers.Factory(ReadRuns, Ground.reading.provider)
    read_queue = providers.Factory(ReadQueue, Ground.reading.provider, Ground.clock)
    read_rate_limit = providers.Factory(
        ReadRateLimit, Ground.reading.provider, Ground.clock, Ground.settings.provided.hourly_limits
    )
    shared_reads = providers.Singleton(late("entrypoints.live.shared_reads", "SharedReads"))
    run_watch = providers.Singleton(
        late("entrypoints.live.watch", "Watch"),
        read_runs.provided.sequences,
        pause_s=RUNS_PAUSE_S,
    )
    check_results = providers.Factory(CheckResults, Storage.store)
    expire_pictures = providers.Factory(
        ExpirePictures, Storage.pictures, Ground.clock, Ground.policy
    )
