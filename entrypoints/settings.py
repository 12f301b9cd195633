"""Settings of an installation, read once from the environment and the command line."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

PREFIX = "TRENDFLOW_"
_KNOWN = {
    "TRENDFLOW_DATA_DIR",
    "TRENDFLOW_DATABASE_URL",
    "TRENDFLOW_FFMPEG",
    "TRENDFLOW_LIVE_YOUTUBE",
}


class UnknownSetting(Exception):
    """The environment holds a setting of ours that no version knows."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are kept, and with what means a run may work."""

    data_dir: Path
    database_url: str
    analyst_memory_bytes: int = 6 << 30

    @property
    def results_dir(self) -> Path:
        return self.data_dir / "result_store"

    @property
    def frames_dir(self) -> Path:
        return self.data_dir / "frames"

    @classmethod
    def read(cls, environment: Mapping[str, str], *, data_dir: Path | None = None) -> "Settings":
        """Settings from the environment; `data_dir` goes before it. Unknown names are refused."""
        for name in environment:
            if name.startswith(PREFIX) and name not in _KNOWN:
                raise UnknownSetting(name)
        folder = data_dir or Path(
            environment.get("TRENDFLOW_DATA_DIR") or user_data_path("trendflow", appauthor=False)
        )
        folder = folder.expanduser().absolute()
        url = environment.get("TRENDFLOW_DATABASE_URL") or f"sqlite:///{folder / 'trendflow.db'}"
        return cls(folder, url)

    @classmethod
    def here(cls, *, data_dir: Path | None = None) -> "Settings":
        """The settings of this process."""
        return cls.read(os.environ, data_dir=data_dir)
