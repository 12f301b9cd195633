"""What reads videos, of files and of sites, and what the reading was done with."""

from dependency_injector import containers, providers

from adapters.ffmpeg.build import decoder_build
from adapters.ffmpeg.confinement import Confinement
from adapters.ffmpeg.decoder import FfmpegVideoDecoder
from adapters.ffmpeg.probe import FfprobeVideoProbe
from adapters.ffmpeg.repair import FfmpegVideoRepair
from adapters.ffmpeg.stored_frames import FfmpegStoredFrames
from adapters.ffmpeg.tools import Tools
from adapters.youtube.options import YoutubeOptions
from adapters.youtube.switched_off import NoRemoteVideos
from application.reusing import Reusing
from domain.reuse_key import Equipment
from entrypoints.container.ground import Ground
from entrypoints.container.late import Later, late


class Media(containers.DeclarativeContainer):
    tools = providers.Singleton(Tools.find)
    confinement = providers.Singleton(Confinement.best, tools)
    probe = providers.Singleton(FfprobeVideoProbe, tools, confinement)
    decoder = providers.Singleton(FfmpegVideoDecoder, tools, confinement)
    repair = providers.Singleton(FfmpegVideoRepair, tools, confinement)
    remote = providers.Selector(
        Ground.settings.provided.youtube.switch,
        on=providers.Singleton(
            late("adapters.youtube.remote_videos", "YtDlpRemoteVideos"),
            ffmpeg=tools.provided.ffmpeg,
            options=providers.Singleton(
                YoutubeOptions,
                proxy=Ground.settings.provided.youtube.proxy,
                cookies=Ground.settings.provided.youtube.cookies,
                retry_pauses_s=Ground.settings.provided.youtube.retry_pauses_s,
            ),
        ),
        off=providers.Singleton(NoRemoteVideos),
    )
    # Its library costs processor time and memory, which an analysis of a file does not spend. Each
    # that is made asks `remote` anew, whose choice stands: what overrides it holds here as well.
    late_remote = providers.Factory(Later, remote.provider)
    # Asked for by whoever compares results with it: the program has to be run for that.
    equipment = providers.Singleton(
        Equipment,
        decoder_build=providers.Singleton(decoder_build, tools),
        weights_sha256=Ground.weights,
    )
    reusing = providers.Factory(Reusing, Ground.catalogue, equipment.provider)
    frames = providers.Singleton(
        FfmpegStoredFrames, tools, confinement, Ground.settings.provided.frames_dir
    )
