"""What a worker's child process builds: the analyst as plain calls."""

from importlib import import_module

from application.local_analyst import LocalAnalyst
from entrypoints.container import Container
from entrypoints.settings import Settings


def build(settings: Settings) -> LocalAnalyst:
    """The analyst of one installation, with every component loaded.

    scipy loads its parts when they are first asked for. Whoever only names components never asks;
    here they all come at once, so that no component's time holds the loading.
    """
    import_module("scipy.signal")
    return Container(settings=settings).local_analyst()
