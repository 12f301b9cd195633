"""How videos are added: by address, or sent in parts."""

from dependency_injector import containers, providers

from application.queries.read_upload import ReadUpload
from application.queries.read_video import ReadVideo
from application.use_cases.add_video import AddVideo
from application.use_cases.complete_upload import CompleteUpload
from application.use_cases.create_upload import CreateUpload
from application.use_cases.receive_part import ReceivePart
from application.use_cases.resolve_video import ResolveVideo
from application.use_cases.sweep_uploads import SweepUploads
from entrypoints.container.ground import Ground
from entrypoints.container.late import late
from entrypoints.container.media import Media
from entrypoints.container.storage import Storage
from entrypoints.resolving import Resolving


class Sources(containers.DeclarativeContainer):
    add_video = providers.Factory(
        AddVideo,
        unit_of_work=Ground.unit_of_work.provider,
        clock=Ground.clock,
        retrying=Ground.retrying,
    )
    resolve_video = providers.Factory(
        ResolveVideo,
        unit_of_work=Ground.unit_of_work.provider,
        clock=Ground.clock,
        remote=Media.late_remote,
        retrying=Ground.retrying,
    )
    read_video = providers.Factory(ReadVideo, Ground.reading.provider)
    resolving = providers.Singleton(Resolving, resolve_video.provider)
    create_upload = providers.Factory(
        CreateUpload,
        unit_of_work=Ground.unit_of_work.provider,
        uploads=Storage.uploads,
        clock=Ground.clock,
        retrying=Ground.retrying,
    )
    read_upload = providers.Factory(
        ReadUpload,
        unit_of_work=Ground.reading.provider,
        uploads=Storage.uploads,
        clock=Ground.clock,
    )
    receive_part = providers.Factory(
        ReceivePart,
        unit_of_work=Ground.unit_of_work.provider,
        writer=Storage.folder_uploads,
        clock=Ground.clock,
    )
    uploads_endpoint = providers.Factory(
        late("entrypoints.http.uploads", "UploadsEndpoint"),
        signer=Storage.link_signer,
        clock=Ground.clock,
        read_upload=read_upload.provider,
        receive_part=receive_part.provider,
    )
    complete_upload = providers.Factory(
        CompleteUpload,
        unit_of_work=Ground.unit_of_work.provider,
        uploads=Storage.uploads,
        probe=Media.probe,
        clock=Ground.clock,
        retrying=Ground.retrying,
    )
    sweep_uploads = providers.Factory(
        SweepUploads,
        unit_of_work=Ground.unit_of_work.provider,
        uploads=Storage.uploads,
        clock=Ground.clock,
        policy=Ground.policy,
    )
