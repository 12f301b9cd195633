"""Where bytes are kept: results, originals, pictures, and links to them."""

from dependency_injector import containers, providers

from adapters.folder.artifacts import FolderArtifacts
from adapters.folder.shelf import FolderShelf
from adapters.folder.uploads import FolderUploads
from adapters.folder.workspaces import FolderWorkspaces
from application.originals import Originals
from application.pictures import Pictures
from entrypoints.container.ground import Ground
from entrypoints.container.late import late
from entrypoints.link_secret import link_signer


class Storage(containers.DeclarativeContainer):
    bucket = providers.Singleton(
        late("adapters.minio.bucket", "S3Bucket"),
        providers.Singleton(
            late("adapters.minio.place", "S3Place"),
            host=Ground.settings.provided.storage.host,
            bucket=Ground.settings.provided.storage.bucket,
            is_secure=Ground.settings.provided.storage.is_secure,
            region=Ground.settings.provided.storage.region,
            access_key=Ground.settings.provided.storage.access_key,
            secret_key=Ground.settings.provided.storage.secret_key,
            public=Ground.settings.provided.storage.public,
        ),
    )
    store = providers.Selector(
        Ground.settings.provided.storage.kind,
        folder=providers.Singleton(FolderArtifacts, Ground.settings.provided.results_dir),
        s3=providers.Singleton(late("adapters.minio.artifacts", "MinioArtifacts"), bucket),
    )
    shelf = providers.Selector(
        Ground.settings.provided.storage.kind,
        folder=providers.Singleton(FolderShelf, Ground.settings.provided.data_dir),
        s3=providers.Singleton(late("adapters.minio.shelf", "MinioShelf"), bucket),
    )
    # Once at the start of every process: a bucket that is missing is made.
    prepare_storage = providers.Selector(
        Ground.settings.provided.storage.kind,
        folder=providers.Object(None),
        s3=bucket.provided.prepare.call(),
    )
    workspaces = providers.Singleton(FolderWorkspaces, Ground.settings.provided.data_dir)
    link_signer = providers.Singleton(
        link_signer, Ground.settings.provided.link_secrets, Ground.settings.provided.data_dir
    )
    folder_uploads = providers.Singleton(
        FolderUploads, Ground.settings.provided.uploads_dir, link_signer.provider
    )
    uploads = providers.Selector(
        Ground.settings.provided.storage.kind,
        folder=folder_uploads,
        s3=providers.Singleton(
            late("adapters.minio.uploads", "MinioUploads"),
            bucket,
            Ground.settings.provided.work_dir,
        ),
    )
    originals = providers.Singleton(
        Originals, Ground.unit_of_work.provider, uploads, Ground.retrying
    )
    segments = providers.Singleton(
        late("adapters.preparation.segments", "FolderSegments"), workspaces.provided.folder
    )
    reports = providers.Singleton(late("adapters.html.reports", "HtmlReports"), shelf)
    pictures = providers.Singleton(Pictures, shelf)
