"""What a worker's child process builds: the analyst as plain calls."""

from application.local_analyst import LocalAnalyst
from entrypoints.container import Container
from entrypoints.settings import Settings


def build(settings: Settings) -> LocalAnalyst:
    """The analyst of one installation, with every component loaded."""
    return Container(settings=settings).local_analyst()
