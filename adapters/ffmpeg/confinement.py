"""The walls around a program that reads untrusted media: a sandbox where it starts, and limits."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from adapters.ffmpeg.complaints import COLOURED
from adapters.ffmpeg.guards import Guards
from adapters.ffmpeg.tools import Tools
from application.errors import AdapterError

ENVIRONMENT = {"GCONV_PATH": "/nowhere", **COLOURED}
"""All that a child knows. A static ffmpeg crashes on MPEG-TS when it finds the system's character
set modules, which were built against another C library."""

BUBBLEWRAP = "bubblewrap"
PROCESS_LIMITS = "process limits"

_INSIDE = "/in/src"
_SELF_TEST_TIMEOUT_S = 20.0
_SYSTEM_FOLDERS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/alternatives")
# Everything the decoding pass is made of, once, on a picture of our own.
_SELF_TEST = (
    "-nostdin -v error -f lavfi -i color=size=16x16:rate=12:duration=0.25"
    " -vf bwdif,fps=12:round=up,tpad=stop=1,scale=32:32,"
    "setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc,"
    "zscale=t=linear:npl=203,format=gbrpf32le,"
    "zscale=p=709,tonemap=mobius,zscale=t=709:m=170m:r=tv,format=yuv420p"
    " -fps_mode passthrough -f rawvideo pipe:1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One run of a program over one untrusted file.

    `reads` is the only file it may read; `writes` are the descriptors it may write to beside its
    output.
    """

    program: Path
    arguments: list[str]
    reads: Path | None
    timeout_s: float
    guards: Guards
    writes: tuple[int, ...] = ()

    @property
    def cpu_limit_s(self) -> int:
        """Processor time: several threads may spend more of it than the clock shows."""
        return int(self.timeout_s * 4) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """How children that read media are confined; `bwrap` None means by process limits alone.

    In the sandbox a child sees the system's programs and libraries and its one input, read-only,
    no network and no other process; it writes to file descriptors that it is given.
    """

    prlimit: Path
    bwrap: Path | None = None

    @classmethod
    def best(cls, tools: Tools) -> "Confinement":
        """The strongest confinement under which this ffmpeg works here; tried, not believed.

        Raises `AdapterError` when ffmpeg does not work even without the sandbox.
        """
        walls = [cls(prlimit=tools.prlimit, bwrap=tools.bwrap)] if tools.bwrap else []
        for confinement in (*walls, cls(prlimit=tools.prlimit)):
            if confinement.runs(tools.ffmpeg):
                return confinement
        raise AdapterError(
            "this ffmpeg lacks a filter that is needed (zscale, tonemap, bwdif) or is older than"
            " 5.1: install a full build",
            code="ffmpeg_unsuitable",
        )

    def describe(self) -> str:
        """Which confinement holds, as the manifest and `trendflow doctor` say it."""
        return PROCESS_LIMITS if self.bwrap is None else BUBBLEWRAP

    def url_of(self, file: Path) -> str:
        """How a confined child names its input."""
        return f"file:{_INSIDE}" if self.bwrap else f"file:{file.absolute()}"

    def command(self, errand: Errand, *, info_fd: int | None = None) -> list[str]:
        """The argument list that runs an errand confined."""
        guards = errand.guards
        limits = [
            f"--as={guards.address_space_bytes}",
            f"--cpu={errand.cpu_limit_s}",
            f"--fsize={guards.written_bytes_max}",
            f"--nofile={guards.open_files_max}",
            "--core=0",
        ]
        walls = [] if self.bwrap is None else self._walls(self.bwrap, errand, info_fd)
        program = [str(errand.program), *errand.arguments]
        return [str(self.prlimit), *limits, "--", *walls, *program]

    def _walls(self, bwrap: Path, errand: Errand, info_fd: int | None) -> list[str]:
        # Without --new-session: the child leads a session of its own already, and the whole
        # group can be killed at once.
        walls = [str(bwrap), "--unshare-all", "--as-pid-1", "--die-with-parent"]
        walls += ["--cap-drop", "ALL", "--ro-bind", "/usr", "/usr", "--dev", "/dev"]
        for folder in map(Path, _SYSTEM_FOLDERS):
            if folder.is_symlink():
                walls += ["--symlink", str(folder.readlink()), str(folder)]
            elif folder.is_dir():
                walls += ["--ro-bind", str(folder), str(folder)]
        for name in _SYSTEM_FILES:
            walls += ["--ro-bind-try", name, name]
        if not errand.program.is_relative_to("/usr"):
            walls += ["--ro-bind", str(errand.program.resolve()), str(errand.program)]
        if errand.reads is not None:
            walls += ["--ro-bind", str(errand.reads.absolute()), _INSIDE]
        if info_fd is not None:
            walls += ["--info-fd", str(info_fd)]
        return [*walls, "--chdir", "/", "--"]

    def runs(self, ffmpeg: Path) -> bool:
        """Whether this ffmpeg, thus confined, can do everything that decoding needs."""
        test = Errand(
            program=ffmpeg,
            arguments=_SELF_TEST.split(),
            reads=None,
            timeout_s=_SELF_TEST_TIMEOUT_S,
            guards=Guards(),
        )
        try:
            done = subprocess.run(
                self.command(test),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=ENVIRONMENT,
                timeout=_SELF_TEST_TIMEOUT_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0 and len(done.stdout) > 0


def first_inside(info: bytes) -> int | None:
    """The process that bubblewrap put behind its walls, from what it wrote to its info pipe."""
    try:
        pid = json.loads(info)["child-pid"]
    except (ValueError, KeyError, TypeError):
        return None
    return pid if isinstance(pid, int) and pid > 1 else None
