"""The composition root: the only file that names adapters."""

import secrets
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from dependency_injector import containers, providers

import adapters.components
from adapters.argon2.passwords import Argon2Passwords
from adapters.ffmpeg.build import decoder_build
from adapters.ffmpeg.confinement import Confinement
from adapters.ffmpeg.decoder import FfmpegVideoDecoder
from adapters.ffmpeg.probe import FfprobeVideoProbe
from adapters.ffmpeg.repair import FfmpegVideoRepair
from adapters.ffmpeg.stored_frames import FfmpegStoredFrames
from adapters.ffmpeg.tools import Tools
from adapters.folder.artifacts import FolderArtifacts
from adapters.folder.ping import ping as ping_folder
from adapters.folder.shelf import FolderShelf
from adapters.folder.uploads import FolderUploads
from adapters.folder.workspaces import FolderWorkspaces
from adapters.process.analyst import ProcessAnalyst
from adapters.sql.engine import connect, reading
from adapters.sql.ping import ping as ping_database
from adapters.sql.schema import upgrade
from adapters.sql.unit_of_work import SqlUnitOfWork
from adapters.system.clock import SystemClock
from adapters.system.machine import this_machine
from adapters.system.memory_meter import ProcMemoryMeter
from adapters.system.pauses import SystemPauses
from adapters.system.randomness import SystemRandomness
from adapters.system.ticker import ThreadTicker
from adapters.system.workers import SystemWorkers
from adapters.toml.costs import TomlCosts
from adapters.toml.prices import TomlPrices
from adapters.toml.profiles import TomlProfiles
from adapters.youtube.options import YoutubeOptions
from adapters.youtube.switched_off import NoRemoteVideos
from application.current_costs import CurrentCosts
from application.local_analyst import LocalAnalyst
from application.new_users import UserMaker
from application.opened_sessions import SessionMaker
from application.originals import Originals
from application.ownership import Ownership
from application.pictures import Pictures
from application.promised_models import PromisedModels
from application.queries.check_results import CheckResults
from application.queries.export_run import ExportRun
from application.queries.find_fresh_run import FindFreshRun
from application.queries.list_api_keys import ListApiKeys
from application.queries.read_account import ReadAccount
from application.queries.read_artifact import ReadArtifact
from application.queries.read_features import ReadFeatures
from application.queries.read_ledger import ReadLedger
from application.queries.read_profiles import ReadProfiles
from application.queries.read_queue import ReadQueue
from application.queries.read_rate_limit import ReadRateLimit
from application.queries.read_runs import ReadRuns
from application.queries.read_shown import ReadShown
from application.queries.read_upload import ReadUpload
from application.queries.read_video import ReadVideo
from application.queries.read_webhooks import ReadWebhooks
from application.queries.show_prices import ShowPrices
from application.queries.show_requirements import ShowRequirements
from application.retrying import Retrying
from application.reusing import Reusing
from application.routed_inference import RoutedInference
from application.taking_over import TakeOver
from application.tier0_features import tier0_features
from application.use_cases.accept_callback import AcceptCallback
from application.use_cases.accept_video import AcceptVideo
from application.use_cases.acquire_video import AcquireVideo
from application.use_cases.add_user import AddUser
from application.use_cases.add_video import AddVideo
from application.use_cases.authenticate import Authenticate
from application.use_cases.calibrate_costs import CalibrateCosts
from application.use_cases.cancel_run import CancelRun
from application.use_cases.complete_upload import CompleteUpload
from application.use_cases.confirm_payment import ConfirmPayment
from application.use_cases.correct_entry import CorrectEntry
from application.use_cases.create_api_key import CreateApiKey
from application.use_cases.create_upload import CreateUpload
from application.use_cases.delete_profile import DeleteProfile
from application.use_cases.delete_webhook import DeleteWebhook
from application.use_cases.deliver_webhooks import DeliverWebhooks
from application.use_cases.end_run import EndRun
from application.use_cases.estimate_run import EstimateRun
from application.use_cases.estimate_video import EstimateVideo
from application.use_cases.execute_run import ExecuteRun
from application.use_cases.expire_credits import ExpireCredits
from application.use_cases.expire_deliveries import ExpireDeliveries
from application.use_cases.expire_estimates import ExpireEstimates
from application.use_cases.expire_pictures import ExpirePictures
from application.use_cases.expire_sessions import ExpireSessions
from application.use_cases.make_administrator import MakeAdministrator
from application.use_cases.make_certificates import MakeCertificates
from application.use_cases.measure_component import MeasureComponent
from application.use_cases.plan_batches import PlanBatches
from application.use_cases.receive_part import ReceivePart
from application.use_cases.reclaim_runs import ReclaimRuns
from application.use_cases.register_webhook import RegisterWebhook
from application.use_cases.relay_runs import RelayRuns
from application.use_cases.resend_delivery import ResendDelivery
from application.use_cases.reset_password import ResetPassword
from application.use_cases.resolve_video import ResolveVideo
from application.use_cases.retry_run import RetryRun
from application.use_cases.revoke_api_key import RevokeApiKey
from application.use_cases.rotate_webhook_secret import RotateWebhookSecret
from application.use_cases.save_profile import SaveProfile
from application.use_cases.seed_prices import SeedPrices
from application.use_cases.seed_requirements import SeedRequirements
from application.use_cases.segment_video import SegmentVideo
from application.use_cases.set_plan import SetPlan
from application.use_cases.set_price import SetPrice
from application.use_cases.set_requirements import SetRequirements
from application.use_cases.sign_in import SignIn
from application.use_cases.sign_out import SignOut
from application.use_cases.sign_up import SignUp
from application.use_cases.start_payment import StartPayment
from application.use_cases.start_run import StartRun
from application.use_cases.start_synchronously import StartSynchronously
from application.use_cases.start_video_run import StartVideoRun
from application.use_cases.sweep import Sweep
from application.use_cases.sweep_uploads import SweepUploads
from application.use_cases.top_up_credits import TopUpCredits
from application.use_cases.update_settings import UpdateSettings
from application.use_cases.welcome_local_user import WelcomeLocalUser
from application.use_cases.work_in_company import WorkInCompany
from application.use_cases.work_on_next import WorkOnNext
from application.use_cases.work_on_run import WorkOnRun
from application.use_cases.write_report import WriteReport
from domain.catalogue import Catalogue
from domain.retention import RetentionPolicy
from domain.reuse_key import Equipment
from domain.sign_in_attempts import AttemptLimit
from entrypoints.inference import LateInference
from entrypoints.link_secret import link_signer
from entrypoints.observability.health import Check, Health
from entrypoints.resolving import Resolving
from entrypoints.settings import Settings
from entrypoints.webhooks.payments import PaymentWebhook

RUNS_PAUSE_S = 0.02
"""How often followed runs are asked for: half of it is how late news usually is."""
BALANCES_PAUSE_S = 0.25


def _late(module: str, name: str) -> Callable[..., Any]:
    """A class that is imported when its first instance is wanted.

    These load the libraries that count, draw and fetch: a second of processor time and more, which
    a command that needs none of them should not cost, and one that does can spend beside its child.
    """

    def make(*given: Any, **named: Any) -> Any:
        return getattr(import_module(module), name)(*given, **named)

    return make


def _needed(checks: Mapping[str, Check], settings: Settings) -> Mapping[str, Check]:
    """Without a broker the database is the queue; models may be served in the process itself."""
    is_away = {
        "queue": bool(settings.queue.broker_url),
        "inference": bool(settings.serving.address),
    }
    return {name: check for name, check in checks.items() if is_away.get(name, True)}


class Container(containers.DeclarativeContainer):
    """One installation. Singleton is a process, Factory a call, a unit of work a transaction."""

    settings = providers.Dependency(instance_of=Settings)

    clock = providers.Singleton(SystemClock)
    workers = providers.Singleton(SystemWorkers)
    ticker = providers.Singleton(ThreadTicker)
    retrying = providers.Singleton(Retrying, providers.Singleton(SystemPauses))
    shipped = providers.Singleton(_late("adapters.components.catalogue", "ShippedComponents"))
    schemas_dir = providers.Object(Path(adapters.components.__path__[0]) / "schemas")
    weights = providers.Callable(_late("adapters.model_repository.manifest", "weights"))
    catalogue = providers.Singleton(Catalogue.with_models, shipped.provided.catalogue, weights)
    profiles = providers.Singleton(TomlProfiles)
    costs = providers.Singleton(TomlCosts)
    policy = providers.Singleton(RetentionPolicy)

    database_url = settings.provided.database_url
    engine = providers.Singleton(connect, database_url)
    migrate = providers.Callable(upgrade, database_url)
    unit_of_work = providers.Factory(SqlUnitOfWork, engine)
    # For what only reads, and so keeps nobody waiting.
    reading = providers.Factory(SqlUnitOfWork, providers.Singleton(reading, engine))
    bucket = providers.Singleton(
        _late("adapters.minio.bucket", "S3Bucket"),
        providers.Singleton(
            _late("adapters.minio.place", "S3Place"),
            host=settings.provided.storage.host,
            bucket=settings.provided.storage.bucket,
            is_secure=settings.provided.storage.is_secure,
            region=settings.provided.storage.region,
            access_key=settings.provided.storage.access_key,
            secret_key=settings.provided.storage.secret_key,
            public=settings.provided.storage.public,
        ),
    )
    store = providers.Selector(
        settings.provided.storage.kind,
        folder=providers.Singleton(FolderArtifacts, settings.provided.results_dir),
        s3=providers.Singleton(_late("adapters.minio.artifacts", "MinioArtifacts"), bucket),
    )
    shelf = providers.Selector(
        settings.provided.storage.kind,
        folder=providers.Singleton(FolderShelf, settings.provided.data_dir),
        s3=providers.Singleton(_late("adapters.minio.shelf", "MinioShelf"), bucket),
    )
    # Once at the start of every process: a bucket that is missing is made.
    prepare_storage = providers.Selector(
        settings.provided.storage.kind,
        folder=providers.Object(None),
        s3=bucket.provided.prepare.call(),
    )
    workspaces = providers.Singleton(FolderWorkspaces, settings.provided.data_dir)
    link_signer = providers.Singleton(
        link_signer, settings.provided.link_secrets, settings.provided.data_dir
    )
    folder_uploads = providers.Singleton(
        FolderUploads, settings.provided.uploads_dir, link_signer.provider
    )
    uploads = providers.Selector(
        settings.provided.storage.kind,
        folder=folder_uploads,
        s3=providers.Singleton(
            _late("adapters.minio.uploads", "MinioUploads"), bucket, settings.provided.work_dir
        ),
    )
    originals = providers.Singleton(Originals, unit_of_work.provider, uploads, retrying)
    segments = providers.Singleton(
        _late("adapters.preparation.segments", "FolderSegments"), workspaces.provided.folder
    )
    reports = providers.Singleton(_late("adapters.html.reports", "HtmlReports"), shelf)
    pictures = providers.Singleton(Pictures, shelf)

    tools = providers.Singleton(Tools.find)
    confinement = providers.Singleton(Confinement.best, tools)
    probe = providers.Singleton(FfprobeVideoProbe, tools, confinement)
    decoder = providers.Singleton(FfmpegVideoDecoder, tools, confinement)
    repair = providers.Singleton(FfmpegVideoRepair, tools, confinement)
    remote = providers.Selector(
        settings.provided.youtube.switch,
        on=providers.Singleton(
            _late("adapters.youtube.remote_videos", "YtDlpRemoteVideos"),
            ffmpeg=tools.provided.ffmpeg,
            options=providers.Singleton(
                YoutubeOptions,
                proxy=settings.provided.youtube.proxy,
                cookies=settings.provided.youtube.cookies,
                retry_pauses_s=settings.provided.youtube.retry_pauses_s,
            ),
        ),
        off=providers.Singleton(NoRemoteVideos),
    )
    # Asked for by whoever compares results with it: the program has to be run for that.
    equipment = providers.Singleton(
        Equipment,
        decoder_build=providers.Singleton(decoder_build, tools),
        weights_sha256=weights,
    )
    reusing = providers.Factory(Reusing, catalogue, equipment.provider)
    frames = providers.Singleton(
        FfmpegStoredFrames, tools, confinement, settings.provided.frames_dir
    )

    segment_video = providers.Factory(
        SegmentVideo,
        probe=probe,
        decoder=decoder,
        repair=repair,
        segments=segments,
        components=shipped,
    )
    model_repository = providers.Singleton(
        _late("adapters.model_repository.repository", "FolderModelRepository"),
        settings.provided.models_dir,
    )
    model_versions = providers.Callable(_late("adapters.model_repository.manifest", "versions"))
    triton = providers.Singleton(
        _late("adapters.triton.client", "TritonClients"),
        settings.provided.serving.address,
        is_secure=settings.provided.serving.is_secure,
    )
    serving = providers.Selector(
        settings.provided.serving.kind,
        onnx=providers.Singleton(
            _late("adapters.onnx.inference", "OnnxInference"),
            settings.provided.models_dir,
            model_versions,
        ),
        triton=providers.Singleton(
            _late("adapters.triton.inference", "TritonInference"),
            triton,
            model_versions,
            retrying,
        ),
    )
    speech = providers.Singleton(
        _late("adapters.ctranslate2.inference", "WhisperInference"),
        settings.provided.models_dir,
        model_versions,
    )
    printed_words = providers.Singleton(
        _late("adapters.tesseract.inference", "TesseractInference"),
        settings.provided.models_dir,
        model_versions,
    )
    routed = providers.Singleton(
        RoutedInference,
        others=providers.Singleton(
            RoutedInference,
            others=serving,
            apart=providers.Singleton(LateInference, speech.provider),
            names=providers.Callable(
                _late("adapters.model_repository.manifest", "models_of"), "ctranslate2"
            ),
        ),
        apart=providers.Singleton(LateInference, printed_words.provider),
        names=providers.Callable(
            _late("adapters.model_repository.manifest", "models_of"), "tesseract"
        ),
    )
    promised = providers.Singleton(PromisedModels, routed, weights)
    inference = providers.Singleton(LateInference, promised.provider)
    measure_component = providers.Factory(
        MeasureComponent,
        segments=segments,
        components=shipped,
        memory=providers.Singleton(ProcMemoryMeter),
        inference=inference,
    )
    local_analyst = providers.Factory(LocalAnalyst, segment_video, measure_component, segments)
    analyst = providers.Singleton(
        ProcessAnalyst,
        "entrypoints.analyst:build",
        providers.List(settings),
        memory_bytes=settings.provided.analyst_memory_bytes,
    )

    register_webhook = providers.Factory(
        RegisterWebhook,
        unit_of_work=unit_of_work.provider,
        clock=clock,
        policy=settings.provided.operation.webhooks,
    )
    accept_callback = providers.Factory(AcceptCallback, settings.provided.operation.webhooks)
    rotate_webhook_secret = providers.Factory(RotateWebhookSecret, unit_of_work.provider)
    delete_webhook = providers.Factory(DeleteWebhook, unit_of_work.provider)
    resend_delivery = providers.Factory(ResendDelivery, unit_of_work.provider, clock)
    read_webhooks = providers.Factory(ReadWebhooks, reading.provider)
    deliver_webhooks = providers.Factory(
        DeliverWebhooks,
        unit_of_work=unit_of_work.provider,
        sender=providers.Singleton(
            _late("adapters.http_webhooks.sender", "HttpWebhookSender"),
            policy=settings.provided.operation.webhooks,
        ),
        clock=clock,
        chance=providers.Object(secrets.SystemRandom().random),
    )

    certificates = providers.Singleton(_late("adapters.x509.certificates", "X509Certificates"))
    make_certificates = providers.Factory(MakeCertificates, certificates, clock)

    export_run = providers.Factory(ExportRun, reading.provider, store, shipped)
    exports_endpoint = providers.Factory(
        _late("entrypoints.http.exports", "ExportsEndpoint"),
        signer=link_signer,
        clock=clock,
        export_run=export_run.provider,
    )

    read_shown = providers.Factory(
        ReadShown,
        unit_of_work=reading.provider,
        pictures=pictures,
        reports=reports,
        clock=clock,
        policy=policy,
    )
    shown_endpoint = providers.Factory(
        _late("entrypoints.http.shown", "ShownEndpoint"),
        signer=link_signer,
        clock=clock,
        read_shown=read_shown.provider,
    )

    counts = providers.Singleton(_late("entrypoints.observability.figures", "Counts"))
    installation_figures = providers.Singleton(
        _late("entrypoints.observability.figures", "InstallationFigures"),
        reading.provider,
        clock,
        registry=counts.provided.registry,
    )
    storage_check = providers.Selector(
        settings.provided.storage.kind,
        folder=providers.Callable(ping_folder, settings.provided.results_dir),
        s3=bucket.provided.ping.call(),
    )
    broker_address = providers.Factory(
        _late("adapters.dramatiq.broker", "Address"),
        settings.provided.queue.broker_url,
        authority=settings.provided.queue.authority,
        certificate=settings.provided.queue.certificate,
        key=settings.provided.queue.key,
    )
    # Every part that this installation stands on, by the name that /health tells.
    checks = providers.Dict(
        database=providers.Callable(ping_database, engine).provider,
        storage=storage_check.provider,
        queue=providers.Callable(_late("adapters.dramatiq.ping", "ping"), broker_address).provider,
        inference=providers.Callable(_late("adapters.triton.client", "ping"), triton).provider,
    )
    health = providers.Singleton(Health, providers.Callable(_needed, checks, settings))

    passwords = providers.Singleton(Argon2Passwords)
    attempt_limit = providers.Singleton(AttemptLimit)
    randomness = providers.Singleton(SystemRandomness)
    sessions = providers.Factory(SessionMaker, clock=clock, randomness=randomness)
    authenticate = providers.Factory(
        Authenticate,
        reading=reading.provider,
        unit_of_work=unit_of_work.provider,
        retrying=retrying,
        clock=clock,
    )
    users = providers.Factory(UserMaker, clock=clock, passwords=passwords)
    sign_up = providers.Factory(
        SignUp,
        unit_of_work=unit_of_work.provider,
        retrying=retrying,
        users=users,
        sessions=sessions,
    )
    add_user = providers.Factory(
        AddUser, unit_of_work=unit_of_work.provider, retrying=retrying, users=users
    )
    reset_password = providers.Factory(
        ResetPassword, unit_of_work=unit_of_work.provider, retrying=retrying, passwords=passwords
    )
    sign_in = providers.Factory(
        SignIn,
        unit_of_work=unit_of_work.provider,
        retrying=retrying,
        clock=clock,
        passwords=passwords,
        sessions=sessions,
        limit=attempt_limit,
    )
    sign_out = providers.Factory(SignOut, unit_of_work=unit_of_work.provider, retrying=retrying)
    create_api_key = providers.Factory(
        CreateApiKey,
        unit_of_work=unit_of_work.provider,
        retrying=retrying,
        clock=clock,
        randomness=randomness,
    )
    revoke_api_key = providers.Factory(RevokeApiKey, unit_of_work=unit_of_work.provider)
    list_api_keys = providers.Factory(ListApiKeys, reading.provider)
    expire_sessions = providers.Factory(
        ExpireSessions,
        unit_of_work=unit_of_work.provider,
        retrying=retrying,
        clock=clock,
        limit=attempt_limit,
    )
    expire_estimates = providers.Factory(
        ExpireEstimates, unit_of_work=unit_of_work.provider, retrying=retrying, clock=clock
    )
    expire_deliveries = providers.Factory(
        ExpireDeliveries,
        unit_of_work=unit_of_work.provider,
        retrying=retrying,
        clock=clock,
        kept_for=settings.provided.operation.deliveries_kept,
    )
    read_account = providers.Factory(ReadAccount, reading.provider, clock)
    update_settings = providers.Factory(
        UpdateSettings, unit_of_work=unit_of_work.provider, retrying=retrying
    )
    set_plan = providers.Factory(
        SetPlan, unit_of_work=unit_of_work.provider, retrying=retrying, clock=clock
    )
    make_administrator = providers.Factory(
        MakeAdministrator, unit_of_work=unit_of_work.provider, retrying=retrying
    )
    read_profiles = providers.Factory(ReadProfiles, reading.provider, profiles)
    save_profile = providers.Factory(
        SaveProfile, unit_of_work=unit_of_work.provider, catalogue=catalogue, profiles=profiles
    )
    delete_profile = providers.Factory(DeleteProfile, unit_of_work=unit_of_work.provider)

    start_run = providers.Factory(
        StartRun,
        unit_of_work=unit_of_work.provider,
        retrying=retrying,
        clock=clock,
        catalogue=catalogue,
        limits=settings.provided.hourly_limits,
        reusing=reusing,
    )
    accept_video = providers.Factory(
        AcceptVideo,
        start=start_run,
        clock=clock,
        workspaces=workspaces,
        probe=probe,
        remote=remote,
        catalogue=catalogue,
    )
    estimate_run = providers.Factory(
        EstimateRun,
        accept=accept_video,
        remote=remote,
        catalogue=catalogue,
        unit_of_work=unit_of_work.provider,
        clock=clock,
        reusing=reusing,
    )
    add_video = providers.Factory(
        AddVideo, unit_of_work=unit_of_work.provider, clock=clock, retrying=retrying
    )
    resolve_video = providers.Factory(
        ResolveVideo,
        unit_of_work=unit_of_work.provider,
        clock=clock,
        remote=remote,
        retrying=retrying,
    )
    read_video = providers.Factory(ReadVideo, reading.provider)
    resolving = providers.Singleton(Resolving, resolve_video.provider)
    estimate_video = providers.Factory(
        EstimateVideo,
        catalogue=catalogue,
        unit_of_work=unit_of_work.provider,
        clock=clock,
        reusing=reusing,
    )
    create_upload = providers.Factory(
        CreateUpload,
        unit_of_work=unit_of_work.provider,
        uploads=uploads,
        clock=clock,
        retrying=retrying,
    )
    read_upload = providers.Factory(
        ReadUpload, unit_of_work=reading.provider, uploads=uploads, clock=clock
    )
    receive_part = providers.Factory(
        ReceivePart, unit_of_work=unit_of_work.provider, writer=folder_uploads, clock=clock
    )
    uploads_endpoint = providers.Factory(
        _late("entrypoints.http.uploads", "UploadsEndpoint"),
        signer=link_signer,
        clock=clock,
        read_upload=read_upload.provider,
        receive_part=receive_part.provider,
    )
    complete_upload = providers.Factory(
        CompleteUpload,
        unit_of_work=unit_of_work.provider,
        uploads=uploads,
        probe=probe,
        clock=clock,
        retrying=retrying,
    )
    sweep_uploads = providers.Factory(
        SweepUploads,
        unit_of_work=unit_of_work.provider,
        uploads=uploads,
        clock=clock,
        policy=policy,
    )
    start_video_run = providers.Factory(
        StartVideoRun,
        start=start_run,
        unit_of_work=unit_of_work.provider,
        clock=clock,
        catalogue=catalogue,
    )
    start_synchronously = providers.Factory(
        StartSynchronously,
        read_video=read_video,
        add_video=add_video,
        resolve_video=resolve_video,
        start=start_video_run,
    )
    seed_prices = providers.Factory(
        SeedPrices,
        unit_of_work=unit_of_work.provider,
        prices=providers.Singleton(TomlPrices),
        costs=costs,
        clock=clock,
    )
    seed_requirements = providers.Factory(
        SeedRequirements, unit_of_work=unit_of_work.provider, catalogue=catalogue, clock=clock
    )
    show_requirements = providers.Factory(ShowRequirements, reading.provider)
    set_requirements = providers.Factory(SetRequirements, unit_of_work.provider, clock)
    show_prices = providers.Factory(ShowPrices, unit_of_work.provider, clock)
    set_price = providers.Factory(SetPrice, unit_of_work.provider, clock)
    calibrate_costs = providers.Factory(CalibrateCosts, unit_of_work.provider, clock)
    write_report = providers.Factory(
        WriteReport,
        reports=reports,
        components=shipped,
        segments=segments,
        analyst=analyst,
        pictures=pictures,
    )
    ownership = providers.Factory(
        Ownership,
        unit_of_work=unit_of_work.provider,
        store=store,
        catalogue=catalogue,
        clock=clock,
        workers=workers,
        ticker=ticker,
        retrying=retrying,
        equipment=equipment.provider,
    )
    execute_run = providers.Factory(
        ExecuteRun,
        ownership=ownership,
        clock=clock,
        workspaces=workspaces,
        acquire=providers.Factory(
            AcquireVideo,
            workspaces=workspaces,
            remote=remote,
            originals=originals,
            catalogue=catalogue,
        ),
        segments=segments,
        analyst=analyst,
        frames=frames,
        write_report=write_report,
        catalogue=catalogue,
        costs=providers.Factory(CurrentCosts, unit_of_work.provider, retrying),
        retrying=retrying,
        take_over=providers.Factory(
            TakeOver,
            unit_of_work=unit_of_work.provider,
            store=store,
            catalogue=catalogue,
            clock=clock,
            reusing=reusing,
            retrying=retrying,
        ),
    )
    end_run = providers.Factory(EndRun, ownership=ownership, clock=clock)
    cancel_run = providers.Factory(
        CancelRun,
        unit_of_work=unit_of_work.provider,
        clock=clock,
        end=end_run,
        retrying=retrying,
    )
    retry_run = providers.Factory(
        RetryRun,
        unit_of_work=unit_of_work.provider,
        accept=accept_video,
        start_video_run=start_video_run,
        workspaces=workspaces,
    )
    work_on_run = providers.Factory(
        WorkOnRun,
        unit_of_work=unit_of_work.provider,
        execute=execute_run,
        end=end_run,
        clock=clock,
        retrying=retrying,
    )
    told_work = providers.Factory(
        _late("entrypoints.observability.working", "ToldWork"), work_on_run
    )
    work_in_company = providers.Factory(
        WorkInCompany,
        plan=providers.Factory(
            PlanBatches,
            unit_of_work=reading.provider,
            clock=clock,
            catalogue=catalogue,
            machine=providers.Callable(this_machine, settings.provided.analyst_memory_bytes),
            is_published=providers.Callable(bool, settings.provided.queue.broker_url),
        ),
        analyst=analyst,
        clock=clock,
        catalogue=catalogue,
        work=told_work,
    )
    work_on_next = providers.Factory(
        WorkOnNext, unit_of_work=reading.provider, clock=clock, work_on=work_in_company
    )
    broker = providers.Singleton(_late("adapters.dramatiq.broker", "QuorumBroker"), broker_address)
    relay_runs = providers.Factory(
        RelayRuns,
        unit_of_work=unit_of_work.provider,
        queue=providers.Singleton(
            _late("adapters.dramatiq.run_queue", "DramatiqRunQueue"), broker_address
        ),
        clock=clock,
        retrying=retrying,
    )
    reclaim_runs = providers.Factory(
        ReclaimRuns,
        unit_of_work=unit_of_work.provider,
        clock=clock,
        workers=workers,
        retrying=retrying,
    )
    read_artifact = providers.Factory(
        ReadArtifact, unit_of_work=reading.provider, store=store, components=shipped
    )
    feature_schema = providers.Singleton(tier0_features, shipped)
    read_features = providers.Factory(
        ReadFeatures, unit_of_work=reading.provider, store=store, schema=feature_schema
    )
    find_fresh_run = providers.Factory(
        FindFreshRun, unit_of_work=reading.provider, clock=clock, catalogue=catalogue
    )
    read_runs = providers.Factory(ReadRuns, reading.provider)
    read_queue = providers.Factory(ReadQueue, reading.provider, clock)
    read_rate_limit = providers.Factory(
        ReadRateLimit, reading.provider, clock, settings.provided.hourly_limits
    )
    shared_reads = providers.Singleton(_late("entrypoints.live.shared_reads", "SharedReads"))
    run_watch = providers.Singleton(
        _late("entrypoints.live.watch", "Watch"),
        read_runs.provided.sequences,
        pause_s=RUNS_PAUSE_S,
    )
    check_results = providers.Factory(CheckResults, store)
    welcome_local_user = providers.Factory(
        WelcomeLocalUser, unit_of_work=unit_of_work.provider, retrying=retrying, clock=clock
    )
    top_up_credits = providers.Factory(
        TopUpCredits, unit_of_work=unit_of_work.provider, retrying=retrying
    )
    # Who serves HTTP gives `start_payment` the provider and mounts the webhook, given a secret.
    start_payment = providers.Factory(StartPayment, unit_of_work=unit_of_work.provider, clock=clock)
    confirm_payment = providers.Factory(
        ConfirmPayment, unit_of_work=unit_of_work.provider, clock=clock, retrying=retrying
    )
    payment_webhook = providers.Factory(
        PaymentWebhook,
        confirm=confirm_payment,
        clock=clock,
        secret=settings.provided.payment_secret,
    )
    local_payments = providers.Factory(
        _late("adapters.local_payments.provider", "LocalPayments"),
        secret=settings.provided.payment_secret,
        clock=clock,
    )
    correct_entry = providers.Factory(
        CorrectEntry, unit_of_work=unit_of_work.provider, retrying=retrying
    )
    expire_credits = providers.Factory(
        ExpireCredits, unit_of_work=unit_of_work.provider, retrying=retrying, clock=clock
    )
    read_ledger = providers.Factory(ReadLedger, unit_of_work=reading.provider)
    balance_watch = providers.Singleton(
        _late("entrypoints.live.watch", "Watch"),
        read_ledger.provided.balances,
        pause_s=BALANCES_PAUSE_S,
    )
    sweep = providers.Factory(
        Sweep,
        unit_of_work=unit_of_work.provider,
        clock=clock,
        workspaces=workspaces,
        frames=frames,
        policy=policy,
        execute=execute_run,
    )
    expire_pictures = providers.Factory(ExpirePictures, pictures, clock, policy)
