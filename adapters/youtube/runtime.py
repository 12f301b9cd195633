"""The JavaScript runtime that yt-dlp needs to solve what YouTube asks of a client."""

from dataclasses import dataclass

from yt_dlp.globals import supported_js_runtimes

# In yt-dlp's own order of preference; deno comes from PyPI with our extra `youtube`.
RUNTIMES = ("deno", "node")


@dataclass(frozen=True, slots=True)
class JavaScriptRuntime:
    """A runtime that was found and that yt-dlp accepts."""

    name: str
    version: str
    path: str


def find_runtime(names: tuple[str, ...] = RUNTIMES) -> JavaScriptRuntime | None:
    """Return the first runtime beside the interpreter or on PATH that is new enough for yt-dlp."""
    for name in names:
        info = supported_js_runtimes.value[name]().info
        if info is not None and info.supported:
            return JavaScriptRuntime(name, info.version, info.path)
    return None
