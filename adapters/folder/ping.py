"""Whether a folder takes files at all."""

import tempfile
from pathlib import Path


def ping(folder: Path) -> None:
    """Raises OSError when nothing can be written there; leaves nothing behind."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"?")
        file.flush()
