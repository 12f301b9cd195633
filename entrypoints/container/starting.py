"""What estimates and starts runs, and what they will need."""

from dependency_injector import containers, providers

from application.queries.show_requirements import ShowRequirements
from application.use_cases.accept_video import AcceptVideo
from application.use_cases.estimate_run import EstimateRun
from application.use_cases.estimate_video import EstimateVideo
from application.use_cases.expire_estimates import ExpireEstimates
from application.use_cases.seed_requirements import SeedRequirements
from application.use_cases.set_requirements import SetRequirements
from application.use_cases.start_run import StartRun
from application.use_cases.start_synchronously import StartSynchronously
from application.use_cases.start_video_run import StartVideoRun
from entrypoints.container.ground import Ground
from entrypoints.container.media import Media
from entrypoints.container.sources import Sources
from entrypoints.container.storage import Storage


class Starting(containers.DeclarativeContainer):
    expire_estimates = providers.Factory(
        ExpireEstimates,
        unit_of_work=Ground.unit_of_work.provider,
        retrying=Ground.retrying,
        clock=Ground.clock,
    )

    start_run = providers.Factory(
        StartRun,
        unit_of_work=Ground.unit_of_work.provider,
        retrying=Ground.retrying,
        clock=Ground.clock,
        catalogue=Ground.catalogue,
        limits=Ground.settings.provided.hourly_limits,
        reusing=Media.reusing,
    )
    accept_video = providers.Factory(
        AcceptVideo,
        start=start_run,
        clock=Ground.clock,
        workspaces=Storage.workspaces,
        probe=Media.probe,
        remote=Media.late_remote,
        catalogue=Ground.catalogue,
    )
    estimate_run = providers.Factory(
        EstimateRun,
        accept=accept_video,
        remote=Media.late_remote,
        catalogue=Ground.catalogue,
        unit_of_work=Ground.unit_of_work.provider,
        clock=Ground.clock,
        reusing=Media.reusing,
    )
    estimate_video = providers.Factory(
        EstimateVideo,
        catalogue=Ground.catalogue,
        unit_of_work=Ground.unit_of_work.provider,
        clock=Ground.clock,
        reusing=Media.reusing,
    )
    start_video_run = providers.Factory(
        StartVideoRun,
        start=start_run,
        unit_of_work=Ground.unit_of_work.provider,
        clock=Ground.clock,
        catalogue=Ground.catalogue,
    )
    start_synchronously = providers.Factory(
        StartSynchronously,
        read_video=Sources.read_video,
        add_video=Sources.add_video,
        resolve_video=Sources.resolve_video,
        start=start_video_run,
    )
    seed_requirements = providers.Factory(
        SeedRequirements,
        unit_of_work=Ground.unit_of_work.provider,
        catalogue=Ground.catalogue,
        clock=Ground.clock,
    )
    show_requirements = providers.Factory(ShowRequirements, Ground.reading.provider)
    set_requirements = providers.Factory(
        SetRequirements, Ground.unit_of_work.provider, Ground.clock
    )
