"""The decoder's build: equal pictures and sound are promised by one build alone."""

import hashlib
import subprocess

from adapters.ffmpeg.confinement import ENVIRONMENT
from adapters.ffmpeg.tools import Tools
from application.errors import AdapterError

_TIMEOUT_S = 20.0


def decoder_build(tools: Tools) -> str:
    """The version of ffmpeg and the SHA-256 of all it says of how it was built.

    Raises AdapterError when it does not answer: whoever cannot ask it decodes nothing either.
    """
    try:
        done = subprocess.run(
            [str(tools.ffmpeg), "-nostdin", "-version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=ENVIRONMENT,
            timeout=_TIMEOUT_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise AdapterError("ffmpeg does not say its version", code="ffmpeg_missing") from error
    first = done.stdout.split(b"Copyright", 1)[0].decode(errors="replace").strip()
    return f"{first} {hashlib.sha256(done.stdout).hexdigest()}"
