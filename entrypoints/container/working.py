"""What carries runs through: alone, in company, and after a worker died."""

from dependency_injector import containers, providers

from adapters.system.machine import this_machine
from application.current_costs import CurrentCosts
from application.first_halvings import FirstHalvings
from application.ownership import Ownership
from application.taking_over import TakeOver
from application.use_cases.acquire_video import AcquireVideo
from application.use_cases.cancel_run import CancelRun
from application.use_cases.end_run import EndRun
from application.use_cases.execute_run import ExecuteRun
from application.use_cases.plan_batches import PlanBatches
from application.use_cases.reclaim_runs import ReclaimRuns
from application.use_cases.relay_runs import RelayRuns
from application.use_cases.retry_run import RetryRun
from application.use_cases.sweep import Sweep
from application.use_cases.work_in_company import WorkInCompany
from application.use_cases.work_on_next import WorkOnNext
from application.use_cases.work_on_run import WorkOnRun
from application.use_cases.write_report import WriteReport
from entrypoints.container.ground import Ground
from entrypoints.container.late import late
from entrypoints.container.measuring import Measuring
from entrypoints.container.media import Media
from entrypoints.container.starting import Starting
from entrypoints.container.storage import Storage


class Working(containers.DeclarativeContainer):
    machine = providers.Callable(this_machine, Ground.settings.provided.analyst_memory_bytes)
    broker_address = providers.Factory(
        late("adapters.dramatiq.broker", "Address"),
        Ground.settings.provided.queue.broker_url,
        authority=Ground.settings.provided.queue.authority,
        certificate=Ground.settings.provided.queue.certificate,
        key=Ground.settings.provided.queue.key,
    )
    write_report = providers.Factory(
        WriteReport,
        reports=Storage.reports,
        components=Ground.shipped,
        segments=Storage.segments,
        analyst=Measuring.analyst,
        pictures=Storage.pictures,
    )
    ownership = providers.Factory(
        Ownership,
        unit_of_work=Ground.unit_of_work.provider,
        store=Storage.store,
        catalogue=Ground.catalogue,
        clock=Ground.clock,
        workers=Ground.workers,
        ticker=Ground.ticker,
        retrying=Ground.retrying,
        equipment=Media.equipment.provider,
    )
    execute_run = providers.Factory(
        ExecuteRun,
        ownership=ownership,
        clock=Ground.clock,
        workspaces=Storage.workspaces,
        acquire=providers.Factory(
            AcquireVideo,
            workspaces=Storage.workspaces,
            remote=Media.late_remote,
            originals=Storage.originals,
            catalogue=Ground.catalogue,
        ),
        segments=Storage.segments,
        analyst=Measuring.analyst,
        frames=Media.frames,
        write_report=write_report,
        catalogue=Ground.catalogue,
        costs=providers.Factory(CurrentCosts, Ground.unit_of_work.provider, Ground.retrying),
        retrying=Ground.retrying,
        take_over=providers.Factory(
            TakeOver,
            unit_of_work=Ground.unit_of_work.provider,
            store=Storage.store,
            catalogue=Ground.catalogue,
            clock=Ground.clock,
            reusing=Media.reusing,
            retrying=Ground.retrying,
        ),
        first_halvings=providers.Factory(
            FirstHalvings,
            unit_of_work=Ground.reading.provider,
            catalogue=Ground.catalogue,
            machine=machine,
            retrying=Ground.retrying,
        ),
    )
    end_run = providers.Factory(EndRun, ownership=ownership, clock=Ground.clock)
    cancel_run = providers.Factory(
        CancelRun,
        unit_of_work=Ground.unit_of_work.provider,
        clock=Ground.clock,
        end=end_run,
        retrying=Ground.retrying,
    )
    retry_run = providers.Factory(
        RetryRun,
        unit_of_work=Ground.unit_of_work.provider,
        accept=Starting.accept_video,
        start_video_run=Starting.start_video_run,
        workspaces=Storage.workspaces,
    )
    work_on_run = providers.Factory(
        WorkOnRun,
        unit_of_work=Ground.unit_of_work.provider,
        execute=execute_run,
        end=end_run,
        clock=Ground.clock,
        retrying=Ground.retrying,
    )
    told_work = providers.Factory(
        late("entrypoints.observability.working", "ToldWork"), work_on_run
    )
    work_in_company = providers.Factory(
        WorkInCompany,
        plan=providers.Factory(
            PlanBatches,
            unit_of_work=Ground.reading.provider,
            clock=Ground.clock,
            catalogue=Ground.catalogue,
            machine=machine,
            is_published=providers.Callable(bool, Ground.settings.provided.queue.broker_url),
        ),
        analyst=Measuring.analyst,
        clock=Ground.clock,
        catalogue=Ground.catalogue,
        work=told_work,
    )
    work_on_next = providers.Factory(
        WorkOnNext,
        unit_of_work=Ground.reading.provider,
        clock=Ground.clock,
        work_on=work_in_company,
    )
    broker = providers.Singleton(late("adapters.dramatiq.broker", "QuorumBroker"), broker_address)
    relay_runs = providers.Factory(
        RelayRuns,
        unit_of_work=Ground.unit_of_work.provider,
        queue=providers.Singleton(
            late("adapters.dramatiq.run_queue", "DramatiqRunQueue"), broker_address
        ),
        clock=Ground.clock,
        retrying=Ground.retrying,
    )
    reclaim_runs = providers.Factory(
        ReclaimRuns,
        unit_of_work=Ground.unit_of_work.provider,
        clock=Ground.clock,
        workers=Ground.workers,
        retrying=Ground.retrying,
    )
    sweep = providers.Factory(
        Sweep,
        unit_of_work=Ground.unit_of_work.provider,
        clock=Ground.clock,
        workspaces=Storage.workspaces,
        frames=Media.frames,
        policy=Ground.policy,
        execute=execute_run,
    )
